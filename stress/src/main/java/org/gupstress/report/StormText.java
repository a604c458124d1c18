// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.explore.Tool;
import org.gupstress.storm.Counts;
import org.gupstress.storm.Fate;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.Latency;
import org.gupstress.storm.PageEvent;
import org.gupstress.storm.PagePlace;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormExpectations;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.StrandedWay;
import org.gupstress.storm.Stranding;
import org.gupstress.storm.Throughput;
import org.gupstress.storm.WorkingSet;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** One design's storm: what it found, what it measured, where the references went. */
public final class StormText {
  private static final int INDENT = 4;
  private static final int SECONDS_SHOWN = 10;

  private final StormRecord story;
  private final Sheet sheet;

  private StormText(StormRecord story, Sheet sheet) {
    this.story = story;
    this.sheet = sheet;
  }

  /**
   * Prints all of it.
   *
   * @param full with all events of the pages that findings are about
   */
  public static void print(StormRecord story, boolean full, Sheet sheet) {
    StormText text = new StormText(story, sheet);
    text.head();
    new StormFindingText(story, full, sheet).print();
    text.seconds();
    StormResult result = story.result();
    if (result == null) {
      sheet.blank();
      sheet.text(
          Ink.YELLOW,
          "",
          "Cut off after " + Numbers.of(story.seconds().size(), "second")
              + ": there are no totals, and nobody knows what unmount would have freed.");
      return;
    }
    text.pages(result);
    text.counts(result);
    DossierText.print(result.dossier(), sheet);
    ReferencesText.print(result, sheet);
    text.fates(result);
    text.times(result.times());
    text.judgement(result);
  }

  /** What a number in a table is called. */
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void head() {
    StormSetup setup = story.setup();
    sheet.text(
        Ink.BOLD,
        "",
        Tool.NAME + " " + Tool.VERSION + " storm of " + story.design() + ", "
            + setup.kernel().id() + " kernel");
    sheet.text(setup(setup));
    sheet.text(workingSet(setup));
  }

  /** How it was run. */
  static String setup(StormSetup setup) {
    return Numbers.of(setup.cpus(), "CPU")
        + ", "
        + Numbers.of(setup.pages(), "page")
        + ", "
        + Numbers.seconds(setup.duration().toMillis() / 1e3)
        + ", seed "
        + setup.seed()
        + switch (setup.perturbation()) {
          case NONE -> "";
          case STARVE -> ", CPUs starved now and then";
          case TREMBLE -> ", CPUs trembling";
        }
        + "; "
        + setup.mix().toString().replace(",", " ");
  }

  /** What the load wants of memory. */
  static String workingSet(StormSetup setup) {
    WorkingSet load = setup.workingSet();
    return "The working set is " + Numbers.significant(load.pressure(setup.pages()))
        + " times the memory: "
        + (load.processes() == 1
            ? "a process with"
            : Numbers.count(load.processes()) + " processes, each with")
        + " a file of " + Numbers.of(load.filePages(), "page")
        + (load.anonymousPages() == 0
            ? ""
            : " and " + Numbers.of(load.anonymousPages(), "page") + " of anonymous memory")
        + ".";
  }

  /** The course of it, in at most so many lines. */
  private void seconds() {
    List<StormSecond> seconds = story.seconds();
    if (seconds.isEmpty()) {
      return;
    }
    sheet.blank();
    Table table = new Table(
            "second",
            "pins",
            "reclaimed",
            "stalls",
            "isolated",
            "stranded",
            "pinned",
            "free",
            "reclaimable")
        .numbersFrom(0);
    int step = (seconds.size() + SECONDS_SHOWN - 1) / SECONDS_SHOWN;
    for (int i = step - 1; i < seconds.size(); i += step) {
      row(seconds.get(i), table);
    }
    if (seconds.size() % step != 0) {
      row(seconds.get(seconds.size() - 1), table);
    }
    table.print(sheet);
  }

  private static void row(StormSecond second, Table table) {
    table.add(
        Integer.toString(second.number()),
        Numbers.count(second.counts().get(StormCounter.PINS)),
        Numbers.count(second.reclaimedPages()),
        Numbers.count(second.dossier().count(MachineCounter.ALLOCATION_STALLS)),
        Numbers.count(second.isolatedPages()),
        Numbers.count(second.pages().get(PagePlace.STRANDED)),
        Numbers.count(second.pages().get(PagePlace.PINNED)),
        Numbers.count(second.pages().get(PagePlace.FREE)),
        Numbers.share(PagePlace.reclaimableShare(second.pages())));
  }

  private void pages(StormResult result) {
    sheet.blank();
    List<String> heading = new ArrayList<>(List.of("pages", "at start"));
    List<Counts<PagePlace>> moments = new ArrayList<>(List.of(result.start(), result.end()));
    if (result.unmounted() == null) {
      heading.add("last seen");
    } else {
      heading.addAll(List.of("at end", "unmounted"));
      moments.add(result.unmounted());
    }
    Table table = new Table(heading).numbersFrom(1);
    for (PagePlace place : PagePlace.values()) {
      List<String> row = new ArrayList<>(List.of(words(place)));
      moments.forEach(pages -> row.add(Numbers.count(pages.get(place))));
      table.add(row.toArray(String[]::new));
    }
    List<String> shares = new ArrayList<>(List.of("reclaimable or free"));
    moments.forEach(pages -> shares.add(Numbers.share(PagePlace.reclaimableShare(pages))));
    table.add(shares.toArray(String[]::new));
    table.print(sheet);
  }

