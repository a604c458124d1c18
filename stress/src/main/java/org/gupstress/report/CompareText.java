// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gupstress.claim.Harm;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.explore.Tool;
import org.gupstress.storm.Counts;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.Latency;
import org.gupstress.storm.PagePlace;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormExpectations;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;

/** Storms of several designs beside each other. */
public final class CompareText {
  private static final String CUT = "cut off";
  private static final double EXHAUSTED = 0.05;

  private final List<StormRecord> stories;
  private final Table table;

  private CompareText(List<StormRecord> stories) {
    this.stories = stories;
    List<String> heading = new ArrayList<>(List.of(""));
    stories.forEach(story -> heading.add(story.design()));
    this.table = new Table(heading).numbersFrom(1);
  }

  /** Prints one table; all were set up the same. */
  public static void print(List<StormRecord> stories, Sheet sheet) {
    sheet.text(
        Ink.BOLD,
        "",
        Tool.NAME + " " + Tool.VERSION + " storm, "
            + stories.get(0).setup().kernel().id() + " kernel");
    sheet.text(StormText.setup(stories.get(0).setup()));
    sheet.text(StormText.workingSet(stories.get(0).setup()));
    sheet.blank();
    CompareText text = new CompareText(stories);
    text.rows();
    text.table.print(sheet);
    sheet.blank();
    for (StormRecord story : stories) {
      StormResult result = story.result();
      if (result != null) {
        StormText.judgements(story, result).forEach(line -> sheet.text(Ink.RED, "", line));
      }
    }
    Foot.printSampled(sheet);
  }

  private void rows() {
    course("warm-up s", story -> count(Math.round(story.throughput().warmupSeconds())));
    course(
        "warm-up pins/s",
        story -> StormText.perSecond(story.throughput().coldRate(CompareText::pins)));
    course("pins/s", story -> StormText.perSecond(story.throughput().rate(CompareText::pins)));
    course(
        "reclaimed pages/s",
        story -> StormText.perSecond(story.throughput().rate(StormSecond::reclaimedPages)));
    course(
        "reclaimed, worst second",
        story -> count(story.throughput().least(StormSecond::reclaimedPages)));
    row("reclaimed / scanned", result -> ratio(result.dossier().ratio(Dossier.Ratio.RECLAIMED)));
    row("reclaimable at start", result -> share(result.start()));
    course("reclaimable < 5% from", CompareText::exhausted);
    row("reclaimable at end", result -> share(result.end()));
    row(
        "reclaimable unmounted",
        result -> result.unmounted() == null ? "-" : share(result.unmounted()));
    row("stranded pages", result -> count(result.end().get(PagePlace.STRANDED)));
    row(
        "pages never freed",
        result -> result.unmounted() == null ? "-" : count(result.leakedPages()));
    row("kinds of harm", result -> count(result.harms().size()));
    row("corruptions", CompareText::corruptions);
    row("first corruption at", CompareText::firstCorruption);
    row("lost writes", result -> count(times(result, Harm.LOST_WRITE)));
    row("false positives", result -> count(result.counts().get(StormCounter.FALSE_POSITIVES)));
    row("pins refused", result -> count(result.counts().get(StormCounter.PINS_REFUSED)));
    machine("allocation stalls", MachineCounter.ALLOCATION_STALLS);
    row(
        "stall p99 ns",
        result -> quantile(
            result.dossier().times().get(MachineTime.DIRECT_RECLAIM), TimeSpread::p99Nanos));
    machine("refaults", MachineCounter.REFAULTS);
    machine("workingset activations", MachineCounter.WORKINGSET_ACTIVATIONS);
    time("lru_lock wait p99 ns", Latency.LRU_LOCK_WAIT, TimeSpread::p99Nanos);
    time("lru_lock hold p99 ns", Latency.LRU_LOCK_HOLD, TimeSpread::p99Nanos);
    time("gup_lock wait p99 ns", Latency.GUP_LOCK_WAIT, TimeSpread::p99Nanos);
    time("pin p50 ns", Latency.PIN, TimeSpread::p50Nanos);
    time("pin p99 ns", Latency.PIN, TimeSpread::p99Nanos);
  }

  private void row(String name, Function<StormResult, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    for (StormRecord story : stories) {
      row.add(story.result() == null ? CUT : cell.apply(story.result()));
    }
    table.add(row.toArray(String[]::new));
  }

  /** What the seconds of a storm say, also if it was cut off. */
  private void course(String name, Function<StormRecord, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    for (StormRecord story : stories) {
      row.add(story.result() == null && story.seconds().isEmpty() ? CUT : cell.apply(story));
    }
    table.add(row.toArray(String[]::new));
  }

  private void machine(String name, MachineCounter counter) {
    row(name, result -> count(result.dossier().count(counter)));
  }

  private void time(String name, Latency timing, Function<TimeSpread, Long> quantile) {
    row(name, result -> quantile(result.times().get(timing), quantile));
  }

  private static String quantile(@Nullable TimeSpread times, Function<TimeSpread, Long> quantile) {
    return times == null || times.samples() == 0 ? "-" : count(quantile.apply(times));
  }

  private static String ratio(double ratio) {
    return Double.isFinite(ratio) ? Numbers.significant(ratio) : "-";
  }

  private static long pins(StormSecond second) {
    return second.counts().get(StormCounter.PINS);
  }

  /** From which second on hardly anything of memory could be reclaimed any more. */
  private static String exhausted(StormRecord story) {
    int from = story.seconds().size();
    while (from > 0
        && PagePlace.reclaimableShare(story.seconds().get(from - 1).pages()) < EXHAUSTED) {
      from--;
    }
    return from == story.seconds().size() ? "-" : story.seconds().get(from).number() + "s";
  }

  private static String count(long number) {
    return Numbers.count(number);
  }

  private static String share(Counts<PagePlace> pages) {
    return Numbers.share(PagePlace.reclaimableShare(pages)).replace(" %", "%");
  }

  private static String corruptions(StormResult result) {
    return count(result.harms().stream()
        .filter(harm -> StormExpectations.isCorruption(harm.harm()))
        .mapToLong(HarmCount::times)
        .sum());
  }

  private static long times(StormResult result, Harm harm) {
    return result.harms().stream()
        .filter(count -> count.harm().equals(harm.id()))
        .mapToLong(HarmCount::times)
        .sum();
  }

  private static String firstCorruption(StormResult result) {
    return result.harms().stream()
        .filter(harm -> StormExpectations.isCorruption(harm.harm()))
        .mapToDouble(HarmCount::firstSeconds)
        .min()
        .stream()
        .mapToObj(seconds -> Numbers.seconds(seconds).replace(" ", ""))
        .findFirst()
        .orElse("-");
  }
}
