// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.Prediction;
import org.gupstress.result.Row;

/** The rows of result.json, one for each test. */
final class OutcomeJson {
  static final String ENGINE = "jcstress";

  private final JsonGenerator json;

  private OutcomeJson(JsonGenerator json) {
    this.json = json;
  }

  /** The row of a test, which is its key. */
  static Row of(OutcomeRow row) {
    return json -> new OutcomeJson(json).row(row);
  }

  private void row(OutcomeRow row) throws IOException {
    json.writeStringField("design", row.prediction().plan().design().id());
    json.writeStringField("scenario", row.prediction().plan().scenario().id());
    json.writeStringField("kernel", row.prediction().plan().kernel().id());
    json.writeStringField("test", row.test().name());
    json.writeStringField("sentence", row.prediction().plan().scenario().summary());
    json.writeStringField("verdict", row.verdict().id);
    json.writeBooleanField("expected", row.isAsExpected());
    json.writeStringField("reason", row.hasRun() ? row.complaint() : row.whyNot());
    json.writeNumberField("actors", row.test().actors());
    if (row.isPlanKnown()) {
      json.writeNumberField("configurations_planned", row.planned());
    } else {
      json.writeNullField("configurations_planned");
    }
    json.writeNumberField("configurations_executed", row.executions().size());
    json.writeNumberField("samples", row.samples());
    json.writeNumberField("rate", Math.round(row.rate()));
    json.writeBooleanField("control", row.test().isControl());
    json.writeNumberField("control_samples", row.controlSeen());
    json.writeNumberField("control_samples_min", row.test().isControl() ? row.controlMin() : 0);
    json.writeStringField("search_stopped", row.prediction().stopped());
    modes(row);
    json.writeArrayFieldStart("outcomes");
    if (row.hasRun()) {
      for (String outcome : row.outcomes()) {
        outcome(row, outcome);
      }
    }
    json.writeEndArray();
    json.writeStringField("html", row.html());
  }

  private void modes(OutcomeRow row) throws IOException {
    json.writeArrayFieldStart("modes");
    for (List<Jcstress.Execution> same : row.byMode().values()) {
      long samples = same.stream().mapToLong(Jcstress.Execution::samples).sum();
      double seconds = same.stream().mapToDouble(Jcstress.Execution::seconds).sum();
      json.writeStartObject();
      mode(same.get(0));
      json.writeNumberField("configurations", same.size());
      json.writeNumberField("samples", samples);
      json.writeNumberField("rate", Math.round(samples / seconds));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void mode(Jcstress.Execution execution) throws IOException {
    json.writeStringField("mode", execution.mode());
    json.writeStringField("flags", execution.flags());
  }

  private void outcome(OutcomeRow row, String outcome) throws IOException {
    OutcomeTest.Case known = row.test().caseOf(outcome);
    Prediction.Way way = row.prediction().ways().get(outcome);
    json.writeStartObject();
    json.writeStringField("outcome", outcome);
    json.writeStringField("grade", known.grade().id);
    json.writeStringField("sentence", row.prediction().sentence(known));
    json.writeBooleanField("control", known.isControl());
    json.writeNumberField("samples", row.count(outcome));
    json.writeNumberField("frequency", row.frequency(outcome));
    if (way == null && !row.prediction().stopped().isEmpty()) {
      // the search was cut: there may be an order that ends so
      json.writeNullField("predicted");
    } else {
      json.writeBooleanField("predicted", way != null);
    }
    if (way != null) {
      json.writeNumberField("share", way.share());
      json.writeNumberField("preemptions", way.preemptions());
      json.writeStringField("token", way.token().toString());
    }
    json.writeArrayFieldStart("modes");
    for (List<Jcstress.Execution> same : row.byMode().values()) {
      long of = same.stream().mapToLong(Jcstress.Execution::samples).sum();
      long seen = same.stream()
          .mapToLong(execution -> execution.counts().getOrDefault(outcome, 0L))
          .sum();
      json.writeStartObject();
      mode(same.get(0));
      json.writeNumberField("samples", seen);
      json.writeNumberField("of", of);
      json.writeNumberField("frequency", of == 0 ? 0 : (double) seen / of);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
