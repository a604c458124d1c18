// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of an SVG picture. Attributes are given as names and values in turn. */
final class SvgPen {
  static final double DOT = 3;
  private static final double MARK = 4;

  private final XMLStreamWriter xml;

  SvgPen(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  void begin(int width, int height) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("svg");
    attributes(
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "font-family",
        "sans-serif",
        "font-size",
        "12",
        "fill",
        "#222222");
    xml.writeCharacters("\n");
    empty("rect", "width", width, "height", height, "fill", "#ffffff");
  }

  void end() throws XMLStreamException {
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.writeCharacters("\n");
  }

  void text(double x, double y, String anchor, String text, Object... attributes)
      throws XMLStreamException {
    xml.writeStartElement("text");
    attributes("x", number(x), "y", number(y), "text-anchor", anchor);
    attributes(attributes);
    xml.writeCharacters(text);
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  void line(double x1, double y1, double x2, double y2, String colour) throws XMLStreamException {
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

  void path(CharSequence path, String colour, Object... attributes) throws XMLStreamException {
    xml.writeEmptyElement("path");
    attributes("d", path, "fill", "none", "stroke", colour);
    attributes(attributes);
    xml.writeCharacters("\n");
  }

  void area(double x1, double y1, double x2, double y2, String colour) throws XMLStreamException {
    empty(
        "rect",
        "x",
        number(x1),
        "y",
        number(y1),
        "width",
        number(x2 - x1),
        "height",
        number(y2 - y1),
        "fill",
        colour);
  }

  void dot(double x, double y, String colour, boolean isHollow) throws XMLStreamException {
    empty(
        "circle",
        "cx",
        number(x),
        "cy",
        number(y),
        "r",
        number(DOT),
        "fill",
        isHollow ? "#ffffff" : colour,
        "fill-opacity",
        "0.6",
        "stroke",
        colour);
  }

  /** A triangle that points to the right, where something goes on. */
  void arrow(double x, double y, String colour) throws XMLStreamException {
    mark("arrow", colour, true, x + MARK, y, x - MARK, y + MARK, x - MARK, y - MARK);
  }

  /** Marks a value that has no place on its axis. */
  void cross(double x, double y, String colour) throws XMLStreamException {
    StringBuilder path = new StringBuilder();
    for (int side : new int[] {-1, 1}) {
      path.append(path.length() == 0 ? "M" : " M")
          .append(number(x - MARK))
          .append(' ')
          .append(number(y - side * MARK))
          .append(" L")
          .append(number(x + MARK))
          .append(' ')
          .append(number(y + side * MARK));
    }
    path(path, colour, "class", "cross", "stroke-width", "1.5");
  }

  void diamond(double x, double y, String colour) throws XMLStreamException {
    double far = MARK + 1;
    mark("diamond", colour, false, x, y - far, x + far, y, x, y + far, x - far, y);
  }

  private void mark(String name, String colour, boolean isFilled, double... corners)
      throws XMLStreamException {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      points
          .append(i == 0 ? "" : " ")
          .append(number(corners[i]))
          .append(',')
          .append(number(corners[i + 1]));
    }
    empty(
        "polygon",
        "class",
        name,
        "points",
        points,
        "fill",
        isFilled ? colour : "#ffffff",
        "stroke",
        colour);
  }

  void empty(String name, Object... attributes) throws XMLStreamException {
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
