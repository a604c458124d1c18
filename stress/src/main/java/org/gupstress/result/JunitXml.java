// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

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

/**
 * JUnit XML of the results of any engine. A suite in which nothing was executed has an error:
 * skipped cases alone would look green. What XML 1.0 has no character for is written as Java would
 * write it, with a backslash.
 */
public final class JunitXml {
  /** What stands near the beginning of every such file. */
  public static final String MARK = "<testsuites";

  private static final String NOTHING_RAN = "expected a result, found none: nothing was executed";

  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** How a case came out. */
  public enum Status {
    PASSED("system-out"),
    FAILED("failure"),
    SKIPPED("skipped");

    private final String element;

    Status(String element) {
      this.element = element;
    }
  }

  /**
   * One case.
   *
   * @param suite in which it is: a design
   * @param group to which it belongs, which viewers take for a class
   * @param seconds that it took
   * @param message what was expected and what was found, or why it was skipped; empty if it passed
   * @param body all that there is to read about it, or empty
   */
  public record Case(
      String suite,
      String group,
      String name,
      double seconds,
      Status status,
      String message,
      String body) {}

  /** Writes them, a suite after the other. */
  public static void write(List<Case> cases, OutputStream out) throws IOException {
    Map<String, List<Case>> suites = new LinkedHashMap<>();
    for (Case each : cases) {
      suites.computeIfAbsent(each.suite(), name -> new ArrayList<>()).add(each);
    }
    if (suites.isEmpty()) {
      suites.put("nothing", List.of());
    }
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
        new JunitXml(xml).suite(suite.getKey(), suite.getValue());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void suite(String suite, List<Case> cases) throws XMLStreamException {
    boolean isEmpty = count(cases, Status.SKIPPED) == cases.size();
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute("name", suite);
    attribute("tests", Integer.toString(cases.size() + (isEmpty ? 1 : 0)));
    attribute("errors", isEmpty ? "1" : "0");
    attribute("failures", Long.toString(count(cases, Status.FAILED)));
    attribute("skipped", Long.toString(count(cases, Status.SKIPPED)));
    if (isEmpty) {
      Case none =
          new Case(suite, suite, "at least one test runs", 0, Status.FAILED, NOTHING_RAN, "");
      write(none, "error");
    }
    for (Case each : cases) {
      write(each, each.status().element);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static long count(List<Case> cases, Status status) {
    return cases.stream().filter(each -> each.status() == status).count();
  }

  private void write(Case written, String element) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute("classname", written.group());
    attribute("name", written.name());
    attribute("time", String.format(Locale.ROOT, "%.3f", written.seconds()));
    boolean isPassed = written.status() == Status.PASSED;
    if (!isPassed || !written.body().isEmpty()) {
      xml.writeStartElement(element);
      if (!isPassed) {
        attribute("message", written.message());
      }
      xml.writeCharacters(legal(written.body()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  /** The text with all that XML cannot hold in escapes. */
  private static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().forEach(character -> {
      if (isLegal(character)) {
        legal.appendCodePoint(character);
      } else {
        legal.append(String.format(Locale.ROOT, "\\u%04x", character));
      }
    });
    return legal.toString();
  }

  /** Char of XML 1.0; a carriage return would be read as the end of a line. */
  private static boolean isLegal(int character) {
    return character == '\t'
        || character == '\n'
        || (character >= 0x20 && character <= 0xd7ff)
        || (character >= 0xe000 && character <= 0xfffd)
        || character >= 0x10000;
  }
}
