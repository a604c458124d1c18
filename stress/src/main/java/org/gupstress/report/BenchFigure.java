// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One figure of a benchmark with so many threads.
 *
 * @param question the class of the benchmark
 * @param sentence what the question is
 * @param benchmark the method
 * @param params by name
 * @param metric what was measured beside the main thing, or empty
 * @param unit as in ns/op
 * @param beyondProcessors whether threads had to take turns
 * @param forks one value of every fork, in the order of the rounds
 * @param score their geometric mean
 * @param error half the 95 % confidence interval of the mean, or NaN if there is none
 * @param failure why there is no value, or empty
 */
public record BenchFigure(
    String question,
    String sentence,
    String benchmark,
    Map<String, String> params,
    String metric,
    String unit,
    int threads,
    boolean beyondProcessors,
    List<Double> forks,
    double score,
    double error,
    String failure) {
  static final String ROW = "figure";

  /** A relative error from which on a figure is noise. */
  private static final double NOISY = 0.10;

  public BenchFigure {
    params = new LinkedHashMap<>(params);
    forks = List.copyOf(forks);
  }

  public boolean hasFailed() {
    return !failure.isEmpty();
  }

  public double relativeError() {
    return error == 0 ? 0 : error / Math.abs(score);
  }

  /** Whether the error is too large for the figure to be shown bare, or not known. */
  public boolean isNoisy() {
    return !(relativeError() <= NOISY);
  }

  public String design() {
    return params.getOrDefault("design", "");
  }

  /** What is the same for all numbers of threads. */
  public String label() {
    StringJoiner label = new StringJoiner(" ");
    label.add(benchmark);
    params.values().forEach(label::add);
    if (!metric.isEmpty()) {
      label.add(metric);
    }
    return label.toString();
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("design", design());
    json.writeStringField("sentence", sentence);
    json.writeStringField("benchmark", benchmark);
    json.writeObjectFieldStart("params");
    for (Map.Entry<String, String> param : params.entrySet()) {
      json.writeStringField(param.getKey(), param.getValue());
    }
    json.writeEndObject();
    json.writeStringField("metric", metric);
    json.writeStringField("unit", unit);
    json.writeNumberField("threads", threads);
    json.writeBooleanField("beyond_processors", beyondProcessors);
    json.writeStringField("verdict", hasFailed() ? "failed" : "measured");
    json.writeStringField("reason", failure);
    BenchResults.decimal("score", score, json);
    BenchResults.decimal("error", error, json);
    BenchResults.decimal("relative_error", relativeError(), json);
    json.writeBooleanField("noisy", isNoisy());
    json.writeArrayFieldStart("forks");
    for (double fork : forks) {
      json.writeNumber(fork);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static BenchFigure read(Fields row) throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    Fields written = row.fields("params");
    for (String name : written.values().keySet()) {
      params.put(name, written.text(name));
    }
    return new BenchFigure(
        row.text("question"),
        row.text("sentence"),
        row.text("benchmark"),
        params,
        row.text("metric"),
        row.text("unit"),
        (int) row.number("threads"),
        row.flag("beyond_processors"),
        new ArrayList<>(row.decimals("forks")),
        row.decimalOrNan("score"),
        row.decimalOrNan("error"),
        row.text("reason"));
  }
}
