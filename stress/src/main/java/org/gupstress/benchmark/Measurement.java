// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One quantity that a result of JMH tells about a question.
 *
 * @param metric what was measured; empty for the score of the benchmark itself
 * @param forks one value of each fork, in the order of the rounds
 */
record Measurement(String metric, String unit, List<Double> forks) {
  /** The share of pins that the design refused. */
  static final String REFUSED = "refused";

  static final Measurement NONE = new Measurement("", "", List.of());

  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 0.5, "p99", 0.99, "p99.9", 0.999);

  /** The forks of this one and of a later round. */
  Measurement and(Measurement later) {
    List<Double> both = new ArrayList<>(forks);
    both.addAll(later.forks);
    return new Measurement(metric, unit, both);
  }

  /** Whether it is shown: most designs never refuse a pin. */
  boolean isWorthShowing() {
    return !metric.equals(REFUSED) || forks.stream().anyMatch(share -> share > 0);
  }

  /**
   * All measurements of a result.
   *
   * @throws IOException with a sentence if JMH has left something out
   */
  static List<Measurement> of(
      Question question, String method, BenchThreads threads, JmhResult result) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    switch (question) {
      case PIN_AGAINST_RECLAIM -> {
        addRole(1, threads, "pins", "pins", result, measurements);
        addRole(2, threads, "reclaimedPages", "reclaimed pages", result, measurements);
      }
      case LRU_LOCK_CONTENTION -> {
        measurements.add(main(threads, result.primary()));
        if (threads.count() > 1) {
          measurements.add(fairness(threads.count(), result));
        }
      }
      case SPINS_AND_TAILS -> {
        if (method.equals("tail")) {
          PERCENTILES.keySet().stream()
              .sorted()
              .forEach(name -> measurements.add(tail(name, result)));
        } else {
          measurements.add(main(threads, result.primary()));
          measurements.add(combined(
              "waiting", "looks/lock", result, "looks", "locks", pair -> pair[0] / pair[1]));
        }
      }
      default -> {
        if (result.secondary().containsKey(REFUSED)) {
          addPins(threads, result, measurements);
        } else {
          measurements.add(main(threads, result.primary()));
        }
      }
    }
    for (Measurement measurement : measurements) {
      if (measurement.forks.isEmpty()) {
        throw new IOException("no fork has measured it");
      }
    }
    return measurements;
  }

  private static Measurement main(BenchThreads threads, JmhResult.Metric metric) {
    return new Measurement(
        "",
        metric.unit(),
        metric.forks().stream()
            .map(iterations -> value(threads, metric.unit(), iterations))
            .toList());
  }

  /** The value of a fork. */
  private static double value(BenchThreads threads, String unit, List<Double> iterations) {
    boolean isTimeOfOne = threads.count() == 1 && unit.endsWith("/op");
    return isTimeOfOne ? Estimate.lowerQuartile(iterations) : Estimate.median(iterations);
  }

  private static List<Double> medians(JmhResult.Metric metric) {
    return metric.forks().stream().map(Estimate::median).toList();
  }

  /** The time of all attempts by those that succeeded, and the share of the others. */
  private static void addPins(
      BenchThreads threads, JmhResult result, List<Measurement> measurements) throws IOException {
    Measurement refused =
        combined(REFUSED, "of 1", result, REFUSED, "attempts", pair -> pair[0] / pair[1]);
    List<Double> pins = new ArrayList<>();
    List<Double> attempts = main(threads, result.primary()).forks;
    for (int fork = 0; fork < Math.min(attempts.size(), refused.forks.size()); fork++) {
      if (refused.forks.get(fork) >= 1) {
        throw new IOException("every pin was refused");
      }
      pins.add(attempts.get(fork) / (1 - refused.forks.get(fork)));
    }
    measurements.add(new Measurement("", result.primary().unit(), pins));
    measurements.add(refused);
  }

  private static void addRole(
      int role,
      BenchThreads threads,
      String name,
      String metric,
      JmhResult result,
      List<Measurement> measurements)
      throws IOException {
    if (threads.roles().get(role) > 0) {
      JmhResult.Metric found = secondary(name, result);
      measurements.add(new Measurement(metric, found.unit(), medians(found)));
    }
  }

  private static JmhResult.Metric secondary(String name, JmhResult result) throws IOException {
    JmhResult.Metric metric = result.secondary().get(name);
    if (metric == null) {
      throw new IOException("expected the counter " + name + ", found none");
    }
    return metric;
  }

  /** Jain's index of the threads' shares. */
  private static Measurement fairness(int threads, JmhResult result) throws IOException {
    return combined(
        "fairness",
        "of 1",
        result,
        "pairs",
        "pairsSquared",
        pair -> pair[0] * pair[0] / (threads * pair[1]));
  }

  /** Made of two counters of the same iteration; iterations without work count as 0. */
  private static Measurement combined(
      String metric,
      String unit,
      JmhResult result,
      String one,
      String other,
      ToDoubleFunction<double[]> configuration)
      throws IOException {
    List<List<Double>> ones = secondary(one, result).forks();
    List<List<Double>> others = secondary(other, result).forks();
    List<Double> forks = new ArrayList<>();
    for (int fork = 0; fork < Math.min(ones.size(), others.size()); fork++) {
      List<Double> iterations = new ArrayList<>();
      for (int i = 0; i < Math.min(ones.get(fork).size(), others.get(fork).size()); i++) {
        double value = configuration.applyAsDouble(
            new double[] {ones.get(fork).get(i), others.get(fork).get(i)});
        iterations.add(Double.isFinite(value) ? value : 0);
      }
      if (!iterations.isEmpty()) {
        forks.add(Estimate.median(iterations));
      }
    }
    return new Measurement(metric, unit, forks);
  }

  private static Measurement tail(String name, JmhResult result) {
    double share = PERCENTILES.getOrDefault(name, 0.5);
    return new Measurement(
        name,
        result.primary().unit(),
        result.primary().histograms().stream()
            .map(samples -> Estimate.percentile(samples, share))
            .toList());
  }
}
