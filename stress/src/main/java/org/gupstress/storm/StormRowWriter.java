// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** The name of a constant in a file. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
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
    json.writeStringField("perturbation", name(setup.perturbation()));
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
    reclaim(second.reclaim(), json);
    times(second.times(), json);
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

  void totals(StormResult result, JsonGenerator json) throws IOException {
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
    json.writeStringField("ending", name(result.ending()));
    operations("in_flight", result.inFlight(), json);
    tally("pages_start", result.start(), json);
    tally("pages_end", result.end(), json);
    if (result.unmounted() == null) {
      json.writeNullField("pages_unmounted");
    } else {
      tally("pages_unmounted", result.unmounted(), json);
    }
    tally("counts", result.counts(), json);
    reclaim(result.reclaim(), json);
    json.writeArrayFieldStart("references");
    for (ReferenceRow row : result.references()) {
      json.writeStartObject();
      json.writeStringField("reason", name(row.reason()));
      json.writeStringField("site", row.site());
      json.writeNumberField("taken", row.taken());
      json.writeNumberField("dropped", row.dropped());
      json.writeEndObject();
    }
    json.writeEndArray();
    tally("stranded_pages_freed", result.fates(), json);
    json.writeArrayFieldStart("strandings");
    for (Stranding stranding : result.strandings()) {
      json.writeStartObject();
      json.writeStringField("way", name(stranding.way()));
      json.writeNumberField("pages", stranding.pages());
      tally("freed", stranding.fates(), json);
      json.writeNumberField("page", stranding.page());
      events("steps", stranding.steps(), json);
      json.writeStringField(
          "counterexample", StormExpectations.counterexample(design, setup, stranding.way()));
      json.writeEndObject();
    }
    json.writeEndArray();
    times(result.times(), json);
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
      json.writeNumberField(name(amount.getKey()), amount.getValue());
    }
    json.writeEndObject();
  }

  private static void reclaim(List<ReclaimPass> passes, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("reclaim");
    for (ReclaimPass pass : passes) {
      json.writeStartObject();
      json.writeNumberField("priority", pass.priority());
      json.writeNumberField("passes", pass.passes());
      json.writeNumberField("scanned_pages", pass.scannedPages());
      json.writeNumberField("isolated_pages", pass.isolatedPages());
      json.writeNumberField("reclaimed_pages", pass.reclaimedPages());
      json.writeNumberField("activated_pages", pass.activatedPages());
      json.writeNumberField("kept_pages", pass.keptPages());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void times(Map<Latency, Quantiles> times, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("times");
    for (Map.Entry<Latency, Quantiles> time : times.entrySet()) {
      Quantiles quantiles = time.getValue();
      json.writeObjectFieldStart(name(time.getKey()));
      json.writeNumberField("samples", quantiles.samples());
      json.writeNumberField("p50_ns", quantiles.p50Nanos());
      json.writeNumberField("p99_ns", quantiles.p99Nanos());
      json.writeNumberField("p999_ns", quantiles.p999Nanos());
      json.writeNumberField("max_ns", quantiles.maxNanos());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
