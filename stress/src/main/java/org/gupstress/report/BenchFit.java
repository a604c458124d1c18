// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * The Universal Scalability Law fitted to the throughput of a curve: {@code lambda n / (1 + sigma
 * (n - 1) + kappa n (n - 1))}.
 *
 * @param label which curve
 * @param points numbers of threads that were measured
 * @param pointsBeyond how many of them are more than there are processors
 * @param unit of the throughput
 * @param lambda throughput of one thread
 * @param sigma share of the work that is done one after the other
 * @param sigmaError its standard error
 * @param kappa what each pair of threads costs by keeping in step
 * @param kappaError its standard error
 * @param peakThreads where the law has its peak, or NaN if it has none
 * @param measuredPeak the number of threads with the highest throughput that was measured
 * @param measuredMax the highest number of threads that was measured
 * @param refusal why there is no fit, or empty
 */
public record BenchFit(
    String question,
    String label,
    int points,
    int pointsBeyond,
    String unit,
    double lambda,
    double sigma,
    double sigmaError,
    double kappa,
    double kappaError,
    double peakThreads,
    int measuredPeak,
    int measuredMax,
    String refusal) {
  static final String ROW = "fit";

  public boolean isRefused() {
    return !refusal.isEmpty();
  }

  /** Whether the peak that the law predicts lies where nothing was measured. */
  public boolean isExtrapolated() {
    return peakThreads > measuredMax;
  }

  /** The throughput that the law has for so many threads. */
  public double throughput(double threads) {
    return lambda * threads / (1 + sigma * (threads - 1) + kappa * threads * (threads - 1));
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("label", label);
    json.writeStringField("verdict", isRefused() ? "refused" : "fitted");
    json.writeStringField("reason", refusal);
    json.writeNumberField("points", points);
    json.writeNumberField("points_beyond_processors", pointsBeyond);
    json.writeStringField("unit", unit);
    BenchResults.decimal("lambda", lambda, json);
    BenchResults.decimal("sigma", sigma, json);
    BenchResults.decimal("sigma_error", sigmaError, json);
    BenchResults.decimal("kappa", kappa, json);
    BenchResults.decimal("kappa_error", kappaError, json);
    BenchResults.decimal("peak_threads", peakThreads, json);
    json.writeBooleanField("extrapolated", isExtrapolated());
    json.writeNumberField("measured_peak_threads", measuredPeak);
    json.writeNumberField("measured_threads_max", measuredMax);
    json.writeEndObject();
  }

  static BenchFit read(Fields row) throws IOException {
    return new BenchFit(
        row.text("question"),
        row.text("label"),
        (int) row.number("points"),
        (int) row.number("points_beyond_processors"),
        row.text("unit"),
        row.decimalOrNan("lambda"),
        row.decimalOrNan("sigma"),
        row.decimalOrNan("sigma_error"),
        row.decimalOrNan("kappa"),
        row.decimalOrNan("kappa_error"),
        row.decimalOrNan("peak_threads"),
        (int) row.number("measured_peak_threads"),
        (int) row.number("measured_threads_max"),
        row.text("reason"));
  }
}
