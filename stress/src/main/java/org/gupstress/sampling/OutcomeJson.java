// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.outcome.Grade;
import org.gupstress.result.Fields;
import org.gupstress.result.Row;
import org.jspecify.annotations.Nullable;

/** The rows of result.json, one for each test: how they are written, and how they are read. */
public final class OutcomeJson {
  public static final String ENGINE = "jcstress";

  private final JsonGenerator json;

  private OutcomeJson(JsonGenerator json) {
    this.json = json;
  }

  /** The row of a test, which is its key. */
  static Row of(SampledTest test) {
    return json -> new OutcomeJson(json).write(test);
  }

  private void write(SampledTest test) throws IOException {
    json.writeStringField("design", test.design());
    json.writeStringField("scenario", test.scenario());
    json.writeStringField("kernel", test.kernel());
    json.writeStringField("test", test.name());
    json.writeStringField("sentence", test.sentence());
    json.writeStringField("verdict", test.verdict());
    json.writeBooleanField("expected", test.isExpected());
    json.writeBooleanField("complete", test.isComplete());
    json.writeStringField("reason", test.reason());
    json.writeNumberField("actors", test.actors());
    if (test.isPlanKnown()) {
      json.writeNumberField("configurations_planned", test.planned());
    } else {
      json.writeNullField("configurations_planned");
    }
    json.writeNumberField("configurations_min", test.planned());
    json.writeNumberField("configurations_executed", test.executed());
    json.writeNumberField("samples", test.samples());
    json.writeNumberField("seconds", test.seconds());
    json.writeNumberField("rate", test.rate());
    json.writeBooleanField("control", test.isControl());
    json.writeNumberField("control_samples", test.controlSeen());
    json.writeNumberField("control_samples_min", test.controlMin());
    json.writeStringField("search_stopped", test.searchStopped());
    json.writeArrayFieldStart("modes");
    for (SampledTest.Mode mode : test.modes()) {
      json.writeStartObject();
      json.writeStringField("mode", mode.mode());
      json.writeStringField("flags", mode.flags());
      json.writeNumberField("configurations", mode.configurations());
      json.writeNumberField("samples", mode.samples());
      json.writeNumberField("rate", mode.rate());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outcomes");
    for (SampledOutcome outcome : test.outcomes()) {
      write(outcome, test.searchStopped().isEmpty());
    }
    json.writeEndArray();
    json.writeStringField("html", test.html());
  }

  private void write(SampledOutcome outcome, boolean isSearched) throws IOException {
    json.writeStartObject();
    json.writeStringField("outcome", outcome.outcome());
    json.writeStringField("grade", outcome.grade().id);
    json.writeStringField("sentence", outcome.sentence());
    json.writeNumberField("samples", outcome.samples());
    json.writeNumberField("frequency", outcome.frequency());
    SampledOutcome.Way way = outcome.way();
    if (way != null) {
      json.writeBooleanField("predicted", true);
      json.writeNumberField("share", way.share());
      json.writeNumberField("preemptions", way.preemptions());
      json.writeStringField("token", way.token());
    } else if (isSearched) {
      json.writeBooleanField("predicted", false);
    } else {
      // the search was cut: there may be an order that ends so
      json.writeNullField("predicted");
    }
    json.writeArrayFieldStart("modes");
    for (SampledOutcome.InMode mode : outcome.modes()) {
      json.writeStartObject();
      json.writeStringField("mode", mode.mode());
      json.writeStringField("flags", mode.flags());
      json.writeNumberField("samples", mode.samples());
      json.writeNumberField("of", mode.of());
      json.writeNumberField("frequency", mode.frequency());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * What a row says.
   *
   * @throws IOException if it is none of this engine
   */
  public static SampledTest read(Fields row) throws IOException {
    List<SampledTest.Mode> modes = new ArrayList<>();
    for (Fields mode : row.list("modes")) {
      modes.add(new SampledTest.Mode(
          mode.text("mode"),
          mode.text("flags"),
          mode.count("configurations"),
          mode.number("samples"),
          mode.number("rate")));
    }
    List<SampledOutcome> outcomes = new ArrayList<>();
    for (Fields outcome : row.list("outcomes")) {
      outcomes.add(outcome(outcome));
    }
    return new SampledTest(
        row.text("test"),
        row.text("design"),
        row.text("scenario"),
        row.text("kernel"),
        row.text("sentence"),
        row.text("verdict"),
        row.flag("expected"),
        row.flag("complete"),
        row.text("reason"),
        row.count("actors"),
        row.count("configurations_min"),
        row.has("configurations_planned"),
        row.count("configurations_executed"),
        row.number("samples"),
        row.decimal("seconds"),
        row.number("rate"),
        row.flag("control"),
        row.number("control_samples_min"),
        row.text("search_stopped"),
        modes,
        outcomes,
        row.text("html"));
  }

  private static SampledOutcome outcome(Fields outcome) throws IOException {
    List<SampledOutcome.InMode> modes = new ArrayList<>();
    for (Fields mode : outcome.list("modes")) {
      modes.add(new SampledOutcome.InMode(
          mode.text("mode"), mode.text("flags"), mode.number("samples"), mode.number("of")));
    }
    return new SampledOutcome(
        outcome.text("outcome"),
        grade(outcome.text("grade")),
        outcome.text("sentence"),
        outcome.number("samples"),
        outcome.decimal("frequency"),
        way(outcome),
        modes);
  }

  private static SampledOutcome.@Nullable Way way(Fields outcome) throws IOException {
    return outcome.has("share")
        ? new SampledOutcome.Way(
            outcome.decimal("share"), outcome.count("preemptions"), outcome.text("token"))
        : null;
  }

  private static Grade grade(String id) throws IOException {
    for (Grade grade : Grade.values()) {
      if (grade.id.equals(id)) {
        return grade;
      }
    }
    throw new IOException("expected a grade, found \"" + id + "\"");
  }
}
