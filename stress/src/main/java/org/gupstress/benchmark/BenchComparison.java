// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.gupstress.result.Fields;

/**
 * Two figures compared round by round.
 *
 * @param text what is compared
 * @param value the ratio or the difference
 * @param error half its 95 % confidence interval
 * @param unit empty for a ratio
 * @param limit the most that the value should be, or NaN
 */
public record BenchComparison(
    String question, String text, double value, double error, String unit, double limit) {
  static final String ROW = "comparison";
  private static final String OPEN = "open";

  /** What its interval allows to say. */
  public Precision precision() {
    return Precision.of(value, error);
  }

  public boolean hasLimit() {
    return !Double.isNaN(limit);
  }

  /** Whether the limit is met or missed; open if the interval contains it, or hides the value. */
  public String verdict() {
    if (!hasLimit()) {
      return "measured";
    }
    if (precision() == Precision.HIDDEN || !(Math.abs(value - limit) >= error)) {
      return OPEN;
    }
    return value <= limit ? "met" : "missed";
  }

  /** Whether more forks would say more. */
  public boolean isInDoubt() {
    return precision() != Precision.CLEAR || verdict().equals(OPEN);
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("text", text);
    json.writeStringField("verdict", verdict());
    BenchResults.measured("value", value, error, json);
    json.writeStringField("unit", unit);
    BenchResults.decimal("limit", limit, json);
  }

  static BenchComparison read(Fields row) throws IOException {
    return new BenchComparison(
        row.text("question"),
        row.text("text"),
        row.decimalOrNan("value"),
        row.decimalOrNan("error"),
        row.text("unit"),
        row.decimalOrNan("limit"));
  }
}
