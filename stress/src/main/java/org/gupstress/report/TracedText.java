// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.explore.Tool;
import org.gupstress.page.Ref;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;
import org.gupstress.trace.Custody;
import org.gupstress.trace.PageHistory;
import org.gupstress.trace.PageStep;
import org.gupstress.trace.Reading;
import org.gupstress.trace.Refinement;
import org.gupstress.trace.TraceRecord;

/** A trace of a real machine: its dossier, its pages held against the model, its references. */
public final class TracedText {
  private static final int INDENT = 4;
  private static final int TASK = 12;
  private static final int EVENT = 24;

  private final TraceRecord trace;
  private final Sheet sheet;

  private TracedText(TraceRecord trace, Sheet sheet) {
    this.trace = trace;
    this.sheet = sheet;
  }

  /** Prints all of it. */
  public static void print(TraceRecord trace, Sheet sheet) {
    TracedText text = new TracedText(trace, sheet);
    text.head();
    DossierText.print(trace.dossier(), sheet);
    text.refinement();
    text.custody();
    text.histories();
  }

  private void head() {
    Reading reading = trace.reading();
    Dossier dossier = trace.dossier();
    sheet.text(
        Ink.BOLD, "", Tool.NAME + " " + Tool.VERSION + " trace of a machine: " + trace.file());
    sheet.text(Numbers.of(reading.events(), "event")
        + " of "
        + Numbers.of(dossier.tasks(), "task")
        + " on "
        + Numbers.of(dossier.cpus(), "CPU")
        + (Double.isFinite(dossier.seconds())
            ? ", in " + Numbers.significant(dossier.seconds()) + " s"
            : ", on a clock that does not count seconds")
        + "; " + Numbers.count(reading.read()) + " count here");
    if (!reading.unread().isEmpty()) {
      List<String> names = new ArrayList<>();
      reading.unread().forEach((name, count) -> names.add(name + " " + Numbers.count(count)));
      sheet.text(Ink.PLAIN, "Not read: ", INDENT, String.join(", ", names));
    }
    if (reading.cut() > 0) {
      sheet.text(
          Ink.YELLOW,
          "",
          Numbers.of(reading.cut(), "line") + " cut short or garbled, and left out.");
    }
    if (reading.lost() > 0) {
      sheet.text(Ink.YELLOW, "", Numbers.of(reading.lost(), "event") + " lost by the kernel.");
    }
    if (reading.holes() > 0) {
      sheet.text("What is known of pages begins anew after each of "
          + Numbers.of(reading.holes(), "hole") + ".");
    }
    if (reading.unfollowed() > 0) {
      sheet.text(
          Ink.YELLOW,
          "",
          Numbers.of(reading.unfollowed(), "event")
              + " of pages beyond the limit of 1,048,576 are counted and not followed.");
    }
    if (reading.disorder() > 0) {
      sheet.text("One CPU's clock was behind another's " + Numbers.of(reading.disorder(), "time")
          + ", never by more than 1 ms.");
    }
  }

  // ---- the pages

  private void refinement() {
    Refinement refinement = trace.refinement();
    if (refinement.pages() == 0) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Refinement: is what happened to pages a path of the model?");
    sheet.text(Numbers.count(refinement.paths())
        + " of "
        + Numbers.of(refinement.pages(), "page")
        + " have a history that is a path of the model's page life cycle, over "
        + Numbers.of(refinement.steps(), "step")
        + (refinement.moved() > 0
            ? "; " + Numbers.count(refinement.moved()) + " of them were migrated"
            : "")
        + ".");
    sheet.text("Steps that the model does not have: "
        + Numbers.of(refinement.mistakes(), "mistake")
        + " of the model, "
        + Numbers.count(refinement.notModelled())
        + " not modelled.");
    if (refinement.misses().isEmpty()) {
      return;
    }
    Table table =
        new Table("rule", "is", "steps", "pages", "sentence").numbersFrom(Integer.MAX_VALUE);
    for (Refinement.Miss miss : refinement.misses()) {
      boolean isMistake = miss.rule().isMistake();
      table.add(List.of(
          Table.Cell.of(miss.rule().name().toLowerCase(Locale.ROOT).replace('_', '-')),
          new Table.Cell(isMistake ? Ink.RED : Ink.PLAIN, isMistake ? "mistake" : "not modelled"),
          Table.Cell.of(Numbers.count(miss.events())),
          Table.Cell.of(Numbers.count(miss.pages())),
          Table.Cell.of(miss.rule().sentence())));
    }
    table.print(sheet);
    for (Refinement.Miss miss : refinement.misses()) {
      sheet.blank();
      sheet.text("First " + miss.rule().name().toLowerCase(Locale.ROOT).replace('_', '-')
          + ", page " + pfn(miss.pfn()) + ", and what came before it:");
      steps(miss.example());
    }
  }

