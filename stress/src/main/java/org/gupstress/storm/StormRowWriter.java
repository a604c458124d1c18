// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.DossierWriter;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a storm: {@code plan} when it begins, then a {@code second} each second and a
 * {@code finding} for each, and {@code totals} when it is over. {@link StormRowReader} reads them.
 */
public final class StormRowWriter {
  public static final String ENGINE = "storm";

  private final String design;
  private final StormSetup setup;
  private final StormRecord.Host host;

  StormRowWriter(String design, StormSetup setup, StormRecord.Host host) {
    this.design = design;
    this.setup = setup;
    this.host = host;
  }

  /** What a storm of a design replaces: that of the same design and kernel. */
  String key() {
    return design + "/" + setup.kernel().id();
  }

  private void head(JsonGenerator json, String row) throws IOException {
    json.writeStringField("row", row);
    json.writeStringField("design", design);
  }

  void plan(JsonGenerator json) throws IOException {
    head(json, "plan");
    json.writeStringField("kernel", setup.kernel().id());
    json.writeStringField("mix", setup.mix().toString());
    json.writeObjectFieldStart("sizing");
    json.writeNumberField("pressure", setup.sizing().pressure());
    json.writeNumberField("file_pages", setup.sizing().filePages());
    json.writeNumberField("processes", setup.sizing().processes());
    json.writeNumberField("chunk_pages", setup.sizing().chunkPages());
    json.writeNumberField("readers", setup.sizing().readers());
    json.writeEndObject();
    json.writeObjectFieldStart("working_set");
    json.writeNumberField("processes", setup.workingSet().processes());
    json.writeNumberField("file_pages", setup.workingSet().filePages());
    json.writeNumberField("anonymous_pages", setup.workingSet().anonymousPages());
    json.writeEndObject();
    json.writeNumberField("cpus", setup.cpus());
    json.writeNumberField("pages", setup.pages());
    json.writeNumberField("duration_ms", setup.duration().toMillis());
    json.writeNumberField("seed", setup.seed());
    json.writeStringField("perturbation", DossierWriter.name(setup.perturbation()));
    json.writeBooleanField("events", setup.events());
    json.writeNumberField("processors", host.processors());
    json.writeBooleanField("compared", host.isCompared());
  }

  void second(StormSecond second, JsonGenerator json) throws IOException {
    head(json, "second");
    json.writeNumberField("second", second.number());
    tally("pages", second.pages(), json);
    json.writeNumberField("isolated_pages", second.isolatedPages());
    tally("counts", second.counts(), json);
    dossier(second.dossier(), json);
    DossierWriter.times("times", Latency.values(), second.times(), json);
  }

  void finding(StormFinding finding, JsonGenerator json) throws IOException {
    head(json, "finding");
    json.writeStringField("claim", finding.claim());
    json.writeStringField("harm", finding.harm());
    json.writeStringField("sentence", finding.sentence());
    json.writeArrayFieldStart("causes");
    for (String cause : StormExpectations.causes(design, setup, finding.harm())) {
      json.writeString(cause);
    }
    json.writeEndArray();
    json.writeNumberField("seconds", finding.seconds());
    json.writeNumberField("page", finding.page());
    operations("actors", finding.actors(), json);
    words("before", finding.before(), json);
    words("after", finding.after(), json);
    events("events", finding.events(), json);
    json.writeStringField(
        "counterexample", StormExpectations.counterexample(design, setup, finding.harm()));
  }

  private static void events(String name, List<PageEvent> events, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (PageEvent event : events) {
      json.writeStartObject();
      json.writeNumberField("ns", event.nanos());
      json.writeNumberField("cpu", event.cpu());
      json.writeStringField("text", event.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void operations(String name, List<CpuOperation> operations, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (CpuOperation each : operations) {
      json.writeStartObject();
      json.writeNumberField("cpu", each.cpu());
      json.writeStringField("operation", each.operation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void words(String name, @Nullable UnionWords words, JsonGenerator json)
      throws IOException {
    if (words == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("word8", Long.toHexString(words.word8()));
    json.writeStringField("word16", Long.toHexString(words.word16()));
    json.writeEndObject();
  }

  void totals(StormResult result, Throughput throughput, JsonGenerator json) throws IOException {
    StormExpectations.Judgement judgement = StormExpectations.judge(design, setup, result);
    head(json, "totals");
    json.writeBooleanField("expected", !judgement.isSurprised());
    json.writeArrayFieldStart("unexpected");
    for (HarmCount count : judgement.unexpected()) {
      json.writeString(count.harm());
    }
    json.writeEndArray();
    json.writeBooleanField("pressed", !judgement.isIdle());
    json.writeNumberField("load_seconds", result.loadSeconds());
    json.writeNumberField("warmup_seconds", throughput.warmupSeconds());
    rate(
        "pins_per_second", throughput.rate(second -> second.counts().get(StormCounter.PINS)), json);
    rate("reclaimed_pages_per_second", throughput.rate(StormSecond::reclaimedPages), json);
    json.writeStringField("ending", DossierWriter.name(result.ending()));
    operations("in_flight", result.inFlight(), json);
    tally("pages_start", result.start(), json);
    tally("pages_end", result.end(), json);
    if (result.unmounted() == null) {
      json.writeNullField("pages_unmounted");
    } else {
      tally("pages_unmounted", result.unmounted(), json);
    }
    tally("counts", result.counts(), json);
    dossier(result.dossier(), json);
    DossierWriter.references("references", result.references(), json);
    tally("stranded_pages_freed", result.fates(), json);
    json.writeArrayFieldStart("strandings");
    for (Stranding stranding : result.strandings()) {
      json.writeStartObject();
      json.writeStringField("way", DossierWriter.name(stranding.way()));
      json.writeNumberField("pages", stranding.pages());
      tally("freed", stranding.fates(), json);
      json.writeNumberField("page", stranding.page());
      events("steps", stranding.steps(), json);
      json.writeStringField(
          "counterexample", StormExpectations.counterexample(design, setup, stranding.way()));
      json.writeEndObject();
    }
    json.writeEndArray();
    DossierWriter.times("times", Latency.values(), result.times(), json);
    json.writeArrayFieldStart("harms");
    for (HarmCount count : result.harms()) {
      json.writeStartObject();
      json.writeStringField("harm", count.harm());
      json.writeNumberField("times", count.times());
      json.writeNumberField("first_seconds", count.firstSeconds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static <E extends Enum<E>> void tally(String name, Counts<E> tally, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<E, Long> amount : tally.amounts().entrySet()) {
      json.writeNumberField(DossierWriter.name(amount.getKey()), amount.getValue());
    }
    json.writeEndObject();
  }

  private static void rate(String name, double rate, JsonGenerator json) throws IOException {
    if (Double.isFinite(rate)) {
      json.writeNumberField(name, rate);
    }
  }

  private static void dossier(Dossier dossier, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("dossier");
    DossierWriter.write(dossier, json);
    json.writeEndObject();
  }
}
