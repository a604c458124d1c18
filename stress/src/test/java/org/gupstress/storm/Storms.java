// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.page.Kernel;
import org.gupstress.page.Ref;

/** Made-up storms, for tests of what is done with them. */
public final class Storms {
  public static final StormRecord.Host HOST = new StormRecord.Host(4, false);

  public static final StormSetup SETUP = setup("dio-mapped:3,readtwice:1");

  private Storms() {}

  public static StormSetup setup(String mix) {
    return setup(mix, 65_536);
  }

  public static StormSetup setup(String mix, int pages) {
    return new StormSetup(
        WorkloadMix.parse(mix, Workload::of),
        4,
        pages,
        Duration.ofSeconds(3),
        7,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        true);
  }

  public static PinDesign design(String id) {
    return Designs.all().stream()
        .filter(design -> design.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  public static StormPlan plan(String design) {
    return new StormPlan(design(design), SETUP);
  }

  public static Counts<PagePlace> pages(long strandedPages, long freePages) {
    return Counts.of(PagePlace.class, place -> switch (place) {
      case STRANDED -> strandedPages;
      case FREE -> freePages;
      case INACTIVE_FILE -> 65_536 - strandedPages - freePages;
      default -> 0;
    });
  }

  public static StormSecond second(int number) {
    return new StormSecond(
        number,
        pages(100L * number, 1000),
        40,
        Counts.of(StormCounter.class, counter -> counter == StormCounter.PINS ? 1_234_567 : 3),
        dossier(
            1,
            new ListPass("inactive_file", 12, 4, 128, 64, 32, 16, 0, 9),
            new ListPass("inactive_file", 0, 1, 9, 8, 7, 1, 0, 0)),
        times());
  }

  private static Dossier dossier(double seconds, ListPass... passes) {
    return new Dossier(
        seconds,
        4,
        4,
        Map.of(MachineCounter.ALLOCATION_STALLS, 9L, MachineCounter.REFAULTS, 3L),
        List.of(passes),
        Map.of(MachineTime.DIRECT_RECLAIM, new TimeSpread(9, 900, 80, 200, 210, 220)));
  }

  private static Map<Latency, TimeSpread> times() {
    Map<Latency, TimeSpread> times = new EnumMap<>(Latency.class);
    for (Latency timing : Latency.values()) {
      times.put(
          timing, new TimeSpread(1000, 999_000, 120, 4500, 90_000, 1_000_000 + timing.ordinal()));
    }
    return Latency.beside(times);
  }

  public static StormFinding stranded() {
    return StormFinding.of(
        Harm.STRANDED,
        "page 4711 has 1 reference (page cache), is on no list, in no pagevec and nobody's",
        0.25,
        4711,
        List.of(new CpuOperation(1, "unpin"), new CpuOperation(0, "shrink")),
        new UnionWords(0x2, 0xdead000000000001L),
        new UnionWords(0xffffea0000000008L, 0xffffea0000000008L),
        List.of(
            new PageEvent(1_500, 1, "pin: isolated"),
            new PageEvent(249_000_000, 1, "unpin: not put back")));
  }

  /** What the harms of a storm add up to; everything else is made up. */
  public static StormResult result(HarmCount... harms) {
    return result(StormResult.Ending.PLANNED, harms);
  }

  /** One whose machine the watchdog stopped. */
  public static StormResult stopped(HarmCount... harms) {
    return result(StormResult.Ending.PANIC, harms);
  }

  /** One that came to its end, and in which nothing was reclaimed. */
  public static StormResult idle() {
    StormResult usual = result();
    return new StormResult(
        usual.loadSeconds(),
        usual.ending(),
        usual.inFlight(),
        usual.start(),
        usual.end(),
        usual.unmounted(),
        usual.counts(),
        dossier(3),
        usual.references(),
        usual.fates(),
        usual.times(),
        usual.harms(),
        usual.strandings());
  }

  private static StormResult result(StormResult.Ending ending, HarmCount... harms) {
    boolean isStopped = ending == StormResult.Ending.PANIC;
    return new StormResult(
        3.0,
        ending,
        isStopped
            ? List.of(new CpuOperation(1, "rdma-pin"), new CpuOperation(3, "flush"))
            : List.of(),
        pages(0, 30_000),
        pages(60_000, 1_000),
        isStopped ? null : pages(5, 65_531),
        Counts.of(StormCounter.class, counter -> counter == StormCounter.PINS ? 3_703_701 : 9),
        dossier(
            3,
            new ListPass("inactive_file", 12, 12, 384, 192, 96, 48, 0, 27),
            new ListPass("inactive_file", 0, 3, 27, 24, 21, 3, 0, 0),
            new ListPass("active_file", 12, 1, 32, 30, 0, 1, 29, 5)),
        List.of(
            new ReferenceRow(Ref.CACHE, "add_to_page_cache_lru", 70_000, 0),
            new ReferenceRow(Ref.CACHE, "truncate_inode_pages", 0, 69_995),
            new ReferenceRow(Ref.GUP, "gup_pte_range", 500, 0),
            new ReferenceRow(Ref.GUP, "put_user_page", 0, 500)),
        Counts.of(Fate.class, fate -> fate == Fate.UNMOUNT ? 59_995 : fate == Fate.NEVER ? 5 : 0),
        times(),
        List.of(harms),
        List.of(new Stranding(
            StrandedWay.DRAIN,
            60_000,
            Counts.of(Fate.class, fate -> fate == Fate.UNMOUNT ? 59_995 : 0),
            4711,
            List.of(
                new PageEvent(1_500, 1, "dio-submit: pins it"),
                new PageEvent(9_500, 0, "read: drains the pagevec and passes it over")))));
  }

  public static HarmCount harm(Harm harm, double firstSeconds) {
    return new HarmCount(harm.id(), 60_000, firstSeconds);
  }

  /** Three seconds, one finding, and the harms that the design is known for. */
  public static StormResult fake(StormPlan plan, StormObserver observer) {
    for (int second = 1; second <= 3; second++) {
      observer.second(second(second));
      observer.latencies(new LatencyRecorder(1).sample());
    }
    if (!plan.design().id().equals("rfc-oct")) {
      return result();
    }
    observer.finding(stranded());
    return result(harm(Harm.STRANDED, 0.25));
  }
}
