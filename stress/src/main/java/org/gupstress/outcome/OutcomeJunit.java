// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The rows as JUnit XML: a lost control fails like a forbidden outcome. */
final class OutcomeJunit {
  private OutcomeJunit() {}

  static void write(List<OutcomeRow> rows, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "jcstress");
      xml.writeAttribute("tests", Integer.toString(rows.size()));
      xml.writeAttribute(
          "failures",
          Long.toString(
              rows.stream().filter(row -> row.hasRun() && !row.isAsExpected()).count()));
      xml.writeAttribute(
          "skipped", Long.toString(rows.stream().filter(row -> !row.hasRun()).count()));
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
      return "expected the known defect of this design at least once, found it never in "
          + row.samples()
          + " samples";
    }
    return row.complaint().isEmpty()
        ? "expected " + row.planned() + " configurations, found "
            + row.executions().size()
        : row.complaint();
  }
}
