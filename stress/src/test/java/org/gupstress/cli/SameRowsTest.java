// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a run do not depend on the number of threads, nor on where it is made. */
class SameRowsTest {
  @TempDir
  private Path directory;

  /** The rows in the order of their text, without what a clock or a heap says. */
  private List<String> rows(String words) throws IOException {
    Path file = directory.resolve("result.json");
    Files.deleteIfExists(file);
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of("--json", file.toString()));
    CommandLineRun.of(all.toArray(String[]::new));
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("{\"engine\""))
        .map(line ->
            line.replaceAll("\"(seconds|visited_bytes)\":[0-9.eE-]+", "").replaceAll(",$", ""))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit --design rfc-jul,foll-pin --scenario pin-unpin,pin-vs-drain,irq-vs-pin",
        "explore --design rfc-nov --scenario pin-vs-drain --outcomes",
        "explore --design rfc-oct --scenario pin-unpin --cpus 3"
      })
  void withAnyNumberOfThreads(String words) throws IOException {
    List<String> one = rows(words + " --threads 1");
    assertThat(one).isNotEmpty();
    for (int threads : new int[] {2, 4, 4}) {
      assertThat(rows(words + " --threads " + threads)).isEqualTo(one);
    }
  }

  @Test
  void inAnyLocaleAndTimeZone() throws IOException {
    String words = "explore --design rfc-oct --scenario pin-vs-drain --outcomes";
    List<String> here = rows(words);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(rows(words)).isEqualTo(here);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void anotherDesignHasOtherRows() throws IOException {
    assertThat(rows("explore --design rfc-nov --scenario pin-vs-drain"))
        .isNotEqualTo(rows("explore --design rfc-oct --scenario pin-vs-drain"));
  }
}