  private void histories() {
    for (PageHistory history : trace.histories()) {
      sheet.blank();
      sheet.text(
          Ink.BOLD,
          "",
          "Page " + pfn(history.pfn()) + ": " + Numbers.of(history.events(), "event"));
      if (history.steps().size() < history.events()) {
        sheet.text(
            Ink.YELLOW,
            "",
            "The first " + Numbers.count(history.events() - history.steps().size())
                + " are forgotten: the last 1,048,576 events of all pages are remembered.");
      }
      steps(history.steps());
    }
  }

  /** Columns of a fixed width: 72 in all. */
  private void steps(List<PageStep> steps) {
    line(Ink.BOLD, "seconds", "cpu", "task", "event", "then it is");
    for (PageStep step : steps) {
      line(
          step.isMiss() ? Ink.RED : Ink.PLAIN,
          BigDecimal.valueOf(step.seconds()).setScale(6, RoundingMode.HALF_UP).toPlainString(),
          Integer.toString(step.cpu()),
          step.task(),
          step.text(),
          step.isMiss() ? "not in the model" : step.state());
    }
  }

  private void line(Ink ink, String seconds, String cpu, String task, String event, String state) {
    String lead = right(seconds, 10) + right(cpu, 4) + " " + left(cut(task), TASK) + " ";
    if (state.isEmpty()) {
      sheet.text(ink, lead, event);
    } else {
      sheet.row(List.of(new Sheet.Span(ink, lead + left(event, EVENT) + " " + state)));
    }
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The pid stays. */
  private static String cut(String task) {
    int dash = task.lastIndexOf('-');
    int room = TASK - (task.length() - dash);
    return task.length() <= TASK
        ? task
        : task.substring(0, Math.max(0, room)) + task.substring(dash);
  }

  private static String pfn(long pfn) {
    return "0x" + Long.toHexString(pfn);
  }

  // ---- the references

  private void custody() {
    Custody custody = trace.custody();
    if (custody == null) {
      sheet.blank();
      sheet.text(
          "Who holds references is not known: there are no page_ref events, for which a kernel"
              + " has CONFIG_DEBUG_PAGE_REF.");
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Custody: who takes page references, and who drops them");
    sheet.text(Numbers.of(custody.events(), "event") + " of counts; "
        + Numbers.of(custody.stacks(), "change") + " with a stack");
    Table table = new Table("for", "call site", "taken", "dropped", "held").numbersFrom(2);
    boolean isEmpty = true;
    for (Ref reason : Ref.values()) {
      List<ReferenceRow> own =
          custody.rows().stream().filter(row -> row.reason() == reason).toList();
      for (ReferenceRow row : own) {
        table.add(reason.holder(), row.site(), amount(row.taken()), amount(row.dropped()), "");
      }
      if (!own.isEmpty()) {
        isEmpty = false;
        table.add(
            reason.holder(),
            "all",
            Numbers.count(own.stream().mapToLong(ReferenceRow::taken).sum()),
            Numbers.count(own.stream().mapToLong(ReferenceRow::dropped).sum()),
            Numbers.count(custody.held().getOrDefault(reason.name(), 0L)));
      }
    }
    if (!isEmpty) {
      table.print(sheet);
    }
    remarks(custody);
  }

  private void remarks(Custody custody) {
    if (custody.earlier() > 0) {
      sheet.text(Numbers.of(custody.earlier(), "reference")
          + " dropped that nobody was seen to take for that reason: before the trace, or for"
          + " another reason.");
    }
    if (custody.withoutStack() > 0) {
      sheet.text("Not attributed: " + Numbers.of(custody.withoutStack(), "event")
          + " without a stack; echo stacktrace > .../events/page_ref/trigger gives them one.");
    }
    if (!custody.unknown().isEmpty()) {
      List<String> functions = new ArrayList<>();
      custody
          .unknown()
          .forEach((function, count) -> functions.add(function + " " + Numbers.count(count)));
      sheet.text(
          Ink.PLAIN,
          "Not attributed, with a stack of which nothing is known: ",
          INDENT,
          String.join(", ", functions));
    }
    if (custody.misread() > 0) {
      sheet.text(Numbers.of(custody.misread(), "page")
          + " freed while the books had a holder: one of these dropped for another reason.");
    }
    if (custody.momentary() > 0) {
      sheet.text("A count was off for a moment " + Numbers.of(custody.momentary(), "time")
          + ": another CPU changed it between the change and the event.");
    }
    if (custody.oddPages() == 0) {
      sheet.text("All counts add up.");
      return;
    }
    sheet.text(
        Ink.RED,
        "",
        Numbers.of(custody.oddPages(), "page") + " with a count that does not add up:");
    for (Custody.OddPage page : custody.odd()) {
      sheet.text(
          Ink.RED,
          "  ",
          INDENT,
          pfn(page.pfn()) + ": expected " + page.expected() + ", found " + page.found());
    }
  }

  private static String amount(long references) {
    return references == 0 ? "" : Numbers.count(references);
  }
}
