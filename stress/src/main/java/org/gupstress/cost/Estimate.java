// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A mean over forks, and half its 95 % confidence interval: forks are what is independent of each
 * other, iterations of one fork are not.
 *
 * @param error NaN for a single fork
 */
record Estimate(double mean, double error) {
  private static final double ONE_SIDE = 0.975;

  static Estimate of(List<Double> forks) {
    int n = forks.size();
    double mean = forks.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (n < 2) {
      return new Estimate(mean, Double.NaN);
    }
    double squares =
        forks.stream().mapToDouble(fork -> (fork - mean) * (fork - mean)).sum();
    double quantile = new TDistribution(n - 1).inverseCumulativeProbability(ONE_SIDE);
    return new Estimate(mean, quantile * Math.sqrt(squares / (n - 1) / n));
  }

  /**
   * The middle of the values: an iteration in which the machine did something else is no matter.
   */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
