// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gupstress.result.JunitXml.Case;
import org.gupstress.result.JunitXml.Status;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Whatever a text holds, a parser reads it. */
class JunitXmlTest {
  private static final String ODD =
      "\u0000\u001b[31m<b attr=\"'\">&amp; ]]> \ud800 \ufffe \ud83d\ude00 \u00e9";
  private static final String READ =
      "\\u0000\\u001b[31m<b attr=\"'\">&amp; ]]> \\ud800 \\ufffe \ud83d\ude00 \u00e9";

  private static Document written(Case... cases) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JunitXml.write(List.of(cases), out);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(out.toByteArray()));
  }

  private static Element first(Document xml, String name) {
    return (Element) xml.getElementsByTagName(name).item(0);
  }

  @Test
  void anyTextIsWellFormed() throws Exception {
    Document xml = written(new Case(ODD, ODD, ODD, 0.5, Status.FAILED, ODD, ODD + "\n  two"));
    assertThat(first(xml, "testsuite").getAttribute("name")).isEqualTo(READ);
    assertThat(first(xml, "testcase").getAttribute("classname")).isEqualTo(READ);
    assertThat(first(xml, "testcase").getAttribute("time")).isEqualTo("0.500");
    assertThat(first(xml, "failure").getAttribute("message")).isEqualTo(READ);
    assertThat(first(xml, "failure").getTextContent()).isEqualTo(READ + "\n  two");
  }

  @Test
  void aSuiteCountsItsOwnCases() throws Exception {
    Document xml = written(
        new Case("one", "g", "a", 0, Status.PASSED, "", ""),
        new Case("two", "g", "b", 0, Status.SKIPPED, "no time", ""),
        new Case("one", "g", "c", 0, Status.FAILED, "expected", "found"),
        new Case("one", "g", "d", 0, Status.PASSED, "", "known"));
    Element one = first(xml, "testsuite");
    assertThat(one.getAttribute("tests")).isEqualTo("3");
    assertThat(one.getAttribute("failures")).isEqualTo("1");
    assertThat(one.getElementsByTagName("system-out").item(0).getTextContent()).isEqualTo("known");
    Element two = (Element) xml.getElementsByTagName("testsuite").item(1);
    assertThat(two.getAttribute("skipped")).isEqualTo("1");
    assertThat(two.getAttribute("errors")).isEqualTo("1");
    assertThat(two.getElementsByTagName("error").getLength()).isEqualTo(1);
  }

  @Test
  void nothingAtAllIsAnError() throws Exception {
    assertThat(first(written(), "error").getAttribute("message")).contains("nothing was executed");
  }
}
