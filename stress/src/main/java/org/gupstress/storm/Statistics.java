// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/** What all CPUs of a storm have counted, in total and in the last second. Used by one thread. */
final class Statistics {
  private final List<CpuMemory> cpus;
  private final LatencyRecorder latencies;
  private final long[] own = new long[StormCounter.values().length];
  private final long[] countsBefore = new long[own.length];
  private long[][] reclaimBefore = noReclaim();
  private LatencyInterval interval;
  private int isolatedMost;

  Statistics(List<CpuMemory> cpus, LatencyRecorder latencies) {
    this.cpus = cpus;
    this.latencies = latencies;
    this.interval = latencies.sample();
  }

  /** Adds to what the CPUs have counted. */
  void add(StormCounter counter, long amount) {
    own[counter.ordinal()] += amount;
  }

  /** So many pages are isolated now. */
  void isolated(int pages) {
    isolatedMost = Math.max(isolatedMost, pages);
  }

  private long count(StormCounter counter) {
    return own[counter.ordinal()]
        + cpus.stream().mapToLong(cpu -> cpu.count(counter)).sum();
  }

  Counts<StormCounter> counts() {
    return Counts.of(StormCounter.class, this::count);
  }

  private static long[][] noReclaim() {
    return new long[ReclaimLedger.PRIORITIES][ReclaimLedger.Amount.values().length];
  }

  private long[][] reclaimNow() {
    long[][] sums = noReclaim();
    cpus.forEach(cpu -> cpu.reclaim().addTo(sums));
    return sums;
  }

  /** The reclaim dossier, from priority 12 to 0. */
  List<ReclaimPass> reclaim() {
    return passes(reclaimNow(), noReclaim());
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

  /** What happened since the second before. */
  StormSecond second(int number, Counts<PagePlace> places) {
    Counts<StormCounter> counts =
        Counts.of(StormCounter.class, counter -> count(counter) - countsBefore[counter.ordinal()]);
    for (StormCounter counter : StormCounter.values()) {
      countsBefore[counter.ordinal()] = count(counter);
    }
    long[][] now = reclaimNow();
    List<ReclaimPass> passes = passes(now, reclaimBefore);
    reclaimBefore = now;
    interval = latencies.sample();
    int isolated = isolatedMost;
    isolatedMost = 0;
    return new StormSecond(number, places, isolated, counts, passes, interval.quantiles());
  }

  /** How long things took in the last second. */
  LatencyInterval latencies() {
    return interval;
  }

  /** The table of references. Where a reason has a taker and a dropper, each has a row. */
  List<ReferenceRow> references() {
    List<ReferenceRow> rows = new ArrayList<>();
    for (Ref reason : Ref.values()) {
      for (Site site : Site.values()) {
        long taken =
            cpus.stream().mapToLong(cpu -> cpu.references().taken(reason, site)).sum();
        long dropped = cpus.stream()
            .mapToLong(cpu -> cpu.references().dropped(reason, site))
            .sum();
        if (site != Site.USUAL) {
          rows.add(new ReferenceRow(reason, site.id(), taken, dropped));
        } else if (reason.taker().equals(reason.dropper())) {
          rows.add(new ReferenceRow(reason, reason.taker(), taken, dropped));
        } else {
          rows.add(new ReferenceRow(reason, reason.taker(), taken, 0));
          rows.add(new ReferenceRow(reason, reason.dropper(), 0, dropped));
        }
      }
    }
    rows.removeIf(row -> row.taken() + row.dropped() == 0);
    return rows;
  }
}
