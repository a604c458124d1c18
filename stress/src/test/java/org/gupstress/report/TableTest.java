// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.gupstress.text.Format;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables keep to their columns however much is in them. */
class TableTest {

  private static List<String> print(Table table, Format format, boolean coloured) {
    StringWriter text = new StringWriter();
    table.print(new Sheet(new PrintWriter(text), format, coloured));
    return Arrays.asList(text.toString().split("\n", -1));
  }

  @Test
  void longCellsWrapUnderTheirHeading() {
    Table table = new Table("claim", "rfc-oct");
    table.add("pin-counted", "R-01 ".repeat(30).strip());
    List<String> lines = print(table, Format.MAIL, false);
    assertThat(lines).hasSizeGreaterThan(4).allMatch(line -> line.length() <= 72);
    assertThat(lines.get(2)).matches(" {13}R-01.*");
  }

  @Test
  void columnsThatDoNotFitComeBelow() {
    String[] heading = Collections.nCopies(20, "a-design-name").toArray(String[]::new);
    Table table = new Table(heading);
    table.add(Collections.nCopies(20, "holds").toArray(String[]::new));
    List<String> lines = print(table, Format.MAIL, false);
    assertThat(lines).allMatch(line -> line.length() <= 72);
    assertThat(String.join(" ", lines).split("holds", -1)).hasSizeGreaterThan(20);
  }

  /** Every word of a table is on one of its lines, whole. */
  @ParameterizedTest
  @ValueSource(ints = {60, 72, 80, 100})
  void wordsAreNeverBroken(int width) {
    List<String> words = List.of(
        "PG_unevictable",
        "covered",
        "reclaim-progresses-under-pressure",
        "a-scenario-of-a-user-with-a-long-name-and-no-space-in-it");
    for (String first : words) {
      for (String second : words) {
        StringWriter text = new StringWriter();
        Table table = new Table("what", "where", "how often");
        table.add(first, "at " + second + " and covered", "1 of 2");
        table.print(new Sheet(new PrintWriter(text), Format.MAIL, width, false));
        List<String> printed = Arrays.asList(text.toString().split("\\s+", -1));
        assertThat(printed).contains(first, second, "covered", "where", "of");
        assertThat(text.toString().lines()).allMatch(line -> line.length() <= width);
      }
    }
  }

  @Test
  void coloursTakeNoColumns() {
    Table table = new Table("claim", "rfc-oct");
    table.add(List.of(Table.Cell.of("pin-counted"), new Table.Cell(Ink.GREEN, "holds")));
    String line = print(table, Format.TERMINAL, true).get(1);
    assertThat(line).isEqualTo("pin-counted  \u001b[32mholds\u001b[0m");
    assertThat(print(table, Format.MAIL, true).get(1)).isEqualTo("pin-counted  holds");
  }
}
