// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchFit;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.BenchShape;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Pictures are well-formed whatever they are of, and show every fork. */
class BenchSvgTest {
  private static final String NASTY = "<a & \"b\"> 'c'";

  private static BenchFigure figure(String label, int threads, double score, double... forks) {
    List<Double> all = new ArrayList<>();
    for (double fork : forks) {
      all.add(fork);
    }
    return new BenchFigure(
        "Question",
        "what?",
        "",
        label,
        Map.of(),
        "",
        "ns/op",
        threads,
        threads > 2,
        all,
        score,
        1,
        "");
  }

  private static BenchResults results(BenchFigure... figures) {
    BenchResults results = new BenchResults();
    results.figures().addAll(List.of(figures));
    return results;
  }

  private static Document draw(BenchResults results)
      throws IOException, SAXException, ParserConfigurationException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BenchSvg.write(results, "Question", out);
    return parse(out.toByteArray());
  }

  private static Document parse(byte[] xml)
      throws IOException, SAXException, ParserConfigurationException {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new ByteArrayInputStream(xml));
  }

  private static List<Element> all(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document svg) {
    return all(svg, "text").stream().map(Element::getTextContent).toList();
  }

  @Test
  void labelsAreEscaped() throws Exception {
    Document svg = draw(results(figure(NASTY, 1, 2, 1, 2, 3)));
    assertThat(texts(svg)).contains(NASTY);
  }

  @Test
  void theControl_aLabelThatIsNotEscapedIsNotWellFormed() {
    byte[] xml = ("<svg><text>" + NASTY + "</text></svg>").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> parse(xml)).isInstanceOf(SAXException.class);
  }

  private static BenchFigure within(double error, BenchFigure figure) {
    return new BenchFigure(
        figure.question(),
        figure.sentence(),
        figure.notes(),
        figure.benchmark(),
        figure.params(),
        figure.metric(),
        figure.unit(),
        figure.threads(),
        figure.beyondProcessors(),
        figure.forks(),
        figure.score(),
        error,
        figure.failure());
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<Element> marks(Document svg, String name) {
    return all(svg, "polygon").stream()
        .filter(mark -> mark.getAttribute("class").equals(name))
        .toList();
  }

  private static List<Element> crosses(Document svg) {
    return all(svg, "path").stream()
        .filter(path -> path.getAttribute("class").equals("cross"))
        .toList();
  }

  private static List<Element> bars(Document svg) {
    return all(svg, "line").stream()
        .filter(line -> !line.getAttribute("stroke").equals("#dddddd"))
        .toList();
  }

  @Test
  void everyForkIsADotAndEveryIntervalABar() throws Exception {
    Document svg = draw(results(
        figure("curve", 1, 2, 1, 2, 3), figure("curve", 4, 5, 4, 5, 6), figure("alone", 1, 9, 9)));
    assertThat(all(svg, "circle")).hasSize(3 + 3 + 1);
    assertThat(bars(svg)).hasSize(3);
    assertThat(texts(svg)).contains("4", "alone");
  }

  @Test
  void aNoisyFigureIsHollowAndOthersAreNot() throws Exception {
    Document svg = draw(results(
        within(1, figure("curve", 1, 20, 20)),
        within(4, figure("curve", 2, 20, 20)),
        within(Double.NaN, figure("alone", 1, 20, 20))));
    assertThat(all(svg, "circle").stream().map(dot -> dot.getAttribute("fill")))
        .containsExactly("#4477aa", "#ffffff", "#ffffff");
    assertThat(texts(svg))
        .anyMatch(text -> text.contains("hollow if their mean is not known to 10 %"));
  }

  @Test
  void aValueOfNothingIsACrossOnALogarithmicAxisAndADotOnALinearOne() throws Exception {
    BenchFigure nothing = within(0, figure("curve", 2, 0, 0));
    Document log = draw(results(
        within(0, figure("curve", 1, 1, 1)), nothing, within(0, figure("curve", 4, 900, 900))));
    assertThat(crosses(log)).hasSize(1);
    assertThat(all(log, "circle")).hasSize(2);
    // nor does the curve go there
    assertThat(all(log, "path").get(0).getAttribute("d").split("M", -1)).hasSize(1 + 2);
    Document linear = draw(
        results(within(0, figure("curve", 1, 8, 8)), nothing, within(0, figure("curve", 4, 9, 9))));
    assertThat(crosses(linear)).isEmpty();
    assertThat(all(linear, "circle")).hasSize(3);
  }

  @Test
  void aFigureThatNoiseHidesHasItsForksButNoBarAndNoPlaceInTheCurve() throws Exception {
    BenchFigure[] curve = {
      within(4, figure("curve", 1, 20, 19, 21)),
      within(4, figure("curve", 2, 20, 19, 21)),
      within(4, figure("curve", 4, 20, 19, 21))
    };
    assertThat(bars(draw(results(curve)))).hasSize(3);
    assertThat(all(draw(results(curve)), "path").get(0).getAttribute("d").split("L", -1))
        .hasSize(3);
    curve[2] = within(11, curve[2]);
    Document svg = draw(results(curve));
    assertThat(all(svg, "circle")).hasSize(6);
    assertThat(bars(svg)).hasSize(2);
    assertThat(all(svg, "path").get(0).getAttribute("d").split("L", -1)).hasSize(2);
    assertThat(bars(draw(results(within(30, figure("alone", 1, 9, 9)))))).isEmpty();
  }

  @Test
  void aFigureThatIsReadWithoutItsHiddenMeanIsDrawnAsTheOneThatWasWritten() throws Exception {
    BenchFigure hidden = within(30, figure("alone", 1, 9, 4, 14));
    BenchFigure read = within(Double.NaN, figure("alone", 1, Double.NaN, 4, 14));
    BenchFigure beside = figure("beside", 1, 20, 19, 21);
    BenchFigure[] curve = {figure("curve", 1, 20, 19, 21), within(30, figure("curve", 2, 9, 4, 14))
    };
    BenchFigure[] readCurve = {curve[0], within(Double.NaN, figure("curve", 2, Double.NaN, 4, 14))};
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    BenchSvg.write(results(hidden, beside, curve[0], curve[1]), "Question", written);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    BenchSvg.write(results(read, beside, readCurve[0], readCurve[1]), "Question", again);
    assertThat(again.toString(StandardCharsets.UTF_8))
        .isEqualTo(written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theTitleIsTheQuestionAndAxesHaveUnitsInWords() throws Exception {
    Document svg =
        draw(results(figure("curve", 1, 2, 2), figure("curve", 2, 3, 3), figure("alone", 1, 9, 9)));
    assertThat(texts(svg).get(0)).isEqualTo("what?");
    assertThat(texts(svg).stream().filter("nanoseconds per operation"::equals)).hasSize(2);
    assertThat(texts(svg)).contains("number of threads").noneMatch(text -> text.contains("ns/op"));
  }

  @Test
  void moreThreadsThanProcessorsAreShadedAndLabelled() throws Exception {
    Document svg =
        draw(results(figure("curve", 1, 2, 2), figure("curve", 2, 3, 3), figure("curve", 4, 5, 5)));
    assertThat(texts(svg)).contains("more threads than processors");
    List<Element> shades = shades(svg);
    assertThat(shades).hasSize(1);
    double from = number(shades.get(0), "x");
    assertThat(from)
        .isGreaterThan(number(all(svg, "circle").get(1), "cx"))
        .isLessThan(number(all(svg, "circle").get(2), "cx"));
    Document few = draw(results(figure("curve", 1, 2, 2), figure("curve", 2, 3, 3)));
    assertThat(texts(few)).doesNotContain("more threads than processors");
    assertThat(shades(few)).isEmpty();
    assertThat(shades(draw(results(figure("alone", 4, 5, 5))))).hasSize(1);
  }

  private static List<Element> shades(Document svg) {
    return all(svg, "rect").stream()
        .filter(area -> area.getAttribute("fill").equals("#f1f1f1"))
        .toList();
  }

  // ---- the law

  private static BenchResults fitted(double peak) {
    return fitted(peak, 0.001);
  }

  private static BenchResults fitted(double peak, double kappaError) {
    BenchResults results =
        results(figure("curve", 1, 2, 2), figure("curve", 2, 3, 3), figure("curve", 4, 5, 5));
    results
        .fits()
        .add(new BenchFit(
            "Question",
            "curve",
            List.of(1, 2, 4),
            List.of(4),
            "ops/ns",
            0.5,
            0.1,
            0.01,
            0.02,
            kappaError,
            peak,
            4,
            ""));
    return results;
  }

  private static List<Element> dashed(Document svg, String dashes) {
    return all(svg, "path").stream()
        .filter(path -> path.getAttribute("stroke-dasharray").equals(dashes))
        .toList();
  }

  private static double lastX(Element path) {
    String d = path.getAttribute("d");
    String[] last = d.substring(d.lastIndexOf('L') + 1).strip().split(" ", -1);
    return Double.parseDouble(last[0]);
  }

  @Test
  void aLawIsDashedFromWhatWasMeasuredToItsPeak() throws Exception {
    Document svg = draw(fitted(12));
    assertThat(dashed(svg, "1.5 3")).hasSize(1);
    assertThat(dashed(svg, "7 4")).hasSize(1);
    assertThat(marks(svg, "diamond")).hasSize(1);
    assertThat(lastX(dashed(svg, "1.5 3").get(0)))
        .isEqualTo(number(all(svg, "circle").get(2), "cx"));
    assertThat(lastX(dashed(svg, "7 4").get(0)))
        .isGreaterThan(lastX(dashed(svg, "1.5 3").get(0)));
    assertThat(texts(svg)).contains("8");
  }

  @Test
  void aPeakThatWasPassedNeedsNoDashes() throws Exception {
    Document svg = draw(fitted(3));
    assertThat(dashed(svg, "7 4")).isEmpty();
    assertThat(marks(svg, "diamond")).hasSize(1);
    Document none = draw(fitted(Double.NaN));
    assertThat(dashed(none, "7 4")).isEmpty();
    assertThat(marks(none, "diamond")).isEmpty();
  }

  @Test
  void aPeakThatIsFarIsPointedTo() throws Exception {
    Document svg = draw(fitted(1e6));
    assertThat(marks(svg, "diamond")).isEmpty();
    assertThat(marks(svg, "arrow")).hasSize(1);
    assertThat(texts(svg)).contains("16").doesNotContain("32");
  }

  @Test
  void aLawThatNoiseHidesIsNotDrawn() throws Exception {
    for (double error : new double[] {0.03, Double.NaN}) {
      Document svg = draw(fitted(12, error));
      assertThat(dashed(svg, "1.5 3")).isEmpty();
      assertThat(dashed(svg, "7 4")).isEmpty();
      assertThat(marks(svg, "diamond")).isEmpty();
    }
  }

  // ---- what is published

  @Test
  void whatIsPublishedIsTheCaption() throws Exception {
    BenchResults results = results(figure("curve", 1, 2, 2));
    String published =
        "it rises with every thread and falls with none ".repeat(5).strip();
    results
        .shapes()
        .add(new BenchShape(
            "Question",
            published,
            "somebody, 2018",
            "it falls",
            BenchShape.Agreement.OPEN,
            "Smaller."));
    List<String> texts = texts(draw(results));
    assertThat(String.join(" ", texts))
        .contains("Published: " + published + " (somebody, 2018).")
        .contains("Here: it falls: noise hides whether it has that shape.");
    assertThat(texts).allMatch(text -> text.length() < 150);
  }

  @Test
  void aQuestionWithoutAPublishedFigureSaysSo() throws Exception {
    BenchResults results = results(figure("curve", 1, 2, 2));
    results.shapes().add(BenchShape.unpublished("Question"));
    assertThat(texts(draw(results))).contains(BenchShape.UNPUBLISHED);
  }

  // ---- many curves

  private static BenchResults many(int curves) {
    BenchResults results = new BenchResults();
    for (int i = 0; i < curves; i++) {
      for (int threads = 1; threads <= 8; threads *= 2) {
        results.figures().add(figure("curve of a long name " + i, threads, 10 + i, 10 + i));
      }
    }
    return results;
  }

  @Test
  void barsStandBesideEachOther() throws Exception {
    Document svg = draw(many(8));
    List<Double> places =
        bars(svg).stream().map(bar -> number(bar, "x1")).sorted().toList();
    assertThat(places).hasSize(8 * 4);
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i) - places.get(i - 1)).isGreaterThanOrEqualTo(2 * SvgPen.DOT);
    }
  }

  @Test
  void moreCurvesThanColoursAreMorePanels() throws Exception {
    Document one = draw(many(8));
    Document three = draw(many(20));
    assertThat(texts(one).stream().filter("number of threads"::equals)).hasSize(1);
    assertThat(texts(three).stream().filter("number of threads"::equals)).hasSize(3);
    assertThat(texts(three)).contains("curve of a long name 19");
  }

  /** As wide as a usual font without serifs is. */
  @Test
  void noTextIsOnAnother() throws Exception {
    BenchResults results = many(8);
    results.figures().addAll(fitted(1e6).figures());
    results.fits().addAll(fitted(1e6).fits());
    results.figures().add(figure("a row of a name that is longer than there is room", 4, 5, 5));
    results.figures().add(figure("b", 1, 5e5, 5e5));
    results.shapes().add(BenchShape.unpublished("Question"));
    List<double[]> boxes = new ArrayList<>();
    for (Element text : all(draw(results), "text")) {
      double size = text.getAttribute("font-size").isEmpty() ? 12 : number(text, "font-size");
      double width = 0.6 * size * text.getTextContent().length();
      double left = number(text, "x");
      left -= switch (text.getAttribute("text-anchor")) {
        case "end" -> width;
        case "middle" -> width / 2;
        default -> 0;
      };
      boxes.add(
          new double[] {left, left + width, number(text, "y") - 0.8 * size, number(text, "y")});
    }
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        double[] a = boxes.get(i);
        double[] b = boxes.get(j);
        assertThat(a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3])
            .as("%s and %s", List.of(a[0], a[2]), List.of(b[0], b[2]))
            .isFalse();
      }
    }
  }

  @Test
  void nothingIsDrawnOutsideWhateverTheValues() throws Exception {
    Document svg = draw(results(
        figure("wide", 1, 1e-3, 1e-3),
        figure("wide", 64, 1e9, 1e9),
        figure("zero", 2, 0, 0, 0),
        figure("zeros", 1, 0, 0),
        figure("zeros", 2, 0, 0)));
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ", -1);
    assertThat(all(svg, "circle")).isNotEmpty();
    for (Element circle : all(svg, "circle")) {
      assertThat(number(circle, "cx")).isBetween(0.0, Double.parseDouble(box[2]));
      assertThat(number(circle, "cy")).isBetween(0.0, Double.parseDouble(box[3]));
    }
  }

  @Test
  void whatHasFailedIsNotDrawn() throws Exception {
    BenchFigure failed = new BenchFigure(
        "Question",
        "what?",
        "",
        "b",
        Map.of(),
        "",
        "",
        1,
        false,
        List.of(),
        Double.NaN,
        Double.NaN,
        "why");
    assertThat(all(draw(results(failed)), "circle")).isEmpty();
  }
}
