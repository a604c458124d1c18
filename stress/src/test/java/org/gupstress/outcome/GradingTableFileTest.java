// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A grading table is read as it is written, and a mistake in one is named with its place. */
class GradingTableFileTest {
  private static final String TABLE = """
      # PinVsNothing

      Why this is a hole.

      ## Tests

      - `*` asks pin-vs-nothing on 2 CPUs of rfc-oct,
        rfc-nov
        - not of page-ext, foll-pin: they count
          elsewhere
      - `*On3Cpus` asks pin-vs-nothing on 3 CPUs of rfc-nov

      ## Outcomes

      ### pinned

      - acceptable in `*`: The page: it is
        pinned.

      ### torn-count

      - control in `RfcNov`: A word.
      - rare in `RfcNovOn*`: Half a word.
      """;

  private static GradingTable read(String text) {
    return GradingTableFile.read("PinVsNothing", text.lines().toList());
  }

  @Test
  void readsWhatIsWritten() {
    GradingTable table = read(TABLE);
    assertThat(table.essay()).isEqualTo("Why this is a hole.");
    assertThat(table.tests())
        .containsExactly(
            new GradingTable.Test("RfcOct", "pin-vs-nothing", "rfc-oct", 2),
            new GradingTable.Test("RfcNov", "pin-vs-nothing", "rfc-nov", 2),
            new GradingTable.Test("RfcNovOn3Cpus", "pin-vs-nothing", "rfc-nov", 3));
    assertThat(table.forms().get(0).leftOut())
        .containsEntry("page-ext", "they count elsewhere")
        .containsEntry("foll-pin", "they count elsewhere");
    assertThat(graded(table, 0)).containsExactly("pinned acceptable The page: it is pinned.");
    assertThat(graded(table, 1))
        .containsExactly("pinned acceptable The page: it is pinned.", "torn-count control A word.");
    assertThat(graded(table, 2))
        .containsExactly(
            "pinned acceptable The page: it is pinned.", "torn-count rare Half a word.");
  }

  private static Stream<String> graded(GradingTable table, int test) {
    return table.rowsOf(table.tests().get(test)).stream()
        .map(row -> row.outcome() + " " + row.grade().id + " " + row.sentence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "control in | kontrol in | PinVsNothing.md:22: expected a grade of acceptable, control,"
            + " rare, weak, found kontrol",
        "control in | forbidden in | PinVsNothing.md:22: expected a grade of acceptable, control,"
            + " rare, weak, found forbidden",
        "asks pin-vs-nothing on 3 | on 3 | PinVsNothing.md:11: expected - `NAME` asks SCENARIO on N"
            + " CPUs of DESIGN, DESIGN, found - `*On3Cpus` on 3 CPUs of rfc-nov",
        "`RfcNov`: A | RfcNov: A | PinVsNothing.md:22: expected ### OUTCOME, or below it - GRADE in"
            + " `TEST TEST`: SENTENCE, found - control in RfcNov: A word.",
        "`RfcNov`: A | `RfcNow`: A | PinVsNothing.md: expected a test, found RfcNow in the row of"
            + " torn-count; there are RfcOct, RfcNov, RfcNovOn3Cpus",
        "`RfcNov`: A | `RfcNov*`: A | PinVsNothing.md: expected one grade of torn-count in"
            + " RfcNovOn3Cpus, found two",
        "in `*`: The | in `RfcNov*`: The | PinVsNothing.md: expected an outcome of RfcOct, found"
            + " none",
        "`*On3Cpus` | `*` | PinVsNothing.md: expected each test once, found RfcNov twice;"
            + " expected a test, found RfcNovOn* in the row of torn-count; there are RfcOct, RfcNov",
        "`*On3Cpus` | `On3Cpus` | 'PinVsNothing.md:11: expected a star in the name, for the design"
            + " that is asked, found - `On3Cpus` asks pin-vs-nothing on 3 CPUs of rfc-nov'",
        "PinVsNothing | PinVsAll | 'PinVsNothing.md:1: expected the title # PinVsNothing, found"
            + " # PinVsAll'",
        "## Outcomes | ## Ends | 'PinVsNothing.md:13: expected - `NAME` asks SCENARIO on N CPUs of"
            + " DESIGN, DESIGN, found ## Ends'",
      })
  void namesTheMistakeAndItsPlace(String right, String wrong, String message) {
    assertThat(TABLE).contains(right);
    String broken = TABLE.replaceFirst(Pattern.quote(right), wrong);
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void namesAHeadingThatIsMissing() {
    assertThatThrownBy(() -> GradingTableFile.read("Empty", List.of("# Empty", "Prose.")))
        .hasMessage("Empty.md:2: expected the headings ## Tests and ## Outcomes,"
            + " found the end of the file");
  }
}
