// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.page.Ref;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormResult;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** All page references, where they come and go, and what each leak means. */
final class ReferencesText {
  private static final int INDENT = 4;

  private ReferencesText() {}

  static void print(StormResult result, Sheet sheet) {
    boolean isStopped = result.ending() == StormResult.Ending.PANIC;
    List<String> leaks = printTable(result.references(), isStopped, sheet);
    if (isStopped) {
      sheet.text(stopped(result));
    } else {
      printLeaks(leaks, sheet);
    }
    long repairs = result.counts().get(StormCounter.REPAIRS);
    if (repairs > 0 && !leaks.isEmpty()) {
      sheet.text("Lists were repaired " + Numbers.of(repairs, "time")
          + ", after operations had died of corrupted memory: what those held is outstanding, and no"
          + " leak either.");
    }
  }

  private static String stopped(StormResult result) {
    String inFlight = String.join(
        ", ", result.inFlight().stream().map(StormFindingText::operation).toList());
    return "No leak: the machine was stopped"
        + (inFlight.isEmpty() ? "" : " with " + inFlight + " in flight, which never ended")
        + ". What is outstanding is theirs, or unmount would have dropped it.";
  }

  static void print(List<ReferenceRow> rows, Sheet sheet) {
    printLeaks(printTable(rows, false, sheet), sheet);
  }

  private static void printLeaks(List<String> leaks, Sheet sheet) {
    leaks.forEach(leak -> sheet.text(Ink.RED, "  ", INDENT, leak));
    if (leaks.isEmpty()) {
      sheet.text("Nothing is outstanding: every reference that was taken was dropped.");
    }
  }

  /** Returns a sentence for each reason of which references are outstanding. */
  private static List<String> printTable(List<ReferenceRow> rows, boolean isStopped, Sheet sheet) {
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Page references: where they come and go");
    Table table = new Table("for", "call site", "taken", "dropped", "outstanding").numbersFrom(2);
    List<String> leaks = new ArrayList<>();
    for (Ref reason : Ref.values()) {
      List<ReferenceRow> own =
          rows.stream().filter(row -> row.reason() == reason).toList();
      if (!own.isEmpty()) {
        boolean isBalanced = outstandingUnits(own) == 0;
        add(reason, pins(own), isBalanced || isStopped, table);
        add(reason, single(own), isBalanced || isStopped, table);
        if (!isBalanced) {
          leaks.add(leak(reason, own));
        }
      }
    }
    table.print(sheet);
    if (rows.stream().anyMatch(ReferenceRow::isOfPins)) {
      sheet.text("A pin is " + Numbers.of(ReferenceRow.PIN, "unit") + " of _refcount.");
    }
    return leaks;
  }

  private static List<ReferenceRow> pins(List<ReferenceRow> own) {
    return own.stream().filter(ReferenceRow::isOfPins).toList();
  }

  private static List<ReferenceRow> single(List<ReferenceRow> own) {
    return own.stream().filter(row -> !row.isOfPins()).toList();
  }

  private static long outstandingUnits(List<ReferenceRow> own) {
    return own.stream()
        .mapToLong(row -> row.units() * (row.taken() - row.dropped()))
        .sum();
  }

  private static void add(Ref reason, List<ReferenceRow> own, boolean isFine, Table table) {
    if (own.isEmpty()) {
      return;
    }
    String holder = reason.holder() + (own.get(0).isOfPins() ? ", pins" : "");
    for (ReferenceRow row : own) {
      table.add(holder, row.site(), amount(row.taken()), amount(row.dropped()), "");
    }
    table.add(List.of(
        Table.Cell.of(holder),
        Table.Cell.of("all"),
        Table.Cell.of(Numbers.count(taken(own))),
        Table.Cell.of(Numbers.count(dropped(own))),
        new Table.Cell(isFine ? Ink.PLAIN : Ink.RED, Numbers.count(taken(own) - dropped(own)))));
  }

  private static long taken(List<ReferenceRow> own) {
    return own.stream().mapToLong(ReferenceRow::taken).sum();
  }

  private static long dropped(List<ReferenceRow> own) {
    return own.stream().mapToLong(ReferenceRow::dropped).sum();
  }

  private static String amount(long references) {
    return references == 0 ? "" : Numbers.count(references);
  }

  private static String leak(Ref reason, List<ReferenceRow> own) {
    String subject = reason.id() + ", " + reason.holder() + ": ";
    if (outstandingUnits(own) < 0) {
      return subject
          + Numbers.of(-outstandingUnits(own), "reference")
          + " more dropped than taken, by "
          + sites(own.stream().filter(row -> row.dropped() > 0).toList())
          + ": somebody else's references are gone, and pages are freed under their users";
    }
    List<ReferenceRow> pins = pins(own);
    long lost = taken(pins) - dropped(pins);
    if (lost > 0) {
      List<ReferenceRow> parts =
          single(own).stream().filter(row -> row.dropped() > 0).toList();
      return subject
          + Numbers.of(lost, "pin")
          + " taken in "
          + sites(pins.stream().filter(row -> row.taken() > 0).toList())
          + " and never dropped"
          + (parts.isEmpty()
              ? ": "
              : " whole, of which " + sites(parts) + " took "
                  + Numbers.of(dropped(parts), "single unit") + ": ")
          + meaning(reason);
    }
    return subject
        + Numbers.of(outstandingUnits(own), "reference")
        + " taken in "
        + sites(own.stream().filter(row -> row.taken() > 0).toList())
        + " and never dropped: "
        + meaning(reason);
  }

  private static String sites(List<ReferenceRow> rows) {
    return String.join(", ", rows.stream().map(ReferenceRow::site).distinct().toList());
  }

  private static String meaning(Ref reason) {
    return switch (reason) {
      case ALLOC -> "who allocated the page never handed it over";
      case PRIV -> "the page still has buffer heads, which nobody drops any more";
      case CACHE -> "the page is still in the page cache, and unmount did not find it";
      case MAP -> "a page table still maps the page, and its process is gone";
      case PVADD, PVACT, PVROT, PVDEACT -> "the page still waits in a pagevec that nobody drains";
      case ISO -> "the page was taken off the LRU, and nobody puts it back or frees it";
      case LOOKUP -> "who looked the page up went on without giving it back";
      case OWNER -> "the page belongs to a device or to the kernel itself";
      case GUP -> "a pin that nobody can give back any more keeps the page for ever";
    };
  }
}
