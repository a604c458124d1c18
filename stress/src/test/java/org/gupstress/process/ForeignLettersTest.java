// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words that a second JVM gets; {@code .ci/hard letters} starts it. */
final class ForeignLettersTest {
  private static String argumentFile(String... words) {
    String line = String.join("\0", words) + "\0";
    return new String(ForeignLetters.argumentFile(line.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void aWordStaysAWordWhateverIsInIt() {
    assertThat(argumentFile("java", "-jar", "my gup.jar", "Größe/X.java", ""))
        .isEqualTo("\"-jar\"\n\"my gup.jar\"\n\"Größe/X.java\"\n\"\"\n");
  }

  @Test
  void whatTheLauncherReadsAsAQuoteIsWritten() {
    assertThat(argumentFile("java", "a\"b\\c\nd\re")).isEqualTo("\"a\\\"b\\\\c\\nd\\re\"\n");
  }

  @Test
  void wordsThatTheLocaleHasNeedNoSecondJvm() {
    assertThat(ForeignLetters.relaunch("explore", "--design", "MyPin.java")).isEmpty();
  }
}
