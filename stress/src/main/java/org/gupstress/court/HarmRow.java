// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Odds;
import org.gupstress.result.Fields;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A harm that a run has found, with its shortest counterexample.
 *
 * @param name what the scenario calls it, or nothing
 * @param text what was expected and what was found
 * @param share of all interleavings that do this harm
 * @param preemptions CPUs that were stopped in the middle of an operation
 * @param causes the known races that explain it
 * @param isExpected false: nothing known explains it
 * @param shared the sound designs that do the same harm there
 * @param token to replay it with, or null where no interleaving can be shown
 * @param noReturn the step from which on every interleaving does it, or -1 where nobody knows
 * @param odds along the counterexample, or null where the row does not have them
 */
public record HarmRow(
    Harm harm,
    String name,
    String text,
    double share,
    int preemptions,
    int steps,
    List<String> causes,
    boolean isExpected,
    List<String> shared,
    @Nullable String token,
    int noReturn,
    @Nullable Odds odds) {
  /** Fewest pre-emptions, then fewest steps; what cannot be shown comes last. */
  static final Comparator<HarmRow> SHORTEST = Comparator.comparing(
          (HarmRow row) -> row.token() == null)
      .thenComparing(HarmRow::preemptions)
      .thenComparing(HarmRow::steps);

  /** In the order of claims, and by what scenarios call them. */
  public static final Comparator<HarmRow> BY_NAME =
      Comparator.comparing(HarmRow::harm).thenComparing(HarmRow::name);

  /** The harm by the scenario's name for it, if it has one. */
  public String label() {
    return harm.called(name);
  }

  /** Whether no sound design does the same there. */
  public boolean isAlone() {
    return shared.isEmpty();
  }

  /** Pre-emptions and steps. */
  public String length() {
    return Numbers.of(preemptions, "pre-emption") + ", " + Numbers.of(steps, "step");
  }

  /** The same without the curve, of which an audit keeps only those that a page shows. */
  HarmRow withoutOdds() {
    return new HarmRow(
        harm,
        name,
        text,
        share,
        preemptions,
        steps,
        causes,
        isExpected,
        shared,
        token,
        noReturn,
        null);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("claim", harm.claim().id());
    json.writeStringField("harm", harm.id());
    if (!name.isEmpty()) {
      json.writeStringField("name", name);
    }
    json.writeStringField("text", text);
    json.writeNumberField("share", share);
    json.writeNumberField("preemptions", preemptions);
    json.writeNumberField("steps", steps);
    CellRow.texts("causes", causes, json);
    if (!isExpected) {
      json.writeBooleanField("expected", false);
    }
    if (!shared.isEmpty()) {
      CellRow.texts("shared", shared, json);
    }
    json.writeStringField("token", token);
    if (noReturn >= 0) {
      json.writeNumberField("no_return", noReturn);
    }
    if (odds != null) {
      CourtOdds.write("odds", odds, json);
    }
    json.writeEndObject();
  }

  static HarmRow read(Fields row) throws IOException {
    return new HarmRow(
        Known.harm(row.text("harm")),
        row.has("name") ? row.text("name") : "",
        row.text("text"),
        row.decimal("share"),
        row.count("preemptions"),
        row.count("steps"),
        row.texts("causes"),
        !row.has("expected") || row.flag("expected"),
        row.has("shared") ? row.texts("shared") : List.of(),
        row.has("token") ? row.text("token") : null,
        row.has("no_return") ? row.count("no_return") : -1,
        row.has("odds") ? CourtOdds.read(row, "odds") : null);
  }
}
