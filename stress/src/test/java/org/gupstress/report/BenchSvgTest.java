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
        "Question", "what", label, Map.of(), "", "ns/op", threads, threads > 2, all, score, 1, "");
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

  @Test
  void everyForkIsADotAndEveryIntervalABar() throws Exception {
    Document svg = draw(results(
        figure("curve", 1, 2, 1, 2, 3), figure("curve", 4, 5, 4, 5, 6), figure("alone", 1, 9, 9)));
    // one more circle is in the legend
    assertThat(all(svg, "circle")).hasSize(3 + 3 + 1 + 1);
    assertThat(all(svg, "line").stream().filter(l -> !l.getAttribute("stroke").equals("#dddddd")))
        .hasSize(3);
    assertThat(texts(svg)).contains("4*", "threads (* more than processors)", "alone");
  }

  @Test
  void nothingIsDrawnOutsideWhateverTheValues() throws Exception {
    Document svg = draw(results(
        figure("wide", 1, 1e-3, 1e-3), figure("wide", 64, 1e9, 1e9), figure("zero", 2, 0, 0, 0)));
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ", -1);
    for (Element circle : all(svg, "circle")) {
      assertThat(Double.parseDouble(circle.getAttribute("cx")))
          .isBetween(0.0, Double.parseDouble(box[2]));
      assertThat(Double.parseDouble(circle.getAttribute("cy")))
          .isBetween(0.0, Double.parseDouble(box[3]));
    }
  }

  @Test
  void whatHasFailedIsNotDrawn() throws Exception {
    BenchFigure failed = new BenchFigure(
        "Question",
        "what",
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
