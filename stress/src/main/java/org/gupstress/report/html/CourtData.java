// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.CellRow;
import org.gupstress.court.HarmRow;
import org.gupstress.court.Measured;
import org.gupstress.court.Story;
import org.gupstress.explore.Verdict;
import org.gupstress.text.Format;
import org.gupstress.text.Numbers;

/** Writes an audit: its court, and all that it found. */
final class CourtData {
  private final JsonGenerator json;
  private final Texts texts;

  CourtData(JsonGenerator json, Texts texts) {
    this.json = json;
    this.texts = texts;
  }

  void write(Audited court) throws IOException {
    AuditRow asked = court.asked();
    json.writeStartObject();
    json.writeStringField("seconds", asked.hasEnded() ? Numbers.seconds(asked.seconds()) : "");
    texts("kernels", asked.kernels());
    covered(court.cells());
    json.writeArrayFieldStart("designs");
    for (AuditRow.Design design : asked.designs()) {
      design(court, design);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("scenarios");
    for (Map.Entry<String, String> scenario : asked.scenarios().entrySet()) {
      json.writeStringField(scenario.getKey(), scenario.getValue());
    }
    json.writeEndObject();
    texts("claims", court.claims().stream().map(Claim::id).toList());
    texts(
        "unjudged",
        Arrays.stream(Claim.values())
            .map(Claim::id)
            .filter(claim -> !asked.claims().contains(claim))
            .toList());
    json.writeArrayFieldStart("findings");
    for (CellRow cell : court.cells()) {
      for (HarmRow harm : cell.harms()) {
        finding(cell, harm);
      }
    }
    json.writeEndArray();
    notCovered(court);
    json.writeEndObject();
  }

  private void covered(List<CellRow> cells) throws IOException {
    long states = 0;
    int runs = 0;
    BigInteger ways = BigInteger.ZERO;
    for (CellRow cell : cells) {
      Measured measured = cell.measured();
      if (measured != null) {
        runs++;
        states += measured.states();
        ways = ways.add(measured.interleavings());
      }
    }
    json.writeNumberField("runs", runs);
    json.writeNumberField("planned", cells.size());
    json.writeStringField("states", Numbers.count(states));
    json.writeStringField("interleavings", Numbers.rough(ways));
  }

  private void design(Audited court, AuditRow.Design design) throws IOException {
    String id = design.id();
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("sentence", design.summary());
    json.writeBooleanField("shipped", design.isShipped());
    covered(court.of(id).toList());
    if (court.hasMisused()) {
      json.writeStringField("callers", court.callers(id));
    }
    json.writeObjectFieldStart("cells");
    for (Claim claim : court.claims()) {
      json.writeObjectFieldStart(claim.id());
      cell(court, id, claim);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void cell(Audited court, String design, Claim claim) throws IOException {
    Verdict verdict = court.verdict(design, claim);
    json.writeStringField("verdict", verdict.id());
    json.writeStringField("words", court.words(design, claim));
    texts("causes", court.causes(design, claim));
    List<CellRow> judged = court
        .judged(design, claim)
        .filter(cell -> cell.measured() != null && !cell.notApplicable().containsKey(claim))
        .toList();
    covered(judged);
    if (verdict == Verdict.NOT_APPLICABLE) {
      TreeSet<String> reasons = new TreeSet<>();
      court
          .judged(design, claim)
          .map(cell -> cell.notApplicable().get(claim))
          .filter(reason -> reason != null)
          .forEach(reasons::add);
      texts("reasons", reasons);
    }
  }

  /**
   * An array: design, scenario, kernel, harm, share, pre-emptions, steps, races, expected 0/1, an
   * unconverted caller's 0/1, the token behind the kernel, the step of no return, who shares it.
   */
  private void finding(CellRow cell, HarmRow harm) throws IOException {
    json.writeStartArray();
    text(cell.design());
    text(cell.scenario());
    text(cell.kernel());
    text(harm.harm().id());
    json.writeNumber(TraceData.rounded(harm.share()));
    json.writeNumber(harm.preemptions());
    json.writeNumber(harm.steps());
    text(String.join(" ", harm.causes()));
    json.writeNumber(harm.isExpected() ? 1 : 0);
    json.writeNumber(cell.isMisused() ? 1 : 0);
    String token = harm.token();
    String head = String.join("/", cell.design(), cell.scenario(), cell.kernel(), "");
    json.writeString(
        token == null ? "" : token.startsWith(head) ? token.substring(head.length()) : token);
    json.writeNumber(harm.noReturn());
    text(String.join(" ", harm.shared()));
    json.writeEndArray();
  }

  private void notCovered(Audited court) throws IOException {
    List<String> open = new ArrayList<>();
    for (CellRow cell : court.cells()) {
      if (!cell.isComplete()) {
        open.add(cell.name() + ": " + cell.stopped());
      } else if (!cell.unmet().isEmpty()) {
        open.add(cell.name() + ": never met: " + String.join("; ", cell.unmet()));
      }
    }
    texts("open", open);
  }

  /** The kept lines of counterexamples that need a user's file. */
  static void stories(List<Audited> audits, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("stories");
    for (Audited court : audits) {
      for (Story story : court.asked().stories()) {
        List<String> lines = story.kept().get(Format.TERMINAL);
        if (lines != null) {
          json.writeStringField(story.token(), String.join("\n", lines));
        }
      }
    }
    json.writeEndObject();
  }

  private void text(String text) throws IOException {
    json.writeNumber(texts.number(text));
  }

  private void texts(String name, Collection<String> all) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : all) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
