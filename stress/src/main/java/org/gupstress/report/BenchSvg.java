// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchFit;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.BenchShape;
import org.gupstress.benchmark.Precision;
import org.gupstress.text.Numbers;

/**
 * A picture of a question, which is its title. Each unit has a panel with the curves over the
 * number of threads, and below it a row for each figure of a single number of threads. The caption
 * is what is published.
 *
 * <p>Every fork is a dot, hollow if its figure is noisy; bars are 95 % confidence intervals of the
 * mean. A figure that noise hides has its forks, but no bar and no place in a curve. The law of a
 * curve is dotted where it was measured, and dashed where it predicts. An arrow points to a peak
 * that is farther than that. A cross is a value of 0, which has no logarithm.
 */
public final class BenchSvg {
  private static final int WIDTH = 860;
  private static final int MARGIN = 16;
  private static final int LEFT = 90;
  private static final int LABELS = 330;
  private static final int RIGHT = 30;
  private static final int KEY = 300;
  private static final int PANEL = 300;
  private static final int ROW = 20;
  private static final int TITLE = 24;

  /** Between the legend and the first panel. */
  private static final int BELOW_LEGEND = 26;

  private static final int FOOT = 60;
  private static final int LINE = 15;

  /** The room above a panel, for the unit. */
  private static final int OVER = 14;

  /** The distance of curves from the axes. */
  private static final double EDGE = 48;

  private static final double BESIDE_MAX = 12;
  private static final double BESIDE_SHARE = 0.7;

  private static final double CHARACTER = 6;
  private static final int CAPTION = 125;

  /** The distance of a cross from the end of an axis. */
  private static final double NEAR = 10;

  /** Marks a line that continues the one before. */
  private static final String INDENT = "  ";

  /** A law is drawn up to this many times the measured number of threads. */
  private static final double FARTHEST = 4;

  private static final String GRID = "#dddddd";
  private static final String FAINT = "#666666";
  private static final String SHADE = "#f1f1f1";
  private static final String[] COLOURS = {
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#e08214"
  };

  private final SvgPen pen;
  private final BenchResults results;
  private int top;

  /** Curves of one unit, at most as many as there are colours. */
  private record Panel(String unit, List<List<BenchFigure>> curves) {
    List<BenchFigure> figures() {
      return curves.stream().flatMap(List::stream).toList();
    }
  }

  private BenchSvg(BenchResults results, SvgPen pen) {
    this.results = results;
    this.pen = pen;
  }

  /** Draws a question. */
  public static void write(BenchResults results, String question, OutputStream out)
      throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      new BenchSvg(results.of(question), new SvgPen(xml)).draw(question);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void draw(String question) throws XMLStreamException {
    Map<String, List<List<BenchFigure>>> curves = new LinkedHashMap<>();
    Map<String, List<BenchFigure>> rows = new LinkedHashMap<>();
    byLabel().values().forEach(figures -> {
      String unit = figures.get(0).unit();
      if (figures.size() > 1) {
        curves.computeIfAbsent(unit, none -> new ArrayList<>()).add(figures);
      } else {
        rows.computeIfAbsent(unit, none -> new ArrayList<>()).add(figures.get(0));
      }
    });
    List<Panel> panels = new ArrayList<>();
    curves.forEach((unit, all) -> {
      for (int i = 0; i < all.size(); i += COLOURS.length) {
        panels.add(new Panel(unit, all.subList(i, Math.min(i + COLOURS.length, all.size()))));
      }
    });
    List<String> caption = caption();
    top = TITLE + legend(question).size() * LINE + BELOW_LEGEND;
    int height = top
        + panels.size() * (OVER + PANEL + FOOT)
        + rows.values().stream().mapToInt(list -> list.size() * ROW + FOOT).sum()
        + caption.size() * LINE
        + MARGIN;
    pen.begin(WIDTH, height);
    head(question);
    for (Panel panel : panels) {
      curves(panel, new Panel(panel.unit(), curves.getOrDefault(panel.unit(), List.of())));
    }
    for (Map.Entry<String, List<BenchFigure>> panel : rows.entrySet()) {
      rows(panel.getKey(), panel.getValue());
    }
    for (String line : caption) {
      int from = MARGIN + (line.startsWith(INDENT) ? LINE : 0);
      pen.text(from, top, "start", line.strip(), "font-size", "11");
      top += LINE;
    }
    pen.end();
  }

