// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.Storms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed loses the row that was being written, and no other. */
class RowLogTest {
  private static final ResultJson.Budget BUDGET = new ResultJson.Budget(Duration.ofSeconds(60), 4);

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("result.json");
  }

  private RowLog begin() throws IOException {
    return RowLog.begin(ResultFile.at(file), 7, BUDGET);
  }

  private static RowLog.Row numbered(int number) {
    return json -> json.writeNumberField("number", number);
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    ResultRows.read(file, row -> numbers.add(row.number("number")));
    return numbers;
  }

  private void assertWhole() throws IOException {
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      int tokens = 0;
      while (json.nextToken() != null) {
        tokens++;
      }
      assertThat(tokens).isGreaterThan(20);
    }
  }

  @Test
  void theFileIsWholeAfterEveryRow() throws IOException {
    try (RowLog log = begin()) {
      assertWhole();
      for (int i = 0; i < 5; i++) {
        log.add(numbered(i));
        assertWhole();
        assertThat(numbers()).hasSize(i + 1);
      }
      assertThat(log.failure()).isNull();
    }
    assertThat(numbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(Files.readAllLines(file)).hasSize(7).contains("{\"number\":3},");
    assertThat(Files.readString(file)).startsWith("{\"schema\":").contains("\"seed\":7");
  }

  @Test
  void aFileCutAnywhereHasTheRowsThatAreWhole() throws IOException {
    try (RowLog log = begin()) {
      log.add(numbered(1));
      log.add(json -> {
        json.writeNumberField("number", 2);
        json.writeBooleanField("flag", true);
        json.writeStringField("text", "a \u20ac and a \"quote\"");
        json.writeNumberField("share", 1.5e-9);
      });
      log.add(numbered(3));
    }
    byte[] whole = Files.readAllBytes(file);
    String text = Files.readString(file);
    int rows = text.indexOf("\"rows\":[");
    for (int length = rows; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      List<Long> numbers = new ArrayList<>();
      boolean isCut = ResultRows.read(file, row -> numbers.add(row.number("number")));
      long expected = text.substring(0, length).chars().filter(c -> c == '}').count()
          - text.substring(0, rows).chars().filter(c -> c == '}').count();
      assertThat(numbers).as("the first %d bytes", length).hasSize((int) Math.min(3, expected));
      assertThat(isCut).as("the first %d bytes", length).isEqualTo(length < whole.length - 1);
    }
  }

  @Test
  void rubbishInTheMiddleIsNotACut() throws IOException {
    try (RowLog log = begin()) {
      log.add(numbered(1));
      log.add(numbered(2));
    }
    Files.writeString(file, Files.readString(file).replace("{\"number\":1}", "{\"number\":oops}"));
    assertThatThrownBy(this::numbers).hasMessageContaining("line 2: this is not JSON");
  }

  @Test
  void aFileCutInItsHeadIsNoResult() throws IOException {
    begin().close();
    Files.writeString(file, Files.readString(file).substring(0, 5));
    assertThatThrownBy(this::numbers).hasMessageContaining("this is not JSON");
  }

  @Test
  void theFileOfBeforeIsReplacedAtTheBeginning() throws IOException {
    Files.writeString(file, "x".repeat(100_000));
    begin().close();
    assertThat(numbers()).isEmpty();
    assertThat(Files.size(file)).isLessThan(1000);
  }

  @Test
  void aRowThatCannotBeWrittenIsTheLast() throws IOException {
    try (RowLog log = begin()) {
      log.add(numbered(1));
      log.add(json -> {
        throw new IOException("no space left on device");
      });
      log.add(numbered(2));
      assertThat(log.failure()).hasMessage("no space left on device");
    }
    assertWhole();
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsWrittenFromBeginningToEnd() throws IOException {
    assertThatThrownBy(() -> RowLog.begin(ResultFile.at(Path.of("/dev/full")), 7, BUDGET))
        .isInstanceOf(IOException.class);
    try (RowLog log = RowLog.begin(ResultFile.at(Path.of("/dev/null")), 7, BUDGET)) {
      log.add(numbered(1));
      assertThat(log.failure()).isNull();
    }
  }

  @Test
  void aStormIsReadBackAsItWasWritten() throws IOException {
    List<StormSecond> ticks = List.of(Storms.second(1), Storms.second(2));
    StormFinding finding = Storms.stranded();
    StormFinding bare = new StormFinding(
        Harm.LOST_WRITE.claim().id(),
        Harm.LOST_WRITE.id(),
        "page 3 is clean and differs from its disk block",
        1.25,
        3,
        List.of(),
        null,
        null,
        List.of());
    StormResult result = Storms.result(Storms.harm(Harm.STRANDED, 0.25));
    StormRecord written;
    try (RowLog log = begin()) {
      StormLog storm = new StormLog("rfc-oct", Storms.SETUP, log, null);
      ticks.forEach(storm::second);
      storm.finding(finding);
      storm.finding(bare);
      written = storm.end(result);
    }
    StormRows rows = new StormRows();
    assertThat(ResultRows.read(file, rows::take)).isFalse();
    assertThat(rows.stories())
        .containsExactly(written)
        .containsExactly(
            new StormRecord("rfc-oct", Storms.SETUP, ticks, List.of(finding, bare), result));
  }
}
