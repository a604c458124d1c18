// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.DossierWriter;
import org.gupstress.result.ResultFile;
import org.gupstress.result.Row;

/**
 * The rows of a trace: a {@code dossier}, a {@code refinement}, {@code custody} if it has page_ref
 * events, and a {@code history} for each page that was asked for. {@link TraceRowReader} reads
 * them.
 */
public final class TraceRowWriter {
  public static final String ENGINE = "trace";

  private TraceRowWriter() {}

  /** Replaces the rows of an earlier reading of a file of this name. */
  public static void write(TraceRecord trace, ResultFile file) {
    List<Row> rows = new ArrayList<>();
    rows.add(json -> dossier(trace, json));
    rows.add(json -> refinement(trace.refinement(), json));
    Custody custody = trace.custody();
    if (custody != null) {
      rows.add(json -> custody(custody, json));
    }
    for (PageHistory history : trace.histories()) {
      rows.add(json -> history(history, json));
    }
    file.put(ENGINE, trace.file(), rows);
  }

  private static void dossier(TraceRecord trace, JsonGenerator json) throws IOException {
    Reading reading = trace.reading();
    json.writeStringField("row", "dossier");
    json.writeNumberField("events", reading.events());
    json.writeNumberField("read", reading.read());
    counts("unread", reading.unread(), json);
    json.writeNumberField("cut", reading.cut());
    json.writeNumberField("lost", reading.lost());
    json.writeNumberField("holes", reading.holes());
    json.writeNumberField("unfollowed", reading.unfollowed());
    json.writeNumberField("disorder", reading.disorder());
    DossierWriter.write(trace.dossier(), json);
  }

  private static void counts(String name, Map<String, Long> counts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void refinement(Refinement refinement, JsonGenerator json) throws IOException {
    json.writeStringField("row", "refinement");
    json.writeNumberField("pages", refinement.pages());
    json.writeNumberField("paths", refinement.paths());
    json.writeNumberField("moved", refinement.moved());
    json.writeNumberField("steps", refinement.steps());
    json.writeNumberField("mistakes", refinement.mistakes());
    json.writeNumberField("not_modelled", refinement.notModelled());
    json.writeArrayFieldStart("misses");
    for (Refinement.Miss miss : refinement.misses()) {
      json.writeStartObject();
      json.writeStringField("rule", DossierWriter.name(miss.rule()));
      json.writeBooleanField("mistake", miss.rule().isMistake());
      json.writeNumberField("events", miss.events());
      json.writeNumberField("pages", miss.pages());
      json.writeNumberField("pfn", miss.pfn());
      json.writeNumberField("seconds", miss.seconds());
      steps("example", miss.example(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void steps(String name, List<PageStep> steps, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (PageStep step : steps) {
      json.writeStartObject();
      json.writeNumberField("seconds", step.seconds());
      json.writeNumberField("cpu", step.cpu());
      json.writeStringField("task", step.task());
      json.writeStringField("text", step.text());
      json.writeStringField("state", step.state());
      json.writeBooleanField("miss", step.isMiss());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void custody(Custody custody, JsonGenerator json) throws IOException {
    json.writeStringField("row", "custody");
    json.writeNumberField("events", custody.events());
    json.writeNumberField("stacks", custody.stacks());
    DossierWriter.references("references", custody.rows(), json);
    counts("held", custody.held(), json);
    json.writeNumberField("earlier", custody.earlier());
    json.writeNumberField("without_stack", custody.withoutStack());
    counts("unknown", custody.unknown(), json);
    json.writeArrayFieldStart("odd");
    for (Custody.OddPage page : custody.odd()) {
      json.writeStartObject();
      json.writeNumberField("pfn", page.pfn());
      json.writeNumberField("expected", page.expected());
      json.writeNumberField("found", page.found());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("odd_pages", custody.oddPages());
    json.writeNumberField("momentary", custody.momentary());
    json.writeNumberField("misread", custody.misread());
  }

  private static void history(PageHistory history, JsonGenerator json) throws IOException {
    json.writeStringField("row", "history");
    json.writeNumberField("pfn", history.pfn());
    json.writeNumberField("events", history.events());
    steps("steps", history.steps(), json);
  }
}