  private void head(String question) throws XMLStreamException {
    String title = results.figures().get(0).sentence();
    pen.text(MARGIN, TITLE, "start", title, "font-size", "16", "font-weight", "bold");
    double at = TITLE + 4;
    for (String line : legend(question)) {
      at += LINE;
      pen.text(MARGIN, at, "start", line, "font-size", "11");
    }
  }

  /** What the reader has to know to read the picture, and nothing that is not in it. */
  private List<String> legend(String question) {
    List<String> lines =
        new ArrayList<>(wrapped((question + ". " + results.figures().get(0).notes()).strip()));
    lines.add("Dots: forks, hollow if their mean is not known to 10 %. Bars: its 95 % confidence"
        + " interval; none where noise hides the mean.");
    if (results.fits().stream().anyMatch(BenchFit::isLaw)) {
      lines.add("Dotted: Universal Scalability Law, dashed where it predicts. Diamond: its peak."
          + " Arrow: its peak is farther.");
    }
    if (results.figures().stream().anyMatch(figure -> figure.forks().contains(0.0))) {
      lines.add("Cross: 0, which has no place on a logarithmic axis.");
    }
    return lines;
  }

  private Map<String, List<BenchFigure>> byLabel() {
    Map<String, List<BenchFigure>> byLabel = new LinkedHashMap<>();
    for (BenchFigure figure : results.figures()) {
      if (!figure.hasFailed()) {
        byLabel.computeIfAbsent(figure.label(), label -> new ArrayList<>()).add(figure);
      }
    }
    return byLabel;
  }

  // ---- what is published

  private List<String> caption() {
    List<String> lines = new ArrayList<>();
    for (BenchShape shape : results.shapes()) {
      if (shape.isPublished()) {
        lines.addAll(wrapped("Published: " + shape.cited() + "."));
        lines.addAll(wrapped("Here: " + shape.judged()));
      } else {
        lines.add(BenchShape.UNPUBLISHED);
      }
    }
    return lines;
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > CAPTION) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(INDENT);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  // ---- curves over threads

  /**
   * A panel.
   *
   * @param all curves of the unit, for which the axes are
   */
  private void curves(Panel panel, Panel all) throws XMLStreamException {
    top += OVER;
    SvgScale y = values(all, top + PANEL, top);
    SvgScale x = threads(all);
    int[] measured = all.figures().stream()
        .mapToInt(BenchFigure::threads)
        .distinct()
        .sorted()
        .toArray();
    shade(all, x);
    for (double tick : y.ticks()) {
      pen.line(LEFT, y.at(tick), WIDTH - KEY, y.at(tick), GRID);
      pen.text(LEFT - 6, y.at(tick) + 4, "end", Numbers.plain(tick));
    }
    for (int threads : measured) {
      pen.text(x.at(log2(threads)), top + PANEL + 18, "middle", Integer.toString(threads));
    }
    int most = measured[measured.length - 1];
    for (double log = Math.floor(log2(most)) + 1; log <= x.high() + 1e-9; log++) {
      String threads = Integer.toString((int) Math.round(Math.pow(2, log)));
      pen.text(
          x.at(log), top + PANEL + 18, "middle", threads, "fill", FAINT, "font-style", "italic");
    }
    pen.text((LEFT + WIDTH - KEY) / 2.0, top + PANEL + 34, "middle", "number of threads");
    pen.text(LEFT, top - 4, "start", inWords(panel.unit()), "font-style", "italic");
    double beside = beside(x, measured, panel.curves().size());
    for (int i = 0; i < panel.curves().size(); i++) {
      List<BenchFigure> curve = panel.curves().get(i);
      String colour = COLOURS[i];
      curve(curve, colour, x.moved((i - (panel.curves().size() - 1) / 2.0) * beside), y);
      double at = top + 14 + i * 16;
      pen.area(WIDTH - KEY + 12, at - 8, WIDTH - KEY + 20, at, colour);
      pen.text(
          WIDTH - KEY + 26,
          at,
          "start",
          fitting(results.shown(curve.get(0).label()), KEY - 26),
          "font-size",
          "11");
    }
    top += PANEL + FOOT;
  }

  /** The axis for the forks, their bars and the laws. */
  private SvgScale values(Panel panel, double from, double to) {
    List<Double> values = new ArrayList<>();
    List<double[]> intervals = new ArrayList<>();
    for (List<BenchFigure> curve : panel.curves()) {
      for (BenchFigure figure : curve) {
        values.addAll(figure.forks());
        if (isShown(figure)) {
          intervals.add(interval(figure));
        }
      }
      fit(curve).ifPresent(fit -> {
        double end = value(fit, farthest(fit), panel.unit());
        intervals.add(new double[] {end, end});
      });
    }
    return SvgScale.of(values, intervals, from, to);
  }

