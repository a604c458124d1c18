// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import org.gupstress.outcome.Grade;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.Prediction;

/** The outcome tables on a terminal. */
final class OutcomeTables {
  private static final int WIDTH = 100;
  private static final String ROW = "  %-22s %-12s %15s %10s  %s";

  private final PrintWriter out;

  OutcomeTables(PrintWriter out) {
    this.out = out;
  }

  void print(List<OutcomeRow> rows) {
    for (OutcomeRow row : rows) {
      if (row.hasRun()) {
        table(row);
      }
    }
    agreement(rows);
    notRun(rows);
    summary(rows);
    out.flush();
  }

  private void table(OutcomeRow row) {
    out.printf(
        Locale.ROOT,
        "%s: %,d samples, %s/s, %d of %s configurations%n",
        row.test().name(),
        row.samples(),
        rate(row.rate()),
        row.executions().size(),
        row.isPlanKnown() ? row.planned() : row.planned() + " or more (plan unknown)");
    if (!row.prediction().stopped().isEmpty()) {
      paragraph(
          "  ",
          "The search of the interleavings was cut: " + row.prediction().stopped()
              + "; an outcome without a share may have one.");
    }
    out.printf((ROW + "%n"), "OUTCOME", "GRADE", "SAMPLES", "FREQUENCY", "SHARE OF INTERLEAVINGS");
    for (String outcome : row.outcomes()) {
      Prediction.Way way = row.prediction().ways().get(outcome);
      OutcomeTest.Case known = row.test().caseOf(outcome);
      out.printf(
          (ROW + "%n"),
          outcome,
          known.grade().id,
          String.format(Locale.ROOT, "%,d", row.count(outcome)),
          percent(row.frequency(outcome)),
          way != null
              ? percent(way.share())
              : row.prediction().stopped().isEmpty() ? "none" : "not found");
      if (known.grade() != Grade.ACCEPTABLE) {
        paragraph("      ", row.prediction().sentence(known));
      }
    }
    if (!row.complaint().isEmpty()) {
      paragraph("  ", "jcstress: " + row.complaint());
    }
    out.println();
  }

  private void agreement(List<OutcomeRow> rows) {
    List<String> strange = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    for (OutcomeRow row : rows) {
      for (String outcome : row.observedNotPredicted()) {
        strange.add(row.test().name() + " " + outcome
            + (row.test().caseOf(outcome).grade() == Grade.WEAK
                ? ": weak memory"
                : !row.prediction().stopped().isEmpty()
                    ? ": the search was cut before all orders were tried"
                    : ": a weak-memory effect nobody listed, or a mistake of this tool"));
      }
      for (String outcome : row.predictedNotObserved()) {
        Prediction.Way way = row.prediction().ways().get(outcome);
        if (way != null) {
          gaps.add(String.format(
              Locale.ROOT,
              "%s %s: %s of all interleavings, %d pre-emption%s",
              row.test().name(),
              outcome,
              percent(way.share()),
              way.preemptions(),
              way.preemptions() == 1 ? "" : "s"));
        }
      }
    }
    list("Observed, and in no sequentially consistent order", strange);
    list("Predicted, and not observed (a sampling gap)", gaps);
  }

  private void notRun(List<OutcomeRow> rows) {
    List<String> missing = new ArrayList<>();
    for (OutcomeRow row : rows) {
      if (!row.hasRun()) {
        missing.add(row.test().name() + ": " + row.whyNot());
      }
    }
    list("Not run", missing);
  }

  private void summary(List<OutcomeRow> rows) {
    long ran = rows.stream().filter(OutcomeRow::hasRun).count();
    long samples = rows.stream().mapToLong(OutcomeRow::samples).sum();
    long controls = rows.stream()
        .filter(OutcomeRow::isComplete)
        .flatMap(row -> row.test().cases().stream())
        .filter(OutcomeTest.Case::isControl)
        .count();
    long lost = rows.stream()
        .filter(OutcomeRow::isControlLost)
        .mapToLong(row -> row.controlsLost().size())
        .sum();
    long forbidden = rows.stream().filter(row -> !row.forbidden().isEmpty()).count();
    out.printf(
        Locale.ROOT,
        "%d of %d tests ran, %,d samples; %d of %d known defects seen; forbidden outcomes in %d.%n",
        ran,
        rows.size(),
        samples,
        controls - lost,
        controls,
        forbidden);
    minimum(rows);
    for (OutcomeRow row : rows) {
      if (row.isControlLost()) {
        paragraph(
            "  ",
            row.test().name() + " showed less than " + row.controlMin() + " times "
                + String.join(", ", row.controlsLost()));
      }
      if (!row.forbidden().isEmpty()) {
        paragraph("  ", row.test().name() + " ended in " + String.join(", ", row.forbidden()));
      }
    }
  }

  /** How often a defect must be seen, which depends on the time that there was. */
  private void minimum(List<OutcomeRow> rows) {
    LongSummaryStatistics min = rows.stream()
        .filter(row -> row.isComplete() && row.test().isControl())
        .mapToLong(OutcomeRow::controlMin)
        .summaryStatistics();
    if (min.getCount() > 0 && min.getMin() < OutcomeRow.SEEN_MIN) {
      paragraph(
          "",
          "A defect is seen if it shows "
              + (min.getMin() == min.getMax() ? "" : min.getMin() + " to ") + min.getMax()
              + " times: " + OutcomeRow.SEEN_MIN + " in a full lean run, less where the budget left"
              + " a test less time, once where threads share processors.");
    }
  }

  private void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println(title + ":");
      lines.forEach(line -> paragraph("  ", line));
      out.println();
    }
  }

  private void paragraph(String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  static String percent(double share) {
    if (share == 0) {
      return "0";
    }
    return share < 1e-6
        ? String.format(Locale.ROOT, "%.1e", share)
        : String.format(Locale.ROOT, share < 1e-3 ? "%.4f%%" : "%.2f%%", 100 * share);
  }

  static String rate(double perSecond) {
    return perSecond >= 1e6
        ? String.format(Locale.ROOT, "%.2f M", perSecond / 1e6)
        : String.format(Locale.ROOT, "%.0f k", perSecond / 1e3);
  }
}
