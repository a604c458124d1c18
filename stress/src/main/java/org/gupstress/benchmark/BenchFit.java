// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.gupstress.result.Fields;

/**
 * The Universal Scalability Law fitted to the throughput of a curve: {@code lambda n / (1 + sigma
 * (n - 1) + kappa n (n - 1))}.
 *
 * @param label which curve
 * @param threads the numbers of threads that were measured, in order
 * @param threadsBeyond those of them that are more than there are processors
 * @param unit of the throughput
 * @param lambda throughput of one thread
 * @param sigma the share of the work that threads do one after the other; 0 or 1: at its bound
 * @param sigmaError half its 95 % confidence interval, or NaN if there is none
 * @param kappa the cost of each pair of threads that share data; 0: at its bound
 * @param kappaError half its 95 % confidence interval, or NaN if there is none
 * @param peakThreads where the law has its peak, or NaN if it has none
 * @param measuredPeak the number of threads with the highest throughput that was measured
 * @param refusal why there is no fit, or empty
 */
public record BenchFit(
    String question,
    String label,
    List<Integer> threads,
    List<Integer> threadsBeyond,
    String unit,
    double lambda,
    double sigma,
    double sigmaError,
    double kappa,
    double kappaError,
    double peakThreads,
    int measuredPeak,
    String refusal) {
  static final String ROW = "fit";

  public BenchFit {
    threads = List.copyOf(threads);
    threadsBeyond = List.copyOf(threadsBeyond);
  }

  public boolean isRefused() {
    return !refusal.isEmpty();
  }

  public boolean isSigmaAtBound() {
    return sigma == 0 || sigma == 1;
  }

  public boolean isKappaAtBound() {
    return kappa == 0;
  }

  /** The least number of threads that was measured. */
  public int measuredMin() {
    return threads.get(0);
  }

  /** The highest number of threads that was measured. */
  public int measuredMax() {
    return threads.get(threads.size() - 1);
  }

  /** Whether the peak that the law predicts lies where nothing was measured. */
  public boolean isExtrapolated() {
    return peakThreads > measuredMax() || peakThreads < measuredMin();
  }

  /** Whether noise hides kappa, and with it the peak. */
  public boolean isPeakHidden() {
    return !isKappaAtBound() && isHidden(kappa, kappaError);
  }

  /** Whether both parameters are known, so that the law can be drawn. */
  public boolean isLaw() {
    return !isRefused() && !isPeakHidden() && (isSigmaAtBound() || !isHidden(sigma, sigmaError));
  }

  /** Whether noise hides a parameter that is not at its bound. */
  public static boolean isHidden(double parameter, double error) {
    Precision precision = Precision.of(parameter, error);
    return precision == Precision.HIDDEN || precision == Precision.UNKNOWN;
  }

  /** The throughput that the law has for so many threads. */
  public double throughput(double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("label", label);
    json.writeStringField("verdict", isRefused() ? "refused" : "fitted");
    json.writeStringField("reason", refusal);
    numbers("threads", threads, json);
    numbers("threads_beyond_processors", threadsBeyond, json);
    json.writeStringField("unit", unit);
    BenchResults.decimal("lambda", lambda, json);
    parameter("sigma", sigma, sigmaError, isSigmaAtBound(), json);
    json.writeBooleanField("sigma_at_bound", isSigmaAtBound());
    parameter("kappa", kappa, kappaError, isKappaAtBound(), json);
    json.writeBooleanField("kappa_at_bound", isKappaAtBound());
    BenchResults.decimal("peak_threads", isPeakHidden() ? Double.NaN : peakThreads, json);
    json.writeBooleanField("extrapolated", !isPeakHidden() && isExtrapolated());
    json.writeNumberField("measured_peak_threads", measuredPeak);
  }

  private static void parameter(
      String name, double value, double error, boolean isAtBound, JsonGenerator json)
      throws IOException {
    boolean isHidden = !isAtBound && isHidden(value, error);
    BenchResults.decimal(name, isHidden ? Double.NaN : value, json);
    BenchResults.decimal(name + "_error", isHidden ? Double.NaN : error, json);
  }

  private static void numbers(String name, List<Integer> numbers, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static List<Integer> numbers(String name, Fields row) throws IOException {
    return row.counts(name);
  }

  static BenchFit read(Fields row) throws IOException {
    return new BenchFit(
        row.text("question"),
        row.text("label"),
        numbers("threads", row),
        numbers("threads_beyond_processors", row),
        row.text("unit"),
        row.decimalOrNan("lambda"),
        row.decimalOrNan("sigma"),
        row.decimalOrNan("sigma_error"),
        row.decimalOrNan("kappa"),
        row.decimalOrNan("kappa_error"),
        row.decimalOrNan("peak_threads"),
        row.count("measured_peak_threads"),
        row.text("reason"));
  }
}
