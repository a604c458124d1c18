// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.result.Fields;
import org.gupstress.result.JsonTree;

/**
 * One result of JMH's JSON.
 *
 * @param benchmark the method with its class
 * @param secondary counters, and the parts of groups, by name
 */
record JmhResult(
    String benchmark,
    Map<String, String> params,
    int threads,
    Metric primary,
    Map<String, Metric> secondary) {

  /**
   * One of its metrics.
   *
   * @param forks for each fork its iterations
   * @param histograms for each fork its samples, values with counts; empty unless it was sampled
   */
  record Metric(String unit, List<List<Double>> forks, List<List<double[]>> histograms) {}

  /** What was measured. */
  Configuration configuration() {
    return new Configuration(benchmark.substring(benchmark.lastIndexOf('.') + 1), params);
  }

  /**
   * Reads all results.
   *
   * @throws IOException with a sentence if they are not what JMH writes
   */
  static List<JmhResult> read(Path file) throws IOException {
    List<JmhResult> results = new ArrayList<>();
    for (Fields result : JsonTree.objects(file)) {
      results.add(result(result));
    }
    return results;
  }

  private static JmhResult result(Fields result) throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    if (result.has("params")) {
      Fields written = result.fields("params");
      for (String name : written.values().keySet()) {
        params.put(name, written.text(name));
      }
    }
    Map<String, Metric> secondary = new LinkedHashMap<>();
    Fields written = result.fields("secondaryMetrics");
    for (String name : written.values().keySet()) {
      secondary.put(name, metric(written.fields(name)));
    }
    return new JmhResult(
        result.text("benchmark"),
        params,
        result.count("threads"),
        metric(result.fields("primaryMetric")),
        secondary);
  }

  private static Metric metric(Fields metric) throws IOException {
    List<List<Double>> forks = new ArrayList<>();
    if (metric.has("rawData")) {
      for (List<?> fork : metric.lists("rawData")) {
        forks.add(iterations(fork));
      }
    }
    List<List<double[]>> histograms = new ArrayList<>();
    if (metric.has("rawDataHistogram")) {
      for (List<?> fork : metric.lists("rawDataHistogram")) {
        histograms.add(samples(fork));
      }
    }
    return new Metric(metric.text("scoreUnit"), forks, histograms);
  }

  private static List<Double> iterations(List<?> fork) throws IOException {
    List<Double> iterations = numbers(fork);
    if (iterations.isEmpty()) {
      throw new IOException("expected iterations in rawData, found none");
    }
    return iterations;
  }

  private static List<Double> numbers(List<?> values) throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof Number number)) {
        throw new IOException("expected a number in rawData, found " + value);
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /** Of all iterations of a fork together. */
  private static List<double[]> samples(List<?> fork) throws IOException {
    List<double[]> samples = new ArrayList<>();
    for (Object iteration : fork) {
      if (!(iteration instanceof List<?> buckets)) {
        throw new IOException("expected an array in rawDataHistogram, found " + iteration);
      }
      for (Object bucket : buckets) {
        List<Double> pair = bucket instanceof List<?> list ? numbers(list) : List.of();
        if (pair.size() != 2) {
          throw new IOException("expected a value and a count, found " + bucket);
        }
        samples.add(new double[] {pair.get(0), pair.get(1)});
      }
    }
    return samples;
  }
}
