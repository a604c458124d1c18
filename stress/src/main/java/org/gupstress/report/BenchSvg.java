// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.gupstress.text.Numbers;

/**
 * A question as a picture: a panel of curves over the number of threads for each unit, and below a
 * row for every figure that has one number of threads only. Every fork is a dot; bars are 95 %
 * confidence intervals of the mean; what was not measured but predicted is dashed.
 */
public final class BenchSvg {
  private static final int WIDTH = 860;
  private static final int LEFT = 90;
  private static final int LABELS = 330;
  private static final int KEY = 300;
  private static final int PANEL = 300;
  private static final int ROW = 20;
  private static final int HEAD = 56;
  private static final int FOOT = 46;
  private static final int TICKS = 5;

  /** Curves stand a little beside each other, and none on the axis. */
  private static final int EDGE = 16;

  private static final int BESIDE = 4;
  private static final int CHARACTER = 6;
  private static final String[] COLOURS = {
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#555555", "#e08214"
  };

  private final XMLStreamWriter xml;
  private final BenchResults results;
  private int top = HEAD;

  private BenchSvg(BenchResults results, XMLStreamWriter xml) {
    this.results = results;
    this.xml = xml;
  }

  /** Draws a question. */
  public static void write(BenchResults results, String question, OutputStream out)
      throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      new BenchSvg(results.of(question), xml).draw(question);
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
    int height = HEAD
        + curves.size() * (PANEL + FOOT)
        + rows.values().stream().mapToInt(list -> list.size() * ROW + FOOT).sum();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    element(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "font-family",
        "sans-serif",
        "font-size",
        "12",
        "fill",
        "#222222");
    xml.writeCharacters("\n");
    empty("rect", "width", WIDTH, "height", height, "fill", "#ffffff");
    text(16, 22, "start", question, "font-size", "16", "font-weight", "bold");
    text(
        16,
        42,
        "start",
        "dots: forks; bars: 95 % confidence interval of their mean;"
            + " dotted: Universal Scalability Law");
    for (Map.Entry<String, List<List<BenchFigure>>> panel : curves.entrySet()) {
      curves(panel.getKey(), panel.getValue());
    }
    for (Map.Entry<String, List<BenchFigure>> panel : rows.entrySet()) {
      rows(panel.getKey(), panel.getValue());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.writeCharacters("\n");
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

  // ---- curves over threads

  private void curves(String unit, List<List<BenchFigure>> curves) throws XMLStreamException {
    List<BenchFigure> all = curves.stream().flatMap(List::stream).toList();
    int most = all.stream().mapToInt(BenchFigure::threads).max().orElse(1);
    Scale y = Scale.of(all, top + PANEL, top + 10);
    Scale x = new Scale(0, log2(most), false, LEFT + EDGE, WIDTH - KEY - EDGE);
    for (double tick : y.ticks()) {
      line(LEFT, y.at(tick), WIDTH - KEY, y.at(tick), "#dddddd");
      text(LEFT - 6, y.at(tick) + 4, "end", Numbers.plain(tick));
    }
    for (int threads :
        all.stream().mapToInt(BenchFigure::threads).distinct().sorted().toArray()) {
      boolean beyond = all.stream().anyMatch(f -> f.threads() == threads && f.beyondProcessors());
      text(x.at(log2(threads)), top + PANEL + 16, "middle", threads + (beyond ? "*" : ""));
    }
    boolean anyBeyond = all.stream().anyMatch(BenchFigure::beyondProcessors);
    text(
        (LEFT + WIDTH - KEY) / 2.0,
        top + PANEL + 32,
        "middle",
        "threads" + (anyBeyond ? " (* more than processors)" : ""));
    text(LEFT, top + 2, "start", unit, "font-style", "italic");
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      double beside = (i - (curves.size() - 1) / 2.0) * BESIDE;
      curve(curves.get(i), colour, x.moved(beside), y);
      int at = top + 20 + i * 16;
      empty("circle", "cx", WIDTH - KEY + 16, "cy", at - 4, "r", 4, "fill", colour);
      text(
          WIDTH - KEY + 26,
          at,
          "start",
          results.shown(curves.get(i).get(0).label()),
          "font-size",
          "11");
    }
    top += PANEL + FOOT;
  }

  private void curve(List<BenchFigure> figures, String colour, Scale x, Scale y)
      throws XMLStreamException {
    StringBuilder path = new StringBuilder();
    for (BenchFigure figure : figures) {
      path.append(path.length() == 0 ? "M" : " L")
          .append(number(x.at(log2(figure.threads()))))
          .append(' ')
          .append(number(y.at(figure.score())));
    }
    empty("path", "d", path, "fill", "none", "stroke", colour, "stroke-width", "1.5");
    for (BenchFigure figure : figures) {
      double at = x.at(log2(figure.threads()));
      if (Double.isFinite(figure.error())) {
        line(
            at,
            y.at(figure.score() - figure.error()),
            at,
            y.at(figure.score() + figure.error()),
            colour);
      }
      for (double fork : figure.forks()) {
        dot(at, y.at(fork), colour);
      }
    }
    for (BenchFit fit : results.fits()) {
      if (!fit.isRefused() && fit.label().equals(figures.get(0).label())) {
        law(fit, figures.get(0).unit(), colour, x, y);
      }
    }
  }

