// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.lru.LruList;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/** What all CPUs of a storm have counted, in total and in the last second. Used by one thread. */
final class Statistics {
  private final StormMachine machine;
  private final List<CpuMemory> cpus;
  private final LatencyRecorder latencies;
  private final int unitsPerPin;
  private final long[] own = new long[StormCounter.values().length];
  private final long start = System.nanoTime();
  private Sum before;
  private LatencyInterval interval;
  private int isolatedMost;
  private long stoodNanos;

  /** What was counted until a moment of a clock that stands still with the machine. */
  private static final class Sum {
    final long nanos;
    final Counts<StormCounter> counts;
    final Counts<MachineCounter> machine;
    final long[] reclaim;

    Sum(long nanos, Counts<StormCounter> counts, Counts<MachineCounter> machine, long[] reclaim) {
      this.nanos = nanos;
      this.counts = counts;
      this.machine = machine;
      this.reclaim = reclaim;
    }
  }

  Statistics(
      StormMachine machine, List<CpuMemory> cpus, LatencyRecorder latencies, int unitsPerPin) {
    this.machine = machine;
    this.cpus = cpus;
    this.latencies = latencies;
    this.unitsPerPin = unitsPerPin;
    this.interval = latencies.sample();
    this.before = nothing();
  }

  /** Adds to what the CPUs have counted. */
  void add(StormCounter counter, long amount) {
    own[counter.ordinal()] += amount;
  }

  /** So many pages are isolated now. */
  void isolated(int pages) {
    isolatedMost = Math.max(isolatedMost, pages);
  }

  /** The machine has stood still so long, to be looked at. */
  void stood(long nanos) {
    stoodNanos += nanos;
  }

  private long count(StormCounter counter) {
    return own[counter.ordinal()]
        + cpus.stream().mapToLong(cpu -> cpu.count(counter)).sum();
  }

  Counts<StormCounter> counts() {
    return Counts.of(StormCounter.class, this::count);
  }

  private long count(MachineCounter counter) {
    return switch (counter) {
      case CACHED ->
        taken(Ref.CACHE, Site.ADD_TO_PAGE_CACHE_LRU)
            - dropped(Ref.CACHE, Site.ADD_TO_PAGE_CACHE_LRU);
      case UNCACHED ->
        dropped(Ref.CACHE, Site.REMOVE_MAPPING)
            + dropped(Ref.CACHE, Site.TRUNCATE_INODE_PAGES)
            + dropped(Ref.CACHE, Site.INVALIDATE_MAPPING_PAGES)
            + dropped(Ref.CACHE, Site.INVALIDATE_INODE_PAGES2);
      case UNCACHED_BY_RECLAIM ->
        cpus.stream()
            .mapToLong(cpu -> cpu.reclaim().reclaimed(LruList.INACTIVE_FILE))
            .sum();
      default -> cpus.stream().mapToLong(cpu -> cpu.count(counter)).sum();
    };
  }

  private long taken(Ref reason, Site site) {
    return cpus.stream().mapToLong(cpu -> cpu.references().taken(reason, site)).sum();
  }

  private long dropped(Ref reason, Site site) {
    return cpus.stream()
        .mapToLong(cpu -> cpu.references().dropped(reason, site))
        .sum();
  }

  private Sum now() {
    long[] reclaim = ReclaimLedger.nothing();
    cpus.forEach(cpu -> cpu.reclaim().addTo(reclaim));
    return new Sum(
        System.nanoTime() - stoodNanos,
        counts(),
        Counts.of(MachineCounter.class, this::count),
        reclaim);
  }

  private Sum nothing() {
    return new Sum(
        start,
        Counts.of(StormCounter.class, counter -> 0),
        Counts.of(MachineCounter.class, counter -> 0),
        ReclaimLedger.nothing());
  }

  /** What the machine did from the start to now, as a machine of which there is a trace. */
  Dossier dossier() {
    interval = latencies.sample();
    return dossier(now(), nothing(), latencies.total());
  }

  private Dossier dossier(Sum now, Sum since, Map<Latency, TimeSpread> times) {
    Map<MachineTime, TimeSpread> spreads = new EnumMap<>(MachineTime.class);
    TimeSpread stalls = times.get(Latency.DIRECT_RECLAIM);
    if (stalls != null && stalls.samples() > 0) {
      spreads.put(MachineTime.DIRECT_RECLAIM, stalls);
    }
    return new Dossier(
        (now.nanos - since.nanos) / 1e9,
        machine.loadCpus(),
        machine.processes(),
        now.machine.less(since.machine).amounts(),
        ReclaimLedger.passes(now.reclaim, since.reclaim),
        spreads);
  }

  /** What happened since the second before. */
  StormSecond second(int number, Counts<PagePlace> places) {
    Sum now = now();
    interval = latencies.sample();
    Map<Latency, TimeSpread> times = interval.spreads();
    StormSecond second = new StormSecond(
        number,
        places,
        isolatedMost,
        now.counts.less(before.counts),
        dossier(now, before, times),
        Latency.beside(times));
    before = now;
    isolatedMost = 0;
    return second;
  }

  /** How long things took in the last second. */
  LatencyInterval latencies() {
    return interval;
  }

  /** The table of references. */
  List<ReferenceRow> references() {
    return ReferenceLedger.rows(cpus.stream().map(CpuMemory::references).toList(), unitsPerPin);
  }
}
