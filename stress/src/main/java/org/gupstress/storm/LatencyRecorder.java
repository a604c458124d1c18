// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.gupstress.dossier.TimeSpread;

/**
 * Records how long things take on all CPUs. Each CPU writes to recorders of its own, so that CPUs
 * do not meet here; one sampler adds them up.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time records for a CPU.
 *   <li>One thread at a time samples.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>A time is in exactly one sample.
 *   <li>Recording never waits for the sampler.
 *   <li>Times are kept to two digits; more than an hour counts as an hour.
 * </ol>
 */
public final class LatencyRecorder {
  private static final long NANOS_MAX = 3_600_000_000_000L;
  private static final int DIGITS = 2;

  private final SingleWriterRecorder[][] recorders;
  private final Histogram[] totals = new Histogram[Latency.values().length];
  private long startMillis = System.currentTimeMillis();

  public LatencyRecorder(int cpus) {
    recorders = new SingleWriterRecorder[cpus][totals.length];
    for (SingleWriterRecorder[] own : recorders) {
      for (int timing = 0; timing < own.length; timing++) {
        own[timing] = new SingleWriterRecorder(NANOS_MAX, DIGITS);
      }
    }
    for (int timing = 0; timing < totals.length; timing++) {
      totals[timing] = new Histogram(NANOS_MAX, DIGITS);
    }
  }

  public void record(int cpu, Latency timing, long nanos) {
    record(cpu, timing, nanos, 1);
  }

  /** So many took as long as this. */
  public void record(int cpu, Latency timing, long nanos, long times) {
    recorders[cpu][timing.ordinal()].recordValueWithCount(
        Math.max(0, Math.min(nanos, NANOS_MAX)), times);
  }

  /** What was recorded since the last sample. */
  public LatencyInterval sample() {
    Map<Latency, Histogram> sums = new EnumMap<>(Latency.class);
    for (Latency timing : Latency.values()) {
      Histogram sum = new Histogram(NANOS_MAX, DIGITS);
      for (SingleWriterRecorder[] own : recorders) {
        sum.add(own[timing.ordinal()].getIntervalHistogram());
      }
      totals[timing.ordinal()].add(sum);
      sums.put(timing, sum);
    }
    long endMillis = System.currentTimeMillis();
    LatencyInterval interval = new LatencyInterval(startMillis, endMillis, sums);
    startMillis = endMillis;
    return interval;
  }

  /** Over all samples. */
  public Map<Latency, TimeSpread> total() {
    Map<Latency, TimeSpread> spreads = new EnumMap<>(Latency.class);
    for (Latency timing : Latency.values()) {
      spreads.put(timing, TimeSpread.of(totals[timing.ordinal()]));
    }
    return spreads;
  }
}
