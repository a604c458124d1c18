// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.benchmark.BenchComparison;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchFit;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.BenchShape;
import org.gupstress.benchmark.Precision;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** The figures of benchmarks, a table for each question. */
public final class BenchText {
  private static final String BEYOND = "*";

  private final BenchResults results;
  private final Sheet sheet;

  private BenchText(BenchResults results, Sheet sheet) {
    this.results = results;
    this.sheet = sheet;
  }

  /** Prints all questions. */
  public static void print(BenchResults results, Sheet sheet) {
    for (String question : results.questions()) {
      question(results, question, sheet);
      sheet.blank();
    }
    sheet.text(
        "A figure is the geometric mean of its forks. Each round measures one fork. The value of a fork"
            + " is the median of its iterations, or their lower quartile if it is the time of one"
            + " thread. +- is half the 95 % confidence interval. \"noise\" stands where that is more than"
            + " half the figure. Figures are compared round by round.");
    if (results.figures().stream().anyMatch(BenchFigure::beyondProcessors)) {
      sheet.text(BEYOND + " More threads than processors: they take turns.");
    }
  }

  /** Prints one question. */
  static void question(BenchResults results, String question, Sheet sheet) {
    new BenchText(results.of(question), sheet).question(question);
  }

  private void question(String question) {
    BenchFigure first = results.figures().get(0);
    sheet.text(Ink.BOLD, question + ": ", (first.sentence() + " " + first.notes()).strip());
    figures();
    failures();
    if (!results.comparisons().isEmpty()) {
      sheet.blank();
      comparisons();
    }
    if (!results.fits().isEmpty()) {
      sheet.blank();
      fits();
    }
    results.shapes().forEach(this::shape);
  }

  private void figures() {
    Map<String, List<BenchFigure>> curves = new LinkedHashMap<>();
    Set<Integer> threads = new TreeSet<>();
    Set<Integer> beyond = new TreeSet<>();
    for (BenchFigure figure : results.figures()) {
      curves.computeIfAbsent(figure.label(), label -> new ArrayList<>()).add(figure);
      threads.add(figure.threads());
      if (figure.beyondProcessors()) {
        beyond.add(figure.threads());
      }
    }
    List<String> heading = new ArrayList<>(List.of("threads", "unit"));
    threads.forEach(n -> heading.add(n + (beyond.contains(n) ? BEYOND : "")));
    Table table = new Table(heading).numbersFrom(2);
    for (Map.Entry<String, List<BenchFigure>> curve : curves.entrySet()) {
      List<Table.Cell> row = new ArrayList<>();
      row.add(Table.Cell.of(results.shown(curve.getKey())));
      row.add(Table.Cell.of(curve.getValue().get(0).unit()));
      for (int n : threads) {
        row.add(curve.getValue().stream()
            .filter(figure -> figure.threads() == n)
            .findFirst()
            .map(BenchText::cell)
            .orElse(Table.Cell.of("")));
      }
      table.add(row);
    }
    table.print(sheet);
  }

  private static Table.Cell cell(BenchFigure figure) {
    if (figure.hasFailed()) {
      return new Table.Cell(Ink.RED, "failed");
    }
    return cell(figure.score(), figure.error(), "");
  }

  /** A value with its interval, or what stands in its place. */
  private static Table.Cell cell(double value, double error, String unit) {
    String number = Numbers.significant(value);
    String share = " +-" + (long) Math.ceil(error == 0 ? 0 : 100 * error / Math.abs(value)) + "%";
    return switch (Precision.of(value, error)) {
      case CLEAR -> Table.Cell.of(number + share + unit);
      case NOISY -> new Table.Cell(Ink.YELLOW, number + share + unit);
      case HIDDEN -> new Table.Cell(Ink.YELLOW, Precision.NOISE);
      case UNKNOWN -> new Table.Cell(Ink.YELLOW, number + unit + " one fork");
    };
  }

  /** The failures, grouped by their reason. */
  private void failures() {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (BenchFigure figure : results.figures()) {
      if (figure.hasFailed()) {
        byReason
            .computeIfAbsent(figure.failure(), reason -> new ArrayList<>())
            .add(results.shown(figure.label()) + " with " + Numbers.of(figure.threads(), "thread"));
      }
    }
    byReason.forEach((reason, failed) ->
        sheet.text(Ink.PLAIN, "  failed: ", String.join(", ", failed) + ": " + reason));
  }

