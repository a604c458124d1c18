// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Lines keep to the width; words and tokens stay whole. */
class SheetTest {
  private static final String TOKEN =
      "a-design/a-scenario-with-a-long-name/production/2x2#0123abcd.a12b5a+a3b15c22d1a1b1c1d1";

  private static List<String> mail(Consumer<Sheet> print) {
    StringWriter text = new StringWriter();
    print.accept(new Sheet(new PrintWriter(text), Format.MAIL, false));
    return text.toString().lines().toList();
  }

  @Test
  void aTokenIsNeverFolded() {
    assertThat(TOKEN.length()).isGreaterThan(Format.MAIL.width());
    assertThat(mail(sheet -> sheet.token(4, TOKEN)))
        .containsExactly("    gupstress replay \\", TOKEN);
    String fits = TOKEN.substring(0, 66);
    assertThat(mail(sheet -> sheet.token(4, fits)))
        .containsExactly("    gupstress replay \\", "    " + fits);
    assertThat(mail(sheet -> sheet.token(4, "a/b#c.a1")))
        .containsExactly("    gupstress replay a/b#c.a1");
  }

  @Test
  void aTextIsWrappedAtSpaces() {
    assertThat(mail(sheet -> sheet.text(Ink.PLAIN, "lead: ", "word ".repeat(20))))
        .hasSize(2)
        .allMatch(line -> line.length() <= 72)
        .allMatch(line -> line.matches("(lead:| {5}) word( word)*"));
  }

  @Test
  void aWordThatIsTooLongForItsPlaceStandsBelowWhatLeadsIt() {
    String lead = " ".repeat(50) + "cpu3: ";
    String indent = " ".repeat(72 - "inactive_file_of_memcg".length());
    assertThat(mail(sheet -> sheet.text(Ink.PLAIN, lead, "on inactive_file_of_memcg PG_lru")))
        .containsExactly(
            lead.stripTrailing(),
            indent + "on",
            indent + "inactive_file_of_memcg",
            indent + "PG_lru");
  }
}
