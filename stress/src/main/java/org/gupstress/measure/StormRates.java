// SPDX-License-Identifier: Apache-2.0
package org.gupstress.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.Instrument;
import org.gupstress.storm.LoneCpu;
import org.gupstress.storm.Perturbation;
import org.gupstress.storm.Storm;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.WorkloadMix;

/**
 * What the machine of a storm can do on one core, and what watching it costs: {@code java -cp
 * gupstress.jar org.gupstress.measure.StormRates [design] [pages]}.
 *
 * <p>Each figure is the median of several rounds in one process; rounds with and without ledger and
 * checks take turns, so that both see the same machine.
 */
public final class StormRates {
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 5;
  private static final int SEEDS = 5;
  private static final int PASSES = 64;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
  private static final long ROUND_NANOS = 200_000_000;

  private StormRates() {}

  /** Prints the figures. */
  public static void main(String[] args) throws InterruptedException {
    String id = args.length > 0 ? args[0] : "foll-pin";
    int pages = args.length > 1 ? Integer.parseInt(args[1]) : 1 << 16;
    PinDesign design = Designs.all().stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no design " + id));
    LoneCpu with = new LoneCpu(design, pages, EnumSet.complementOf(EnumSet.of(Instrument.EVENTS)));
    LoneCpu without = new LoneCpu(design, pages, EnumSet.noneOf(Instrument.class));
    double[] pairs = compare(with::pinAndUnpin, without::pinAndUnpin);
    System.out.printf(
        Locale.ROOT,
        "%s, %,d pages, one core, medians of %d rounds%n"
            + "gup_fast + unpin             %6.1f M pairs/s   without ledger and checks %6.1f"
            + "   they cost %.0f %%%n",
        id,
        pages,
        ROUNDS,
        pairs[0] / 1e6,
        pairs[1] / 1e6,
        100 * (pairs[1] / pairs[0] - 1));
    double[] scans = compare(() -> with.scan(PASSES), () -> without.scan(PASSES));
    System.out.printf(
        Locale.ROOT,
        "reclaim scans (kept pages)   %6.1f M pages/s   without ledger and checks %6.1f"
            + "   they cost %.0f %%%n",
        scans[0] / 1e6,
        scans[1] / 1e6,
        100 * (scans[1] / scans[0] - 1));
    System.out.printf(
        Locale.ROOT,
        "memory                       %6.1f bytes a page beyond its 64 (of the design: %d), 20 for each"
            + " page of a file, 8 for each of anonymous memory%n",
        with.overheadPerPage(),
        design.bytesOutsidePage());
    for (PinDesign posting : Designs.all()) {
      if (posting.isNegativeControl()) {
        System.out.printf(
            Locale.ROOT,
            "first finding in %-11s %6.2f s after the start of the load, median of %d seeds%n",
            posting.id(),
            firstFindingSeconds(posting),
            SEEDS);
      }
    }
  }

  /** The median over some seeds of when a storm first finds a posting out, in seconds. */
  private static double firstFindingSeconds(PinDesign design) throws InterruptedException {
    double[] seconds = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      StormSetup setup = new StormSetup(
          WorkloadMix.USUAL,
          2,
          1 << 16,
          LONG_ENOUGH,
          seed + 1,
          Kernel.PRODUCTION,
          Perturbation.NONE,
          false);
      seconds[seed] = new Storm()
          .run(new StormPlan(design, setup), finding -> {}).harms().stream()
              .mapToDouble(HarmCount::firstSeconds)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
    }
    return median(seconds);
  }

  /** Operations a second of both, in turns; medians. */
  private static double[] compare(LongSupplier one, LongSupplier other) {
    double[][] rates = new double[2][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double first = rate(one);
      double second = rate(other);
      if (round >= 0) {
        rates[0][round] = first;
        rates[1][round] = second;
      }
    }
    return Arrays.stream(rates).mapToDouble(StormRates::median).toArray();
  }

  private static double rate(LongSupplier work) {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      done += work.getAsLong();
    }
    return done * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