  private void comparisons() {
    Table table = new Table("compared", "", "limit", "").numbersFrom(1);
    for (BenchComparison line : results.comparisons()) {
      String unit = line.unit().isEmpty() ? "" : " " + line.unit();
      String verdict = line.hasLimit() ? line.verdict() : "";
      table.add(List.of(
          Table.Cell.of(line.text()),
          cell(line.value(), line.error(), unit),
          Table.Cell.of(line.hasLimit() ? Numbers.significant(line.limit()) + unit : ""),
          new Table.Cell(verdict.equals("met") ? Ink.GREEN : Ink.YELLOW, verdict)));
    }
    table.print(sheet);
  }

  private void fits() {
    Table table = new Table(
            "Universal Scalability Law", "sigma", "kappa", "measured peak", "predicted peak")
        .numbersFrom(1);
    for (BenchFit fit : results.fits()) {
      if (fit.isRefused()) {
        table.add(results.shown(fit.label()), "-", "-", Integer.toString(fit.measuredPeak()), "-");
      } else {
        table.add(
            results.shown(fit.label()),
            parameter(fit.sigma(), fit.sigmaError(), fit.isSigmaAtBound()),
            parameter(fit.kappa(), fit.kappaError(), fit.isKappaAtBound()),
            Integer.toString(fit.measuredPeak()),
            predicted(fit));
      }
    }
    table.print(sheet);
    results.fits().stream()
        .filter(BenchFit::isRefused)
        .map(BenchFit::refusal)
        .distinct()
        .forEach(refusal -> sheet.text("  not fitted: " + refusal));
    List<BenchFit> fitted =
        results.fits().stream().filter(fit -> !fit.isRefused()).toList();
    if (!fitted.isEmpty()) {
      sheet.text(
          "  Least squares of ln(law / measured). +- of sigma and kappa is half the 95 % confidence"
              + " interval, from how far the points are off the law; the degrees of freedom are the"
              + " points less three. A parameter at its bound has no interval.");
    }
    fitted.stream()
        .filter(fit -> !fit.threadsBeyond().isEmpty())
        .map(BenchText::beyond)
        .distinct()
        .forEach(text -> sheet.text("  " + text));
  }

  private static String beyond(BenchFit fit) {
    List<Integer> within = new ArrayList<>(fit.threads());
    within.removeAll(fit.threadsBeyond());
    return list(fit.threadsBeyond()) + " threads are more than processors"
        + (within.isEmpty() ? "" : ", " + list(within) + " are not")
        + ": sigma, kappa and the peak describe the scheduler, too.";
  }

  private static String list(List<Integer> numbers) {
    String all = String.join(", ", numbers.stream().map(String::valueOf).toList());
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " and" + all.substring(last + 1);
  }

  private static String parameter(double value, double error, boolean isAtBound) {
    if (isAtBound) {
      return Numbers.plain(value) + ", its bound";
    }
    return BenchFit.isHidden(value, error)
        ? Precision.NOISE
        : Numbers.significant(value) + " +-" + Numbers.significant(error);
  }

  private static String predicted(BenchFit fit) {
    if (fit.isPeakHidden()) {
      return Precision.NOISE;
    }
    if (Double.isNaN(fit.peakThreads())) {
      return fit.sigma() == 0 ? "none: it keeps rising" : "none: it levels off";
    }
    String peak = Numbers.decimal(fit.peakThreads());
    String where;
    if (fit.peakThreads() > fit.measuredMax()) {
      where = "extrapolated " + Numbers.decimal(fit.peakThreads() / fit.measuredMax())
          + " times beyond the measured " + fit.measuredMax();
    } else if (fit.peakThreads() < fit.measuredMin()) {
      where = "extrapolated below the measured " + fit.measuredMin();
    } else {
      where = "within the measured " + fit.measuredMax();
    }
    return peak + ", " + where;
  }

  private void shape(BenchShape shape) {
    sheet.blank();
    if (!shape.isPublished()) {
      sheet.text("  " + BenchShape.UNPUBLISHED);
      return;
    }
    sheet.text(Ink.PLAIN, "  Published: ", shape.cited() + ".");
    sheet.text(
        shape.agreement() == BenchShape.Agreement.AGREES ? Ink.GREEN : Ink.YELLOW,
        "  Here: ",
        shape.judged() + " " + shape.caveat());
  }
}
