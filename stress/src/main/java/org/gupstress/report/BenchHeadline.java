// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A figure made of two others, round by round.
 *
 * @param text what it is
 * @param value the ratio or the difference
 * @param error half its 95 % confidence interval
 * @param unit empty for a ratio
 * @param limit what it must not exceed, or NaN
 */
public record BenchHeadline(
    String question, String text, double value, double error, String unit, double limit) {
  static final String ROW = "headline";
  private static final double NOISY = 0.10;
  private static final String OPEN = "open";

  public double relativeError() {
    return error / Math.abs(value);
  }

  public boolean isNoisy() {
    return !(relativeError() <= NOISY);
  }

  public boolean hasLimit() {
    return !Double.isNaN(limit);
  }

  /** Whether the limit is met, is missed, or may be either as far as was measured. */
  public String verdict() {
    if (!hasLimit()) {
      return "measured";
    }
    if (!(Math.abs(value - limit) >= error)) {
      return OPEN;
    }
    return value <= limit ? "met" : "missed";
  }

  /** Whether more forks might say more. */
  public boolean isInDoubt() {
    return isNoisy() || verdict().equals(OPEN);
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("text", text);
    json.writeStringField("verdict", verdict());
    BenchResults.decimal("value", value, json);
    BenchResults.decimal("error", error, json);
    BenchResults.decimal("relative_error", relativeError(), json);
    json.writeBooleanField("noisy", isNoisy());
    json.writeStringField("unit", unit);
    BenchResults.decimal("limit", limit, json);
    json.writeEndObject();
  }

  static BenchHeadline read(Fields row) throws IOException {
    return new BenchHeadline(
        row.text("question"),
        row.text("text"),
        row.decimalOrNan("value"),
        row.decimalOrNan("error"),
        row.text("unit"),
        row.decimalOrNan("limit"));
  }
}
