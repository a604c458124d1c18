// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.outcome.Grade;
import org.gupstress.sampling.Frequency;
import org.gupstress.sampling.SampledOutcome;
import org.gupstress.sampling.SampledTest;
import org.gupstress.text.Format;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** What the outcome tests ended in: of a run that has just ended, or from its rows. */
public final class OutcomeTables {
  private static final String LEFT = "  ";
  private static final String SENTENCE = "      ";

  private final List<SampledTest> tests;
  private final Sheet sheet;

  /** A mail has less room, and must be understood without the program. */
  private final boolean isMail;

  private OutcomeTables(List<SampledTest> tests, Sheet sheet) {
    this.tests = tests;
    this.sheet = sheet;
    this.isMail = sheet.width() <= Format.MAIL.width();
  }

  /** Prints a table of each test that has run, then what is to be said of all. */
  public static void print(List<SampledTest> tests, Sheet sheet) {
    OutcomeTables tables = new OutcomeTables(tests, sheet);
    for (SampledTest test : tests) {
      if (test.hasRun()) {
        tables.table(test);
      }
    }
    tables.agreement();
    tables.notRun();
    tables.summary();
  }

  // ---- one test

  private void table(SampledTest test) {
    sheet.text(String.format(
        Locale.ROOT,
        "%s: %,d samples, %s/s, %d of %s configurations",
        test.name(),
        test.samples(),
        rate((double) test.rate()),
        test.executed(),
        test.isPlanKnown() ? test.planned() : test.planned() + " or more (plan unknown)"));
    if (isMail) {
      about(test);
    }
    if (!test.searchStopped().isEmpty()) {
      line(
          LEFT,
          "The search of the interleavings was cut: " + test.searchStopped()
              + "; an outcome without a share may have one.");
    }
    row(
        "OUTCOME",
        "GRADE",
        "SAMPLES",
        "FREQUENCY",
        isMail ? "OF ORDERS" : "SHARE OF INTERLEAVINGS");
    for (SampledOutcome outcome : test.outcomes()) {
      row(
          outcome.outcome(),
          outcome.grade().id,
          Numbers.count(outcome.samples()),
          Frequency.text(outcome.frequency()),
          share(test, outcome));
      if (outcome.grade() != Grade.ACCEPTABLE) {
        line(SENTENCE, outcome.sentence());
      }
    }
    if (!test.reason().isEmpty()) {
      line(LEFT, "jcstress: " + test.reason());
    }
    sheet.blank();
  }

  private void about(SampledTest test) {
    for (PinDesign design : Designs.all()) {
      if (design.id().equals(test.design())) {
        line(LEFT, design.id() + ": " + design.summary());
      }
    }
    line(LEFT, "Asked: " + test.sentence());
    line(LEFT, "Again: gupstress jcstress --test " + test.name());
    test.outcomes().stream()
        .filter(outcome -> outcome.isSeen() && outcome.way() != null)
        .filter(outcome -> outcome.grade() != Grade.ACCEPTABLE)
        .forEach(outcome ->
            line(LEFT, "One order: gupstress explain " + test.name() + " " + outcome.outcome()));
  }

  private static String share(SampledTest test, SampledOutcome outcome) {
    SampledOutcome.Way way = outcome.way();
    if (way != null) {
      return Frequency.text(way.share());
    }
    return test.searchStopped().isEmpty() ? "none" : "not found";
  }

  private void row(String outcome, String grade, String samples, String frequency, String share) {
    String cells = String.format(
        Locale.ROOT,
        isMail ? "  %-23s %-10s %11s %9s  %s" : "  %-22s %-12s %15s %10s  %s",
        outcome,
        grade,
        samples,
        frequency,
        share);
    sheet.row(List.of(new Sheet.Span(Ink.PLAIN, cells)));
  }

  // ---- all tests

  private void agreement() {
    List<String> strange = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (SampledTest test : tests) {
      for (SampledOutcome outcome : test.outcomes()) {
        SampledOutcome.Way way = outcome.way();
        if (outcome.isSeen() && way == null) {
          strange.add(test.name() + " " + outcome.outcome() + ": " + why(test, outcome));
        } else if (!outcome.isSeen() && way != null) {
          gaps.add(test.name() + " " + outcome.outcome() + ": " + Frequency.text(way.share())
              + " of all interleavings, " + Numbers.of(way.preemptions(), "pre-emption"));
        }
      }
    }
    list("Observed, and in no sequentially consistent order", strange);
    list("Predicted, and not observed (a sampling gap)", gaps);
  }

  private static String why(SampledTest test, SampledOutcome outcome) {
    if (outcome.grade() == Grade.WEAK) {
      return "weak memory";
    }
    return test.searchStopped().isEmpty()
        ? "a weak-memory effect nobody listed, or a mistake of this tool"
        : "the search was cut before all orders were tried";
  }

  private void notRun() {
    list(
        "Not run",
        tests.stream()
            .filter(test -> !test.hasRun())
            .map(test -> test.name() + ": " + test.reason())
            .toList());
  }

  private void summary() {
    long controls = tests.stream()
        .filter(SampledTest::isComplete)
        .mapToLong(test -> test.controls().size())
        .sum();
    long lost = tests.stream().mapToLong(test -> test.controlsLost().size()).sum();
    sheet.text(String.format(
        Locale.ROOT,
        "%d of %d tests ran, %,d samples; %d of %d known defects seen; forbidden outcomes in %d.",
        tests.stream().filter(SampledTest::hasRun).count(),
        tests.size(),
        tests.stream().mapToLong(SampledTest::samples).sum(),
        controls - lost,
        controls,
        tests.stream().filter(test -> !test.forbidden().isEmpty()).count()));
    minimum();
    for (SampledTest test : tests) {
      if (test.isControlLost()) {
        line(
            LEFT,
            test.name() + " showed less than " + test.controlMin() + " times "
                + String.join(", ", test.controlsLost()));
      }
      if (!test.forbidden().isEmpty()) {
        line(LEFT, test.name() + " ended in " + String.join(", ", test.forbidden()));
      }
    }
  }

  /** How often a defect must be seen, which depends on the time that there was. */
  private void minimum() {
    LongSummaryStatistics min = tests.stream()
        .filter(test -> test.isComplete() && test.isControl())
        .mapToLong(SampledTest::controlMin)
        .summaryStatistics();
    if (min.getCount() > 0 && min.getMin() < SampledTest.SEEN_MIN) {
      sheet.text("A defect is seen if it shows "
          + (min.getMin() == min.getMax() ? "" : min.getMin() + " to ") + min.getMax() + " times: "
          + SampledTest.SEEN_MIN + " in a full lean run, less where the budget left"
          + " a test less time, once where threads share processors.");
    }
  }

  private void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      sheet.text(title + ":");
      lines.forEach(line -> line(LEFT, line));
      sheet.blank();
    }
  }

  private void line(String indent, String text) {
    sheet.text(Ink.PLAIN, indent, text);
  }

  private static String rate(double perSecond) {
    return perSecond >= 1e6
        ? String.format(Locale.ROOT, "%.2f M", perSecond / 1e6)
        : String.format(Locale.ROOT, "%.0f k", perSecond / 1e3);
  }
}
