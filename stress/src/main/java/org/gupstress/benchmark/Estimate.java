// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The mean of forks with half its 95 % confidence interval, by Student's t. Forks are independent
 * of each other; the iterations of one fork are not.
 *
 * <p>Times and rates are positive, and disturbances multiply them. So the logarithms are estimated:
 * the mean is geometric, the interval reaches from {@code mean / f} to {@code mean * f}, and the
 * error is its longer half.
 *
 * @param error NaN for a single fork
 */
record Estimate(double mean, double error) {
  private static final double ONE_SIDE = 0.975;
  private static final double LOWER = 0.25;

  /** The estimate from the logarithms, or from the values if one of them has none. */
  static Estimate of(List<Double> forks) {
    if (!forks.stream().allMatch(fork -> fork > 0)) {
      return linear(forks);
    }
    Estimate logs = linear(forks.stream().map(Math::log).toList());
    double mean = Math.exp(logs.mean);
    return new Estimate(mean, mean * Math.expm1(logs.error));
  }

  /** The ratio of two figures, round by round: a disturbance of a whole round cancels out. */
  static Estimate ratio(List<Double> one, List<Double> other) {
    return of(paired(one, other, (a, b) -> a / b));
  }

  /** The difference of two figures, round by round. */
  static Estimate difference(List<Double> one, List<Double> other) {
    return linear(paired(one, other, (a, b) -> a - b));
  }

  /** Pairs the forks of each round. One of the figures may have more rounds. */
  private static List<Double> paired(
      List<Double> one, List<Double> other, DoubleBinaryOperator operator) {
    List<Double> pairs = new ArrayList<>();
    for (int round = 0; round < Math.min(one.size(), other.size()); round++) {
      pairs.add(operator.applyAsDouble(one.get(round), other.get(round)));
    }
    return pairs;
  }

  private static Estimate linear(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (n < 2) {
      return new Estimate(mean, Double.NaN);
    }
    double squares =
        values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    double quantile = new TDistribution(n - 1).inverseCumulativeProbability(ONE_SIDE);
    return new Estimate(mean, quantile * Math.sqrt(squares / (n - 1) / n));
  }

  /** The median. A single iteration in which the machine was disturbed does not change it. */
  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /**
   * The lower quartile. It is for the times of one thread: disturbances can only add to them, so it
   * is right even if half of the iterations were disturbed. Threads that contend slow each other
   * down, which is what is measured: their figure is the median.
   */
  static double lowerQuartile(List<Double> values) {
    return quantile(values, LOWER);
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The value that this share of the samples does not exceed. */
  static double percentile(List<double[]> samples, double share) {
    List<double[]> sorted =
        samples.stream().sorted((a, b) -> Double.compare(a[0], b[0])).toList();
    double all = sorted.stream().mapToDouble(sample -> sample[1]).sum();
    double seen = 0;
    for (double[] sample : sorted) {
      seen += sample[1];
      if (seen >= share * all) {
        return sample[0];
      }
    }
    return Double.NaN;
  }
}
