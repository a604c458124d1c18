// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.Dossier.Ratio;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.load.LoadProfile;
import org.gupstress.load.LoadStream;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** What a machine did of which there is a trace, beside what a storm did with its load. */
public final class LikeText {
  private static final int PER = 1000;

  private LikeText() {}

  /** Prints how the load was inferred, and both dossiers. */
  public static void print(LoadProfile load, Dossier traced, StormRecord storm, Sheet sheet) {
    sheet.blank();
    sheet.text(Ink.BOLD, "", "The load of " + load.source() + ", as far as the trace shows it");
    sheet.text("memory of " + Numbers.of(load.memoryPages(), "page"));
    Table streams = new Table(
            "task", "file", "pages", "order", "read at once", "direct I/O", "share")
        .numbersFrom(1);
    for (LoadStream stream : load.streams()) {
      streams.add(
          stream.task(),
          Integer.toString(stream.file()),
          Numbers.count(load.filePages().get(stream.file())),
          stream.order().name().toLowerCase(Locale.ROOT),
          Numbers.count(stream.windowPages()),
          stream.isDirect() ? Numbers.count(stream.chunkPages()) : "-",
          Numbers.share(stream.share()));
    }
    streams.print(sheet);
    load.remarks().forEach(remark -> sheet.text(Ink.PLAIN, "  ", 2, remark));
    StormResult result = storm.result();
    if (result == null) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "The machine of the trace, and the storm of " + storm.design());
    Table table = new Table("row", "trace", "storm", "storm / trace").numbersFrom(1);
    Dossier stormed = result.dossier();
    for (Ratio ratio : Ratio.values()) {
      row(
          ratio.words(),
          traced.ratio(ratio),
          ratio == Ratio.REFAULTED ? refaulted(result) : stormed.ratio(ratio),
          table);
    }
    for (List<ListPass> list : lists(traced)) {
      String name = list.get(0).list();
      List<ListPass> other =
          stormed.passes().stream().filter(pass -> pass.list().equals(name)).toList();
      for (Amount amount : Amount.values()) {
        double mine = amount.of(list) / (double) traced.count(MachineCounter.CACHED);
        double theirs = amount.of(other) / (double) stormed.count(MachineCounter.CACHED);
        row(name + " " + StormText.words(amount), PER * mine, PER * theirs, table);
      }
    }
    for (MachineCounter counter : MachineCounter.values()) {
      if (traced.count(counter) > 0 || stormed.count(counter) > 0) {
        row(
            StormText.words(counter),
            PER * per(counter, traced),
            PER * per(counter, stormed),
            table);
      }
    }
    table.print(sheet);
    sheet.text(
        "Amounts are of 1,000 pages that came into the page cache. refaults / inserted of the"
            + " storm is counted as a trace sees it: pages come back that had gone within as many"
            + " insertions as the trace has, " + Numbers.count(load.insertedPages()) + ".");
  }

  /** What is shown of a list; the rows at all priorities together. */
  private enum Amount {
    SCANNED,
    TAKEN,
    RECLAIMED,
    ACTIVATED,
    DEACTIVATED,
    REFERENCED;

    private long of(List<ListPass> passes) {
      return passes.stream().mapToLong(this::of).sum();
    }

    private long of(ListPass pass) {
      return switch (this) {
        case SCANNED -> pass.scannedPages();
        case TAKEN -> pass.takenPages();
        case RECLAIMED -> pass.reclaimedPages();
        case ACTIVATED -> pass.activatedPages();
        case DEACTIVATED -> pass.deactivatedPages();
        case REFERENCED -> pass.referencedPages();
      };
    }
  }

  private static Collection<List<ListPass>> lists(Dossier dossier) {
    return dossier.passes().stream()
        .collect(Collectors.groupingBy(ListPass::list, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static double per(MachineCounter counter, Dossier dossier) {
    return (double) dossier.count(counter) / dossier.count(MachineCounter.CACHED);
  }

  /** One row; rows that say nothing of either machine are left out. */
  private static void row(String name, double traced, double stormed, Table table) {
    if (traced != 0 || stormed != 0) {
      table.add(name, number(traced), number(stormed), number(stormed / traced));
    }
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Numbers.significant(value) : "-";
  }

  private static double refaulted(StormResult result) {
    return (double) result.counts().get(StormCounter.REFAULTS_IN_WINDOWS)
        / result.counts().get(StormCounter.INSERTED_IN_WINDOWS);
  }
}
