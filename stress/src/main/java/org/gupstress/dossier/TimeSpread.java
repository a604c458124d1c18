// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

import org.HdrHistogram.Histogram;

/** How long something took, in nanoseconds; {@code totalNanos} of all samples together. */
public record TimeSpread(
    long samples, long totalNanos, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

  /** A histogram of nanoseconds in six numbers; the total is as exact as the histogram. */
  public static TimeSpread of(Histogram nanos) {
    return of(nanos, Math.round(nanos.getMean() * nanos.getTotalCount()));
  }

  /** A histogram of nanoseconds whose total is known. */
  public static TimeSpread of(Histogram nanos, long totalNanos) {
    return new TimeSpread(
        nanos.getTotalCount(),
        totalNanos,
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getMaxValue());
  }
}