  /** The law through the points of a throughput; of a time, the time that it means. */
  private void law(BenchFit fit, String unit, String colour, Scale x, Scale y)
      throws XMLStreamException {
    StringBuilder path = new StringBuilder();
    for (double log = 0; log <= log2(fit.measuredMax()) + 1e-9; log += 0.125) {
      double threads = Math.pow(2, log);
      double value =
          unit.equals(fit.unit()) ? fit.throughput(threads) : threads / fit.throughput(threads);
      path.append(path.length() == 0 ? "M" : " L")
          .append(number(x.at(log)))
          .append(' ')
          .append(number(y.at(value)));
    }
    empty("path", "d", path, "fill", "none", "stroke", colour, "stroke-dasharray", "2 4");
  }

  // ---- one number of threads

  private void rows(String unit, List<BenchFigure> figures) throws XMLStreamException {
    Scale x = Scale.of(figures, LABELS, WIDTH - 30);
    int bottom = top + figures.size() * ROW;
    for (double tick : x.ticks()) {
      line(x.at(tick), top, x.at(tick), bottom, "#dddddd");
      text(x.at(tick), bottom + 16, "middle", Numbers.plain(tick));
    }
    text((LABELS + WIDTH - 30) / 2.0, bottom + 32, "middle", unit, "font-style", "italic");
    for (int i = 0; i < figures.size(); i++) {
      BenchFigure figure = figures.get(i);
      double at = top + (i + 0.5) * ROW;
      String threads = figure.threads() == 1
          ? ""
          : ", " + figure.threads() + (figure.beyondProcessors() ? "*" : "") + " threads";
      text(
          LABELS - 8,
          at + 4,
          "end",
          fitting(results.shown(figure.label()) + threads),
          "font-size",
          "11");
      if (Double.isFinite(figure.error())) {
        line(
            x.at(figure.score() - figure.error()),
            at,
            x.at(figure.score() + figure.error()),
            at,
            COLOURS[0]);
      }
      for (double fork : figure.forks()) {
        dot(x.at(fork), at, COLOURS[0]);
      }
    }
    top = bottom + FOOT;
  }

  private static String fitting(String label) {
    int most = (LABELS - 16) / CHARACTER;
    return label.length() <= most ? label : label.substring(0, most - 3) + "...";
  }

  // ---- scales

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  /**
   * From values to places; what lies beyond its ends is drawn at them.
   *
   * @param isLog whether equal distances are equal factors
   */
  private record Scale(double low, double high, boolean isLog, double from, double to) {
    /** A factor between values that a linear scale cannot show. */
    private static final double WIDE = 30;

    /** From this factor on only powers of ten are ticks. */
    private static final double MANY = 1000;

    /** For all forks of some figures. */
    static Scale of(List<BenchFigure> figures, double from, double to) {
      double high = 0;
      double low = Double.MAX_VALUE;
      for (BenchFigure figure : figures) {
        for (double fork : figure.forks()) {
          high = Math.max(high, fork);
          low = fork > 0 ? Math.min(low, fork) : low;
        }
      }
      boolean isLog = high / low > WIDE;
      return new Scale(isLog ? low / 2 : 0, high > 0 ? high : 1, isLog, from, to);
    }

    Scale moved(double by) {
      return new Scale(low, high, isLog, from + by, to + by);
    }

    double at(double value) {
      double share = isLog
          ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
          : (value - low) / Math.max(high - low, Double.MIN_NORMAL);
      return from + Math.max(0, Math.min(1, share)) * (to - from);
    }

    /** Some round numbers. */
    List<Double> ticks() {
      return isLog ? powers() : steps();
    }

    private List<Double> powers() {
      double[] multiples = high / low < MANY ? new double[] {1, 2, 5} : new double[] {1};
      List<Double> ticks = new ArrayList<>();
      for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
        for (double multiple : multiples) {
          double tick = multiple * power;
          if (tick >= low && tick <= high) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }

    private List<Double> steps() {
      double rough = (high - low) / TICKS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = rough / power < 1.5 ? power : rough / power < 3.5 ? 2 * power : 5 * power;
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; low + i * step <= high; i++) {
        ticks.add(low + i * step);
      }
      return ticks;
    }
  }

  // ---- XML

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void line(double x1, double y1, double x2, double y2, String colour)
      throws XMLStreamException {
    empty(
        "line",
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2),
        "stroke",
        colour);
  }

  private void dot(double x, double y, String colour) throws XMLStreamException {
    empty(
        "circle", "cx", number(x), "cy", number(y), "r", 3, "fill", colour, "fill-opacity", "0.6");
  }

  private void text(double x, double y, String anchor, String text, Object... attributes)
      throws XMLStreamException {
    element("text", "x", number(x), "y", number(y), "text-anchor", anchor);
    attributes(attributes);
    xml.writeCharacters(text);
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private void element(String name, Object... attributes) throws XMLStreamException {
    xml.writeStartElement(name);
    attributes(attributes);
  }

  private void empty(String name, Object... attributes) throws XMLStreamException {
    xml.writeEmptyElement(name);
    attributes(attributes);
    xml.writeCharacters("\n");
  }

  private void attributes(Object... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i].toString(), attributes[i + 1].toString());
    }
  }
}
