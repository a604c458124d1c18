// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one result of JMH says about a question.
 *
 * @param metric empty for the main thing
 * @param forks a value of each fork, of which a round has one
 */
record Reading(String metric, String unit, List<Double> forks) {
  /** The share of pins that the design refused. */
  static final String REFUSED = "refused";

  static final Reading NONE = new Reading("", "", List.of());

  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 0.5, "p99", 0.99, "p99.9", 0.999);

  /** With the forks of a later round. */
  Reading and(Reading later) {
    List<Double> both = new ArrayList<>(forks);
    both.addAll(later.forks);
    return new Reading(metric, unit, both);
  }

  /** Most designs refuse nothing, ever. */
  boolean isWorthShowing() {
    return !metric.equals(REFUSED) || forks.stream().anyMatch(share -> share > 0);
  }

  /**
   * All readings of a result.
   *
   * @throws IOException with a sentence if JMH has left something out
   */
  static List<Reading> of(Question question, String method, Crew crew, JmhResult result)
      throws IOException {
    List<Reading> readings = new ArrayList<>();
    switch (question) {
      case PIN_AGAINST_RECLAIM -> {
        addRole(1, crew, "pins", "pins", result, readings);
        addRole(2, crew, "reclaimedPages", "reclaimed pages", result, readings);
      }
      case LRU_LOCK_CONTENTION -> {
        readings.add(main(crew, result.primary()));
        if (crew.threads() > 1) {
          readings.add(fairness(crew.threads(), result));
        }
      }
      case SPINS_AND_TAILS -> {
        if (method.equals("tail")) {
          PERCENTILES.keySet().stream().sorted().forEach(name -> readings.add(tail(name, result)));
        } else {
          readings.add(main(crew, result.primary()));
          readings.add(combined(
              "waiting", "looks/lock", result, "looks", "locks", pair -> pair[0] / pair[1]));
        }
      }
      default -> {
        if (result.secondary().containsKey(REFUSED)) {
          addPins(crew, result, readings);
        } else {
          readings.add(main(crew, result.primary()));
        }
      }
    }
    for (Reading reading : readings) {
      if (reading.forks.isEmpty()) {
        throw new IOException("no fork has measured it");
      }
    }
    return readings;
  }

  private static Reading main(Crew crew, JmhResult.Metric metric) {
    return new Reading(
        "",
        metric.unit(),
        metric.forks().stream()
            .map(iterations -> value(crew, metric.unit(), iterations))
            .toList());
  }

  /** What a fork comes to. */
  private static double value(Crew crew, String unit, List<Double> iterations) {
    boolean isTimeOfOne = crew.threads() == 1 && unit.endsWith("/op");
    return isTimeOfOne ? Estimate.lowerQuartile(iterations) : Estimate.median(iterations);
  }

  private static List<Double> medians(JmhResult.Metric metric) {
    return metric.forks().stream().map(Estimate::median).toList();
  }

  /** The time of all attempts by those that succeeded, and the share of the others. */
  private static void addPins(Crew crew, JmhResult result, List<Reading> readings)
      throws IOException {
    Reading refused =
        combined(REFUSED, "of 1", result, REFUSED, "attempts", pair -> pair[0] / pair[1]);
    List<Double> pins = new ArrayList<>();
    List<Double> attempts = main(crew, result.primary()).forks;
    for (int fork = 0; fork < Math.min(attempts.size(), refused.forks.size()); fork++) {
      if (refused.forks.get(fork) >= 1) {
        throw new IOException("every pin was refused");
      }
      pins.add(attempts.get(fork) / (1 - refused.forks.get(fork)));
    }
    readings.add(new Reading("", result.primary().unit(), pins));
    readings.add(refused);
  }

  private static void addRole(
      int role, Crew crew, String name, String metric, JmhResult result, List<Reading> readings)
      throws IOException {
    if (crew.roles().get(role) > 0) {
      JmhResult.Metric found = secondary(name, result);
      readings.add(new Reading(metric, found.unit(), medians(found)));
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
  private static Reading fairness(int threads, JmhResult result) throws IOException {
    return combined(
        "fairness",
        "of 1",
        result,
        "pairs",
        "pairsSquared",
        pair -> pair[0] * pair[0] / (threads * pair[1]));
  }

  /** Made of two counters of the same iteration; iterations in which nothing was done are none. */
  private static Reading combined(
      String metric,
      String unit,
      JmhResult result,
      String one,
      String other,
      ToDoubleFunction<double[]> combination)
      throws IOException {
    List<List<Double>> ones = secondary(one, result).forks();
    List<List<Double>> others = secondary(other, result).forks();
    List<Double> forks = new ArrayList<>();
    for (int fork = 0; fork < Math.min(ones.size(), others.size()); fork++) {
      List<Double> iterations = new ArrayList<>();
      for (int i = 0; i < Math.min(ones.get(fork).size(), others.get(fork).size()); i++) {
        double value = combination.applyAsDouble(
            new double[] {ones.get(fork).get(i), others.get(fork).get(i)});
        iterations.add(Double.isFinite(value) ? value : 0);
      }
      if (!iterations.isEmpty()) {
        forks.add(Estimate.median(iterations));
      }
    }
    return new Reading(metric, unit, forks);
  }

  private static Reading tail(String name, JmhResult result) {
    double share = PERCENTILES.getOrDefault(name, 0.5);
    return new Reading(
        name,
        result.primary().unit(),
        result.primary().histograms().stream()
            .map(samples -> Estimate.percentile(samples, share))
            .toList());
  }
}
