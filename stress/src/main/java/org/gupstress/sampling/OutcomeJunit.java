// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The rows as JUnit XML: a lost control fails like a forbidden outcome, and a run in which nothing
 * was executed is an error.
 */
final class OutcomeJunit {
  private OutcomeJunit() {}

  static void write(List<OutcomeRow> rows, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "jcstress");
      boolean isEmpty = rows.stream().noneMatch(OutcomeRow::hasRun);
      xml.writeAttribute("tests", Integer.toString(rows.size() + (isEmpty ? 1 : 0)));
      xml.writeAttribute("errors", isEmpty ? "1" : "0");
      xml.writeAttribute(
          "failures",
          Long.toString(
              rows.stream().filter(row -> row.hasRun() && !row.isAsExpected()).count()));
      xml.writeAttribute(
          "skipped", Long.toString(rows.stream().filter(row -> !row.hasRun()).count()));
      if (isEmpty) {
        nothingRan(xml);
      }
      for (OutcomeRow row : rows) {
        xml.writeCharacters("\n  ");
        testcase(xml, row);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** Skipped tests alone would look green. */
  private static void nothingRan(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "jcstress");
    xml.writeAttribute("name", "at least one test runs");
    xml.writeStartElement("error");
    xml.writeAttribute("message", "expected samples, found none: nothing was executed");
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void testcase(XMLStreamWriter xml, OutcomeRow row) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", Jcstress.PACKAGE + row.test().question());
    xml.writeAttribute("name", row.test().name());
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", row.seconds()));
    if (!row.hasRun()) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", row.whyNot());
      xml.writeEndElement();
    } else if (!row.isAsExpected()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", why(row));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String why(OutcomeRow row) {
    if (!row.forbidden().isEmpty()) {
      return "expected no forbidden outcome, found " + String.join(", ", row.forbidden());
    }
    if (row.isControlLost()) {
      return String.format(
          Locale.ROOT,
          "expected each known defect at least %d times, found less of %s in %d samples",
          row.controlMin(),
          String.join(", ", row.controlsLost()),
          row.samples());
    }
    return row.complaint().isEmpty()
        ? "expected " + row.planned() + " configurations, found "
            + row.executions().size()
        : row.complaint();
  }
}
