// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What all CPUs of a storm have counted, in total and since the last tick. Used by one thread. */
final class Totals {
  private static final int PRIORITIES = ReclaimPass.PRIORITY_MAX + 1;

  private final List<CpuMemory> cpus;
  private final Timings timings;
  private final long[] own = new long[Counter.values().length];
  private final long[] countsBefore = new long[own.length];
  private long[][] reclaimBefore = new long[PRIORITIES][CpuMemory.Pass.values().length];
  private TimingInterval interval;
  private int isolatedMost;

  Totals(List<CpuMemory> cpus, Timings timings) {
    this.cpus = cpus;
    this.timings = timings;
    this.interval = timings.sample();
  }

  /** Adds to what the CPUs have counted. */
  void add(Counter counter, long amount) {
    own[counter.ordinal()] += amount;
  }

  /** So many pages are isolated now. */
  void isolated(int pages) {
    isolatedMost = Math.max(isolatedMost, pages);
  }

  private long count(Counter counter) {
    return own[counter.ordinal()]
        + cpus.stream().mapToLong(cpu -> cpu.count(counter)).sum();
  }

  Tally<Counter> counts() {
    return Tally.of(Counter.class, this::count);
  }

  private long[][] reclaimNow() {
    long[][] sums = new long[PRIORITIES][CpuMemory.Pass.values().length];
    for (int priority = 0; priority < PRIORITIES; priority++) {
      for (CpuMemory.Pass what : CpuMemory.Pass.values()) {
        for (CpuMemory cpu : cpus) {
          sums[priority][what.ordinal()] += cpu.reclaim(priority, what);
        }
      }
    }
    return sums;
  }

  /** The reclaim dossier, from priority 12 to 0. */
  List<ReclaimPass> reclaim() {
    return passes(reclaimNow(), new long[PRIORITIES][CpuMemory.Pass.values().length]);
  }

  private static List<ReclaimPass> passes(long[][] now, long[][] before) {
    List<ReclaimPass> passes = new ArrayList<>();
    for (int priority = ReclaimPass.PRIORITY_MAX; priority >= 0; priority--) {
      long[] n = now[priority].clone();
      for (int i = 0; i < n.length; i++) {
        n[i] -= before[priority][i];
      }
      if (Arrays.stream(n).anyMatch(amount -> amount != 0)) {
        passes.add(new ReclaimPass(priority, n[0], n[1], n[2], n[3], n[4], n[5]));
      }
    }
    return passes;
  }

  /** What happened since the tick before. */
  Tick tick(int second, Tally<Place> places) {
    Tally<Counter> counts =
        Tally.of(Counter.class, counter -> count(counter) - countsBefore[counter.ordinal()]);
    for (Counter counter : Counter.values()) {
      countsBefore[counter.ordinal()] = count(counter);
    }
    long[][] now = reclaimNow();
    List<ReclaimPass> passes = passes(now, reclaimBefore);
    reclaimBefore = now;
    interval = timings.sample();
    Map<Timing, Quantiles> times = interval.quantiles();
    int isolated = isolatedMost;
    isolatedMost = 0;
    return new Tick(second, places, isolated, counts, passes, times);
  }

  /** The times of the second that the last tick was about. */
  TimingInterval times() {
    return interval;
  }
}
