// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gupstress.claim.Finding;
import org.gupstress.claim.PageFields;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Surroundings;
import org.gupstress.explore.Trace;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Caller;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.text.FunctionPath;

/**
 * Writes counterexamples, step by step. A step is an array, because there are thousands:
 *
 * <pre>
 * [cpu, in interrupt 0/1, operation, functions, place in the source, statement, access,
 *  [page ...], [[harm, sentence] ...], holders or 0, pagevecs or 0, store buffers or 0]
 * </pre>
 *
 * <p>Texts are numbers of {@link Texts}; what is as before is 0.
 */
final class TraceData {
  private final JsonGenerator json;
  private final Texts texts;
  private final SourceLines source;

  TraceData(JsonGenerator json, Texts texts, SourceLines source) {
    this.json = json;
    this.texts = texts;
    this.source = source;
  }

  /**
   * Writes one.
   *
   * @param odds of each harm along it, by id; of none where nobody knows them
   */
  void write(String token, Plan plan, Trace trace, Map<String, Odds> odds) throws IOException {
    json.writeStartObject();
    json.writeStringField("token", token);
    json.writeStringField("design", plan.design().id());
    json.writeStringField("scenario", plan.scenario().id());
    json.writeStringField("sentence", plan.scenario().summary());
    json.writeStringField("kernel", plan.kernel().id());
    json.writeStringField("size", plan.size());
    json.writeNumberField("cpus", plan.cpus());
    json.writeObjectFieldStart("odds");
    for (Map.Entry<String, Odds> each : odds.entrySet()) {
      json.writeArrayFieldStart(each.getKey());
      for (double share : each.getValue().shares()) {
        json.writeNumber(rounded(share));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    run(trace);
    if (!trace.others().isEmpty()) {
      json.writeArrayFieldStart("others");
      for (Trace other : trace.others()) {
        json.writeStartObject();
        run(other);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Enough digits to be drawn and told; certainty and impossibility stay exact. */
  static String rounded(double share) {
    if (share == 0 || share == 1) {
      return share == 1 ? "1" : "0";
    }
    return share > 0.99 ? Double.toString(share) : Float.toString((float) share);
  }

  private void run(Trace trace) throws IOException {
    json.writeArrayFieldStart("initial");
    for (PageFields page : trace.initial()) {
      page(page, trace.names());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("steps");
    Surroundings before = Surroundings.NONE;
    for (Trace.Step step : trace.steps()) {
      step(step, before, trace.names());
      before = step.around();
    }
    json.writeEndArray();
  }

  private void step(Trace.Step step, Surroundings before, Arena names) throws IOException {
    json.writeStartArray();
    json.writeNumber(step.cpu());
    json.writeNumber(step.inInterrupt() ? 1 : 0);
    text(step.operation());
    text(FunctionPath.of(step.callers()));
    Caller caller = FunctionPath.innermost(step.callers());
    text(caller == null ? "" : SourceLines.place(caller));
    text(caller == null ? "" : source.statement(caller));
    text(step.text(names));
    json.writeStartArray();
    for (PageFields page : step.pages()) {
      page(page, names);
    }
    json.writeEndArray();
    json.writeStartArray();
    for (Finding finding : step.findings()) {
      json.writeStartArray();
      text(finding.harm().id());
      text(finding.name().isEmpty() ? finding.text() : finding.name() + ": " + finding.text());
      json.writeEndArray();
    }
    json.writeEndArray();
    holders(step.around(), before);
    lists(step.around().pagevecs(), before.pagevecs());
    lists(step.around().buffers(), before.buffers());
    json.writeEndArray();
  }

  private void holders(Surroundings now, Surroundings before) throws IOException {
    if (now.holders().equals(before.holders())) {
      json.writeNumber(0);
      return;
    }
    json.writeStartArray();
    for (Surroundings.Holder holder : now.holders()) {
      json.writeStartArray();
      json.writeNumber(holder.cpu());
      json.writeNumber(holder.inInterrupt() ? 1 : 0);
      json.writeNumber(holder.irqsOff() ? 1 : 0);
      text(String.join(", ", holder.locks()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void lists(Map<String, List<String>> now, Map<String, List<String>> before)
      throws IOException {
    if (now.equals(before)) {
      json.writeNumber(0);
      return;
    }
    json.writeStartArray();
    for (Map.Entry<String, List<String>> list : now.entrySet()) {
      json.writeStartArray();
      text(list.getKey());
      text(String.join(", ", list.getValue()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /**
   * A page: its number, references and who has them, free, pins, list, flags, the two words of the
   * union in hexadecimal and in words, and who wrote each byte.
   */
  private void page(PageFields page, Arena names) throws IOException {
    json.writeStartArray();
    json.writeNumber(page.page());
    json.writeNumber(page.refcount());
    text(Ref.holders(page.references()));
    json.writeNumber(page.isFree() ? 1 : 0);
    json.writeNumber(page.pins());
    text(
        page.list() != 0
            ? names.name(page.list()).replace(".next", "")
            : page.isInHand() ? "in hand: reclaim works on it" : "");
    text(page.flags().stream().map(PageFlag::id).collect(Collectors.joining(" ")));
    text(hex(page.lruNext()));
    text(hex(page.lruPrev()));
    text(Values.word(names, page.lruNext()));
    text(Values.word(names, page.lruPrev()));
    text(View.letters(page.writers()));
    json.writeEndArray();
  }

  private static String hex(long word) {
    String digits = Long.toHexString(word);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private void text(String text) throws IOException {
    json.writeNumber(texts.number(text));
  }
}
