// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** What a machine did under pressure, that of a trace or that of a storm: the same tables. */
final class DossierText {
  private final Dossier dossier;
  private final Sheet sheet;

  private DossierText(Dossier dossier, Sheet sheet) {
    this.dossier = dossier;
    this.sheet = sheet;
  }

  /** Prints all of it that is not empty. */
  static void print(Dossier dossier, Sheet sheet) {
    DossierText text = new DossierText(dossier, sheet);
    text.passes();
    text.ratios();
    text.counts();
    text.times();
  }

  private void passes() {
    List<ListPass> passes = dossier.passes();
    if (passes.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Reclaim, list by list, from the lightest pressure to the heaviest");
    Table table = new Table(
            "list",
            "priority",
            "passes",
            "scanned",
            "taken",
            "reclaimed",
            "activated",
            "kept",
            "yield")
        .numbersFrom(1);
    for (int from = 0; from < passes.size(); ) {
      int to = from;
      while (to < passes.size() && passes.get(to).list().equals(passes.get(from).list())) {
        row(
            passes.get(to).priority() < 0
                ? "-"
                : Integer.toString(passes.get(to).priority()),
            passes.subList(to, to + 1),
            table);
        to++;
      }
      if (to > from + 1) {
        row("all", passes.subList(from, to), table);
      }
      from = to;
    }
    table.print(sheet);
  }

  private static void row(String priority, List<ListPass> passes, Table table) {
    boolean isActive = passes.get(0).isActive();
    long scanned = passes.stream().mapToLong(ListPass::scannedPages).sum();
    long reclaimed = passes.stream().mapToLong(ListPass::reclaimedPages).sum();
    boolean knowsTaken = passes.stream().noneMatch(pass -> pass.takenPages() == ListPass.UNKNOWN);
    table.add(
        passes.get(0).list(),
        priority,
        Numbers.count(passes.stream().mapToLong(ListPass::passes).sum()),
        Numbers.count(scanned),
        knowsTaken
            ? Numbers.count(passes.stream().mapToLong(ListPass::takenPages).sum())
            : "-",
        isActive ? "-" : Numbers.count(reclaimed),
        Numbers.count(passes.stream().mapToLong(ListPass::activatedPages).sum()),
        knowsTaken
            ? Numbers.count(passes.stream().mapToLong(ListPass::keptPages).sum())
            : "-",
        isActive || scanned == 0
            ? "-"
            : Numbers.share((double) reclaimed / scanned).replace(" %", "%"));
  }

  private void ratios() {
    Table table = new Table("ratio", "is", "of what").numbersFrom(Integer.MAX_VALUE);
    boolean isEmpty = true;
    for (Dossier.Ratio ratio : Dossier.Ratio.values()) {
      double value = dossier.ratio(ratio);
      if (Double.isFinite(value)) {
        table.add(ratio.words(), Numbers.significant(value), ratio.meaning());
        isEmpty = false;
      }
    }
    if (!isEmpty) {
      sheet.blank();
      table.print(sheet);
    }
  }

  private void counts() {
    if (dossier.counts().isEmpty()) {
      return;
    }
    sheet.blank();
    Table table = new Table("count", "in total", "a second").numbersFrom(1);
    for (MachineCounter counter : MachineCounter.values()) {
      if (dossier.count(counter) != 0) {
        double rate = dossier.rate(counter);
        table.add(
            StormText.words(counter),
            Numbers.count(dossier.count(counter)),
            Double.isFinite(rate) ? Numbers.count(Math.round(rate)) : "-");
      }
    }
    table.print(sheet);
  }

  private void times() {
    Map<MachineTime, TimeSpread> times = dossier.times();
    if (times.isEmpty()) {
      return;
    }
    sheet.blank();
    Table table =
        new Table("time in ns", "samples", "p50", "p99", "p99.9", "max", "in all").numbersFrom(1);
    for (MachineTime time : MachineTime.values()) {
      TimeSpread spread = times.get(time);
      if (spread != null) {
        table.add(
            time.words(),
            Numbers.count(spread.samples()),
            Numbers.count(spread.p50Nanos()),
            Numbers.count(spread.p99Nanos()),
            Numbers.count(spread.p999Nanos()),
            Numbers.count(spread.maxNanos()),
            Numbers.count(spread.totalNanos()));
      }
    }
    table.print(sheet);
  }
}
