// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit XML of the results of any engine. A suite in which nothing was executed has an error:
 * skipped cases alone would look green.
 */
public final class JunitXml {
  private JunitXml() {}

  /** How a case came out. */
  public enum Status {
    PASSED(""),
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
   * @param group to which it belongs, which viewers take for a class
   * @param seconds that it took
   * @param message what was expected and what was found, or why it was skipped; empty if it passed
   */
  public record Case(String group, String name, double seconds, Status status, String message) {}

  /** Writes a suite of them. */
  public static void write(String suite, List<Case> cases, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      boolean isEmpty = count(cases, Status.SKIPPED) == cases.size();
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", suite);
      xml.writeAttribute("tests", Integer.toString(cases.size() + (isEmpty ? 1 : 0)));
      xml.writeAttribute("errors", isEmpty ? "1" : "0");
      xml.writeAttribute("failures", Long.toString(count(cases, Status.FAILED)));
      xml.writeAttribute("skipped", Long.toString(count(cases, Status.SKIPPED)));
      if (isEmpty) {
        write(
            xml,
            new Case(suite, "at least one test runs", 0, Status.PASSED, ""),
            "error",
            "expected a result, found none: nothing was executed");
      }
      for (Case each : cases) {
        write(xml, each, each.status().element, each.message());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static long count(List<Case> cases, Status status) {
    return cases.stream().filter(each -> each.status() == status).count();
  }

  private static void write(XMLStreamWriter xml, Case written, String element, String message)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", written.group());
    xml.writeAttribute("name", written.name());
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", written.seconds()));
    if (!element.isEmpty()) {
      xml.writeEmptyElement(element);
      xml.writeAttribute("message", message);
    }
    xml.writeEndElement();
  }
}
