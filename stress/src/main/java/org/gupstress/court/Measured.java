// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gupstress.explore.Options;
import org.gupstress.explore.Result;
import org.gupstress.result.Fields;
import org.jspecify.annotations.Nullable;

/**
 * How far a run went, and what it took.
 *
 * @param preemptions most pre-emptions of an interleaving, or {@link Options#UNBOUNDED}
 * @param depthMax steps of the longest interleaving
 * @param seconds on the clock
 * @param visitedBytes memory of the visited set
 * @param collision probability that two different states were taken for one
 * @param falsePositives states in which a page says it is pinned and is not
 * @param outcomes final states, or null if they were not asked for
 */
public record Measured(
    int preemptions,
    int states,
    long transitions,
    double seconds,
    int depthMax,
    BigInteger interleavings,
    long visitedBytes,
    double collision,
    long falsePositives,
    @Nullable Set<Map<String, Object>> outcomes) {

  static Measured of(Result result) {
    Set<Map<String, Object>> outcomes = new LinkedHashSet<>();
    result.outcomes().forEach(outcome -> outcomes.add(inWords(outcome)));
    return new Measured(
        result.options().preemptions(),
        result.states(),
        result.transitions(),
        Math.round(result.seconds() * 1e6) / 1e6,
        result.depthMax(),
        result.interleavings(),
        result.visitedBytes(),
        result.collision(),
        result.falsePositives(),
        result.options().outcomes() ? outcomes : null);
  }

  /** Numbers and texts, as a file can hold them. */
  private static Map<String, Object> inWords(Map<String, Object> outcome) {
    Map<String, Object> words = new TreeMap<>();
    outcome.forEach((name, value) -> words.put(
        name, value instanceof Number number ? number.longValue() : String.valueOf(value)));
    return words;
  }

  public double bytesPerState() {
    return visitedBytes / (double) Math.max(1, states);
  }

  /** What it took; of an audit's cells it is left out. */
  void writeCost(JsonGenerator json) throws IOException {
    json.writeNumberField("visited_bytes", visitedBytes);
    json.writeNumberField("collision_probability", collision);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeNumberField("states", states);
    json.writeNumberField("transitions", transitions);
    json.writeNumberField("seconds", seconds);
    json.writeNumberField("depth_max", depthMax);
    json.writeStringField("interleavings", interleavings.toString());
    if (preemptions != Options.UNBOUNDED) {
      json.writeNumberField("preemptions_max", preemptions);
    }
    if (falsePositives > 0) {
      json.writeNumberField("false_positives", falsePositives);
    }
    if (outcomes != null) {
      json.writeArrayFieldStart("outcomes");
      for (Map<String, Object> outcome : outcomes) {
        json.writeStartObject();
        for (Map.Entry<String, Object> field : outcome.entrySet()) {
          json.writeObjectField(field.getKey(), field.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  static Measured read(Fields row) throws IOException {
    Set<Map<String, Object>> outcomes = null;
    if (row.has("outcomes")) {
      outcomes = new LinkedHashSet<>();
      for (Fields outcome : row.list("outcomes")) {
        outcomes.add(outcome(outcome));
      }
    }
    return new Measured(
        row.has("preemptions_max") ? row.count("preemptions_max") : Options.UNBOUNDED,
        row.count("states"),
        row.number("transitions"),
        row.decimal("seconds"),
        row.count("depth_max"),
        digits(row.text("interleavings")),
        row.has("visited_bytes") ? row.number("visited_bytes") : 0,
        row.has("collision_probability") ? row.decimal("collision_probability") : 0,
        row.has("false_positives") ? row.number("false_positives") : 0,
        outcomes);
  }

  private static Map<String, Object> outcome(Fields fields) {
    Map<String, Object> outcome = new TreeMap<>();
    fields.values().forEach((name, value) -> {
      if (value != null) {
        outcome.put(name, value instanceof Number number ? (Object) number.longValue() : value);
      }
    });
    return outcome;
  }

  private static BigInteger digits(String text) throws IOException {
    if (text.isEmpty() || text.length() > 100_000 || !text.chars().allMatch(Character::isDigit)) {
      throw new IOException("expected digits \"interleavings\", found \"" + text + "\"");
    }
    return new BigInteger(text);
  }
}
