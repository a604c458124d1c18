// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.Precision;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.report.BenchSvg;
import org.gupstress.sampling.SampledOutcome;
import org.gupstress.sampling.SampledTest;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.Latency;
import org.gupstress.storm.PagePlace;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.StormSetup;
import org.gupstress.text.Numbers;

/** Writes what the engines with real threads found: outcome tables, storms, benchmarks. */
final class EngineData {
  private final JsonGenerator json;

  EngineData(JsonGenerator json) {
    this.json = json;
  }

  // ---- jcstress

  void outcomes(List<SampledTest> tests) throws IOException {
    for (SampledTest test : tests) {
      json.writeStartObject();
      json.writeStringField("test", test.name());
      json.writeStringField("design", test.design());
      json.writeStringField("scenario", test.scenario());
      json.writeStringField("sentence", test.sentence());
      json.writeStringField("verdict", test.verdict());
      json.writeBooleanField("expected", test.isExpected());
      json.writeStringField("reason", test.reason());
      json.writeStringField("samples", Numbers.count(test.samples()));
      json.writeStringField("rate", Numbers.count(test.rate()));
      json.writeNumberField("configurations", test.executed());
      json.writeArrayFieldStart("outcomes");
      for (SampledOutcome outcome : test.outcomes()) {
        outcome(outcome);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void outcome(SampledOutcome outcome) throws IOException {
    json.writeStartObject();
    json.writeStringField("outcome", outcome.outcome());
    json.writeStringField("grade", outcome.grade().id);
    json.writeStringField("sentence", outcome.sentence());
    json.writeStringField("samples", Numbers.count(outcome.samples()));
    json.writeStringField("frequency", Numbers.share(outcome.frequency()));
    SampledOutcome.Way way = outcome.way();
    if (way != null) {
      json.writeStringField("share", Numbers.share(way.share()));
      json.writeStringField("token", way.token());
    }
    json.writeEndObject();
  }

  // ---- storms

  void storm(StormRecord storm) throws IOException {
    StormSetup setup = storm.setup();
    json.writeStartObject();
    json.writeStringField("design", storm.design());
    json.writeStringField("kernel", setup.kernel().id());
    json.writeStringField("mix", setup.mix().toString());
    json.writeStringField("cpus", Numbers.of(setup.cpus(), "CPU"));
    json.writeStringField("pages", Numbers.of(setup.pages(), "page"));
    json.writeStringField("duration", Numbers.seconds(setup.duration().toMillis() / 1e3));
    json.writeNumberField("seed", setup.seed());
    series("second", storm, StormSecond::number);
    series("stranded", storm, second -> second.pages().get(PagePlace.STRANDED));
    series("reclaimable", storm, second -> PagePlace.reclaimableShare(second.pages()));
    series("pins", storm, second -> second.counts().get(StormCounter.PINS));
    series("reclaimed", storm, StormSecond::reclaimedPages);
    series("wait", storm, second -> p99(second, Latency.LRU_LOCK_WAIT));
    series("gup", storm, second -> p99(second, Latency.GUP_LOCK_WAIT));
    json.writeArrayFieldStart("findings");
    for (StormFinding finding : storm.findings()) {
      json.writeStartObject();
      json.writeStringField("claim", finding.claim());
      json.writeStringField("harm", finding.harm());
      json.writeStringField("sentence", finding.sentence());
      json.writeStringField("at", Numbers.seconds(finding.seconds()));
      json.writeEndObject();
    }
    json.writeEndArray();
    StormResult result = storm.result();
    if (result != null) {
      totals(result);
    }
    json.writeEndObject();
  }

  private static double p99(StormSecond second, Latency latency) {
    TimeSpread spread = second.times().get(latency);
    return spread == null ? 0 : spread.p99Nanos();
  }

  private void series(String name, StormRecord storm, ToDoubleFunction<StormSecond> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (StormSecond second : storm.seconds()) {
      double number = value.applyAsDouble(second);
      if (number == Math.rint(number)) {
        json.writeNumber((long) number);
      } else {
        json.writeNumber(Float.toString((float) number));
      }
    }
    json.writeEndArray();
  }

  private void totals(StormResult result) throws IOException {
    json.writeStringField("ending", result.ending().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("references");
    for (ReferenceRow row : result.references()) {
      json.writeStartArray();
      json.writeString(row.reason().holder() + (row.isOfPins() ? ", pins" : ""));
      json.writeString(row.site());
      json.writeNumber(row.taken());
      json.writeNumber(row.dropped());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("harms");
    for (HarmCount harm : result.harms()) {
      json.writeStartArray();
      json.writeString(harm.harm());
      json.writeString(Numbers.count(harm.times()));
      json.writeString(Numbers.seconds(harm.firstSeconds()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  // ---- benchmarks

  void benchmarks(BenchResults results) throws IOException {
    for (String question : results.questions()) {
      BenchResults of = results.of(question);
      json.writeStartObject();
      json.writeStringField("question", question);
      json.writeStringField("sentence", of.figures().get(0).sentence());
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      BenchSvg.write(results, question, svg);
      json.writeStringField("svg", svg.toString(UTF_8));
      json.writeArrayFieldStart("figures");
      for (BenchFigure figure : of.figures()) {
        json.writeStartArray();
        json.writeString(figure.design());
        json.writeString(of.shown(figure.label()));
        json.writeString(figure.unit());
        json.writeNumber(figure.threads());
        json.writeString(value(figure));
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static String value(BenchFigure figure) {
    if (figure.hasFailed()) {
      return "failed: " + figure.failure();
    }
    return figure.precision() == Precision.HIDDEN
        ? "noise"
        : Numbers.significant(figure.score()) + " +-" + Numbers.significant(figure.error());
  }
}