  private void counts(StormResult result) {
    sheet.blank();
    Table table = new Table("count", "in total", "a second").numbersFrom(1);
    for (StormCounter counter : StormCounter.values()) {
      table.add(
          words(counter),
          Numbers.count(result.counts().get(counter)),
          rate(second -> second.counts().get(counter)));
    }
    table.add(
        "reclaimed pages",
        Numbers.count(result.reclaimedPages()),
        rate(StormSecond::reclaimedPages));
    table.print(sheet);
    sheet.text(warmup());
  }

  private String rate(ToLongFunction<StormSecond> amount) {
    return perSecond(story.throughput().rate(amount));
  }

  /** A rate in words; - if there is none. */
  static String perSecond(double rate) {
    return Double.isFinite(rate) ? Numbers.count(Math.round(rate)) : "-";
  }

  private String warmup() {
    Throughput throughput = story.throughput();
    String warm = Numbers.seconds(throughput.warmSeconds());
    if (throughput.warmupSeconds() == 0) {
      return "Rates are of all " + warm + ".";
    }
    return "Rates are of the last " + warm + ", without a warm-up of "
        + Numbers.seconds(throughput.warmupSeconds()) + ", in which there were "
        + perSecond(throughput.coldRate(second -> second.counts().get(StormCounter.PINS)))
        + " pins a second and " + perSecond(throughput.coldRate(StormSecond::reclaimedPages))
        + " pages reclaimed.";
  }

  private void fates(StormResult result) {
    sheet.blank();
    if (result.fates().sum() == 0) {
      sheet.text("No page was ever stranded.");
      return;
    }
    sheet.text(
        Ink.BOLD,
        "",
        Numbers.of(result.fates().sum(), "stranded page") + ", and how they were freed");
    for (Fate fate : Fate.values()) {
      long pages = result.fates().get(fate);
      if (pages > 0) {
        Ink ink = fate == Fate.NEVER ? Ink.RED : Ink.PLAIN;
        sheet.text(ink, "  ", INDENT, Numbers.count(pages) + " " + fate.sentence());
      }
    }
    if (!result.strandings().isEmpty()) {
      sheet.blank();
      sheet.text(Ink.BOLD, "", "How they were stranded, each with one of them");
      result.strandings().forEach(this::stranding);
    }
  }

  private void stranding(Stranding stranding) {
    StrandedWay way = stranding.way();
    sheet.text(
        Ink.PLAIN,
        "  ",
        INDENT,
        Numbers.of(stranding.pages(), "page") + ": " + way.sentence()
            + (way.races().isEmpty() ? "" : " (" + String.join(", ", way.races()) + ")"));
    List<String> steps = new ArrayList<>();
    for (PageEvent step : stranding.steps()) {
      long nanos = step.nanos() - stranding.steps().get(0).nanos();
      String when = steps.isEmpty() ? "" : Numbers.micros(nanos) + " us later ";
      steps.add(when + "cpu" + step.cpu() + " in " + step.text().replaceFirst(":", ""));
    }
    String told = steps.isEmpty() ? "has no more events" : String.join("; ", steps);
    line("page " + stranding.page() + ": " + told);
    String command = StormExpectations.counterexample(story.design(), story.setup(), way);
    if (command != null) {
      line("step by step: " + command);
    }
  }

  private void line(String text) {
    sheet.text(Ink.PLAIN, "    ", INDENT + 2, text);
  }

  private void times(Map<Latency, TimeSpread> times) {
    sheet.blank();
    Table table = new Table("time in ns", "samples", "p50", "p99", "p99.9", "max").numbersFrom(1);
    times.forEach((timing, spread) -> table.add(
        timing.tag(),
        Numbers.count(spread.samples()),
        Numbers.count(spread.p50Nanos()),
        Numbers.count(spread.p99Nanos()),
        Numbers.count(spread.p999Nanos()),
        Numbers.count(spread.maxNanos())));
    table.print(sheet);
  }

  private void judgement(StormResult result) {
    sheet.blank();
    for (String line : judgements(story, result)) {
      sheet.text(Ink.RED, "", line);
    }
    if (result.ending() == StormResult.Ending.PANIC) {
      sheet.text(
          Ink.YELLOW,
          "",
          "The modelled kernel was stopped before the storm was over, with "
              + Numbers.of(result.inFlight().size(), "operation")
              + " in flight. Nothing that happened after that is judged.");
    }
    Foot.printSampled(sheet);
  }

  /** What was not to be, one sentence each. */
  static List<String> judgements(StormRecord story, StormResult result) {
    StormExpectations.Judgement judgement =
        StormExpectations.judge(story.design(), story.setup(), result);
    List<String> lines = new ArrayList<>();
    for (HarmCount count : judgement.unexpected()) {
      lines.add("Unexpected: " + story.design() + " does " + count.harm() + ", "
          + Numbers.of(count.times(), "time") + ", first at "
          + Numbers.seconds(count.firstSeconds()));
    }
    if (judgement.isMissed()) {
      lines.add("Missing: " + story.design() + " is known to be broken, and nothing was found");
    }
    if (judgement.isIdle()) {
      lines.add("No pressure: " + story.design() + " ran with a working set larger than memory, and"
          + " no page was reclaimed in " + Numbers.seconds(result.loadSeconds()) + "; "
          + Numbers.of(result.end().get(PagePlace.FREE), "page")
          + " are free. What happens where memory is short was not seen: a longer --duration, a"
          + " higher --pressure or fewer --pages may show it");
    }
    return lines;
  }
}