  private static String inWords(String unit) {
    return switch (unit) {
      case "ns/op" -> "nanoseconds per operation";
      case "us/op" -> "microseconds per operation";
      case "ops/us" -> "operations per microsecond, all threads together";
      case "ops/s" -> "operations per second, all threads together";
      case "looks/lock" -> "looks at a held lock, per lock taken";
      case "of 1" -> "share, from 0 to 1";
      default -> unit;
    };
  }

  /** Whether it has a bar, and is part of its curve. */
  private static boolean isShown(BenchFigure figure) {
    return figure.precision() != Precision.HIDDEN;
  }

  /** The ends of the interval. It was estimated from logarithms if all forks have one. */
  private static double[] interval(BenchFigure figure) {
    double score = figure.score();
    double error = Double.isFinite(figure.error()) ? figure.error() : 0;
    boolean hasLogarithms = score > 0 && figure.forks().stream().allMatch(fork -> fork > 0);
    double low = hasLogarithms ? score * score / (score + error) : score - error;
    return new double[] {low, score + error};
  }

  private SvgScale threads(Panel panel) {
    double least = Double.MAX_VALUE;
    double most = 1;
    for (List<BenchFigure> curve : panel.curves()) {
      for (BenchFigure figure : curve) {
        least = Math.min(least, figure.threads());
        most = Math.max(most, figure.threads());
      }
      most = Math.max(most, fit(curve).map(BenchSvg::farthest).orElse(1.0));
    }
    return new SvgScale(log2(least), log2(most), false, LEFT + EDGE, WIDTH - KEY - EDGE);
  }

  /** Where threads take turns. */
  private void shade(Panel panel, SvgScale x) throws XMLStreamException {
    double within = panel.figures().stream()
        .filter(figure -> !figure.beyondProcessors())
        .mapToInt(BenchFigure::threads)
        .max()
        .orElse(0);
    double beyond = panel.figures().stream()
        .filter(BenchFigure::beyondProcessors)
        .mapToInt(BenchFigure::threads)
        .min()
        .orElse(0);
    if (beyond == 0) {
      return;
    }
    double from = within == 0 ? LEFT : (x.at(log2(within)) + x.at(log2(beyond))) / 2;
    pen.area(from, top, WIDTH - KEY, top + PANEL, SHADE);
    pen.text(
        WIDTH - KEY,
        top - 4,
        "end",
        "more threads than processors",
        "font-size",
        "11",
        "fill",
        FAINT);
  }

  /**
   * The distance between curves at the same number of threads, so that their bars do not overlap.
   */
  private static double beside(SvgScale x, int[] threads, int curves) {
    double nearest = x.to() - x.from();
    for (int i = 1; i < threads.length; i++) {
      nearest = Math.min(nearest, x.at(log2(threads[i])) - x.at(log2(threads[i - 1])));
    }
    return Math.min(BESIDE_MAX, BESIDE_SHARE * nearest / curves);
  }

  private void curve(List<BenchFigure> figures, String colour, SvgScale x, SvgScale y)
      throws XMLStreamException {
    StringBuilder path = new StringBuilder();
    String next = "M";
    for (BenchFigure figure : figures) {
      if (isShown(figure) && y.holds(figure.score())) {
        path.append(next)
            .append(SvgPen.number(x.at(log2(figure.threads()))))
            .append(' ')
            .append(SvgPen.number(y.at(figure.score())));
        next = " L";
      } else {
        next = path.length() == 0 ? "M" : " M";
      }
    }
    if (path.length() > 0) {
      pen.path(path, colour, "stroke-width", "1.5");
    }
    Optional<BenchFit> fit = fit(figures);
    if (fit.isPresent()) {
      law(fit.get(), figures.get(0).unit(), colour, x, y);
    }
    for (BenchFigure figure : figures) {
      double at = x.at(log2(figure.threads()));
      if (isShown(figure) && Double.isFinite(figure.error())) {
        double[] ends = interval(figure);
        pen.line(at, y.at(ends[0]), at, y.at(ends[1]), colour);
      }
      for (double fork : figure.forks()) {
        if (y.isBelow(fork)) {
          pen.cross(at, y.from() - NEAR, colour);
        } else {
          pen.dot(at, y.at(fork), colour, figure.isNoisy());
        }
      }
    }
  }

  // ---- the law of a curve

  private Optional<BenchFit> fit(List<BenchFigure> curve) {
    String label = curve.get(0).label();
    return results.fits().stream()
        .filter(fit -> fit.isLaw() && fit.label().equals(label))
        .findFirst();
  }

