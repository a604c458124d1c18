// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.HdrHistogram.Histogram;

/** A histogram of nanoseconds in five numbers. */
public record Quantiles(long samples, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

  public static Quantiles of(Histogram nanos) {
    return new Quantiles(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getMaxValue());
  }
}
