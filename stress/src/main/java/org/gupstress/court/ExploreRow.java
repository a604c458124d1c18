// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.gupstress.audit.Case;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.memory.MemoryModel;
import org.gupstress.result.Fields;
import org.gupstress.result.ResultFile;
import org.gupstress.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * A run of one plan, as explore was asked for it.
 *
 * @param design its sentence
 * @param summary the sentence of the scenario
 * @param memory what CPUs see of each other
 * @param wanted the harm whose counterexample was asked for, or null for the first
 * @param story of the counterexample that is shown, or null if there is none
 */
public record ExploreRow(
    CellRow cell,
    String design,
    String summary,
    MemoryModel memory,
    @Nullable Harm wanted,
    @Nullable Story story) {
  /** What the row is. */
  static final String ROW = "explore";

  /** A run. */
  public static ExploreRow of(Result result, @Nullable Harm wanted) {
    Case found = new Case(result);
    CellRow cell = CellRow.of(found);
    HarmRow shown = cell.harms().stream()
        .filter(harm -> wanted == null || harm.harm() == wanted)
        .findFirst()
        .orElse(null);
    return new ExploreRow(
        cell,
        result.plan().design().summary(),
        result.plan().scenario().summary(),
        result.plan().memory(),
        wanted,
        shown == null ? null : Story.of(found, shown).orElse(null));
  }

  /** Writes it into a file. */
  public void write(Result result, ResultFile file) {
    file.put(CourtRows.ENGINE, key(result), List.of(row()));
  }

  /** The plan and what the user has changed of the search. */
  private static String key(Result result) {
    Plan plan = result.plan();
    Options options = result.options();
    return String.join(
        "/",
        ROW,
        plan.id(),
        options.preemptions() == Options.UNBOUNDED ? "any" : "" + options.preemptions(),
        Integer.toBinaryString((options.reductions().forget() ? 4 : 0)
            + (options.reductions().symmetry() ? 2 : 0)
            + (options.reductions().merge() ? 1 : 0)));
  }

  private Row row() {
    return json -> {
      cell.write(ROW, json);
      extras(json);
    };
  }

  private void extras(JsonGenerator json) throws IOException {
    json.writeStringField("design_sentence", design);
    json.writeStringField("sentence", summary);
    if (memory.isWeak()) {
      json.writeStringField("memory", memory.id());
    }
    Measured measured = cell.measured();
    if (measured != null) {
      measured.writeCost(json);
    }
    if (wanted != null) {
      json.writeStringField("wanted", wanted.id());
    }
    if (story != null) {
      json.writeFieldName("story");
      story.write(json);
    }
  }

  static ExploreRow read(Fields row) throws IOException {
    return new ExploreRow(
        CellRow.read(row),
        row.has("design_sentence") ? row.text("design_sentence") : "",
        row.text("sentence"),
        row.has("memory") ? Known.memory(row.text("memory")) : MemoryModel.SC,
        row.has("wanted") ? Known.harm(row.text("wanted")) : null,
        row.has("story") ? Story.read(row.fields("story")) : null);
  }
}
