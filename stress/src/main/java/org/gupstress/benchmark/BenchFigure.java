// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.gupstress.result.Fields;

/**
 * One figure of a benchmark with so many threads.
 *
 * @param question the class of the benchmark
 * @param sentence the question, which ends with a question mark
 * @param notes what is to be known to read its figures: what a name or a unit means; or empty
 * @param benchmark the method
 * @param params by name
 * @param metric what was measured; empty for the score of the benchmark itself
 * @param unit as in ns/op
 * @param beyondProcessors whether there were more threads than processors
 * @param forks one value of every fork, in the order of the rounds
 * @param score the geometric mean of the forks, or NaN in a file if noise hides it
 * @param error half the 95 % confidence interval of the mean, or NaN if there is none
 * @param failure why there is no value, or empty
 */
public record BenchFigure(
    String question,
    String sentence,
    String notes,
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

  /** What its interval allows to say. */
  public Precision precision() {
    return Precision.of(score, error);
  }

  /** Whether more forks would say more. */
  public boolean isNoisy() {
    return precision() != Precision.CLEAR;
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
    json.writeStringField("notes", notes);
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
    BenchResults.measured("score", score, error, json);
    json.writeArrayFieldStart("forks");
    for (double fork : forks) {
      json.writeNumber(fork);
    }
    json.writeEndArray();
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
        row.text("notes"),
        row.text("benchmark"),
        params,
        row.text("metric"),
        row.text("unit"),
        row.count("threads"),
        row.flag("beyond_processors"),
        new ArrayList<>(row.decimals("forks")),
        row.decimalOrNan("score"),
        row.decimalOrNan("error"),
        row.text("reason"));
  }
}