  /**
   * The number of threads up to which it is drawn: the measured ones, or its peak if that is near.
   */
  private static double farthest(BenchFit fit) {
    return Double.isNaN(fit.peakThreads())
        ? fit.measuredMax()
        : Math.max(fit.measuredMax(), Math.min(fit.peakThreads(), FARTHEST * fit.measuredMax()));
  }

  /** The throughput of the law; of a time, the time that it means. */
  private static double value(BenchFit fit, double threads, String unit) {
    return unit.equals(fit.unit()) ? fit.throughput(threads) : threads / fit.throughput(threads);
  }

  private void law(BenchFit fit, String unit, String colour, SvgScale x, SvgScale y)
      throws XMLStreamException {
    law(fit, fit.measuredMin(), fit.measuredMax(), unit, colour, "1.5 3", x, y);
    double farthest = farthest(fit);
    if (farthest > fit.measuredMax()) {
      law(fit, fit.measuredMax(), farthest, unit, colour, "7 4", x, y);
    }
    double end = y.at(value(fit, farthest, unit));
    if (fit.peakThreads() > farthest) {
      pen.arrow(x.at(log2(farthest)), end, colour);
    } else if (fit.peakThreads() >= fit.measuredMin()) {
      double peak = y.at(value(fit, fit.peakThreads(), unit));
      pen.diamond(x.at(log2(fit.peakThreads())), peak, colour);
    }
  }

  private void law(
      BenchFit fit,
      double from,
      double to,
      String unit,
      String colour,
      String dashes,
      SvgScale x,
      SvgScale y)
      throws XMLStreamException {
    int steps = (int) Math.ceil(8 * log2(to / from));
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= steps; i++) {
      double threads = from * Math.pow(to / from, i / (double) steps);
      path.append(i == 0 ? "M" : " L")
          .append(SvgPen.number(x.at(log2(threads))))
          .append(' ')
          .append(SvgPen.number(y.at(value(fit, threads, unit))));
    }
    pen.path(path, colour, "stroke-dasharray", dashes);
  }

  // ---- one number of threads

  private void rows(String unit, List<BenchFigure> figures) throws XMLStreamException {
    List<Double> values =
        figures.stream().flatMap(figure -> figure.forks().stream()).toList();
    SvgScale x = SvgScale.of(
        values,
        figures.stream().filter(BenchSvg::isShown).map(BenchSvg::interval).toList(),
        LABELS,
        WIDTH - RIGHT);
    int bottom = top + figures.size() * ROW;
    for (int i = 0; i < figures.size(); i++) {
      if (figures.get(i).beyondProcessors()) {
        pen.area(LABELS, top + i * ROW, WIDTH - RIGHT, top + (i + 1) * ROW, SHADE);
      }
    }
    for (double tick : x.ticks()) {
      pen.line(x.at(tick), top, x.at(tick), bottom, GRID);
      pen.text(x.at(tick), bottom + 16, "middle", Numbers.plain(tick));
    }
    boolean anyBeyond = figures.stream().anyMatch(BenchFigure::beyondProcessors);
    pen.text(
        (LABELS + WIDTH - RIGHT) / 2.0,
        bottom + 32,
        "middle",
        inWords(unit) + (anyBeyond ? " (shaded: more threads than processors)" : ""),
        "font-style",
        "italic");
    for (int i = 0; i < figures.size(); i++) {
      row(figures.get(i), top + (i + 0.5) * ROW, x);
    }
    top = bottom + FOOT;
  }

  private void row(BenchFigure figure, double at, SvgScale x) throws XMLStreamException {
    String threads = figure.threads() == 1 ? "" : ", " + figure.threads() + " threads";
    String colour = COLOURS[0];
    pen.text(
        LABELS - 8,
        at + 4,
        "end",
        fitting(results.shown(figure.label()) + threads, LABELS - MARGIN),
        "font-size",
        "11");
    if (isShown(figure) && Double.isFinite(figure.error())) {
      double[] ends = interval(figure);
      pen.line(x.at(ends[0]), at, x.at(ends[1]), at, colour);
    }
    for (double fork : figure.forks()) {
      if (x.isBelow(fork)) {
        pen.cross(x.from() + NEAR, at, colour);
      } else {
        pen.dot(x.at(fork), at, colour, figure.isNoisy());
      }
    }
  }

  private static String fitting(String label, int width) {
    int most = (int) (width / CHARACTER);
    return label.length() <= most ? label : label.substring(0, most - 3) + "...";
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }
}
