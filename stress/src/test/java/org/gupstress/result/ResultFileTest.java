// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed loses the row that was being written, and no other. */
class ResultFileTest {
  static final Head HEAD = new Head(7L, Duration.ofSeconds(60), 4);
  private static final String ENGINE = "test";

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("result.json");
  }

  private ResultFile begin() throws Refused {
    return ResultFile.open(file, HEAD);
  }

  private static Row numbered(int number) {
    return json -> json.writeNumberField("number", number);
  }

  private static String row(int number) {
    return "{\"engine\":\"test\",\"key\":\"k\",\"number\":" + number + "}";
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    ResultReader.read(file, row -> numbers.add(row.number("number")));
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
  void theFileIsWholeAfterEveryRow() throws IOException, Refused {
    try (ResultFile log = begin()) {
      for (int i = 0; i < 5; i++) {
        log.add(ENGINE, "k", numbered(i));
        assertWhole();
        assertThat(numbers()).hasSize(i + 1);
      }
      assertThat(log.failure()).isNull();
    }
    assertThat(numbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(Files.readAllLines(file)).hasSize(7).contains(row(3) + ",");
    assertThat(Files.readString(file)).startsWith("{\"schema\":").contains("\"seed\":7");
  }

  @Test
  void aFileCutAnywhereHasTheRowsThatAreWhole() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
      log.add(ENGINE, "k", json -> {
        json.writeNumberField("number", 2);
        json.writeBooleanField("flag", true);
        json.writeStringField("text", "a \u20ac and a \"quote\"");
        json.writeNumberField("share", 1.5e-9);
      });
      log.add(ENGINE, "k", numbered(3));
    }
    byte[] whole = Files.readAllBytes(file);
    String text = Files.readString(file);
    int rows = text.indexOf("\"rows\":[");
    for (int length = rows; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      List<Long> numbers = new ArrayList<>();
      boolean isCut = ResultReader.read(file, row -> numbers.add(row.number("number")));
      long expected = text.substring(0, length).chars().filter(c -> c == '}').count()
          - text.substring(0, rows).chars().filter(c -> c == '}').count();
      assertThat(numbers).as("the first %d bytes", length).hasSize((int) Math.min(3, expected));
      assertThat(isCut).as("the first %d bytes", length).isEqualTo(length < whole.length - 1);
    }
  }

  @Test
  void rubbishInTheMiddleIsNotACut() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
      log.add(ENGINE, "k", numbered(2));
    }
    Files.writeString(file, Files.readString(file).replace(row(1), row(1).replace("1}", "oops}")));
    assertThatThrownBy(this::numbers).hasMessageContaining("line 2: this is not JSON");
  }

  @Test
  void aFileCutInItsHeadIsNoResult() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
    }
    Files.writeString(file, Files.readString(file).substring(0, 5));
    assertThatThrownBy(this::numbers).hasMessageContaining("this is not JSON");
  }

  private void refused(String... words) {
    byte[] before = content();
    assertThatThrownBy(this::begin).isInstanceOf(Refused.class).hasMessageContainingAll(words);
    assertThat(content()).isEqualTo(before);
    assertThat(directory.toFile().list()).hasSizeLessThanOrEqualTo(1);
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatIsNoResultIsRefusedAndStays() throws IOException {
    for (String text :
        List.of("x".repeat(100_000), "[]", "{}", "{\"schema\":\"other/1\",\"rows\":[]}")) {
      Files.writeString(file, text);
      refused("result.json");
    }
  }

  @Test
  void aFileThatIsCutOffIsRefusedAndStays() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
      log.add(ENGINE, "k", numbered(2));
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 10));
    refused("is cut off");
  }

  @Test
  void anEmptyFileIsAsGoodAsNone() throws IOException, Refused {
    Files.createFile(file);
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
    }
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void aRunThatHasNothingToSayLeavesTheFileAsItIs() throws IOException, Refused {
    begin().close();
    assertThat(file).doesNotExist();
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
    }
    try (ResultFile log = begin()) {
      log.drop(ENGINE, List.of("k"));
    }
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void rowsOfTheSameEngineAndKeyAreReplacedAndNoOthers() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
      log.add(ENGINE, "b", numbered(2));
      log.add("other", "a", numbered(3));
      log.add(ENGINE, "a", numbered(4));
    }
    try (ResultFile log = begin()) {
      log.drop(ENGINE, List.of("a", "never seen"));
      log.add(ENGINE, "a", numbered(5));
      assertWhole();
      log.add(ENGINE, "a", numbered(6));
      log.add(ENGINE, "c", numbered(7));
    }
    assertThat(numbers()).containsExactly(2L, 3L, 5L, 6L, 7L);
  }

  @Test
  void rowsThatAreCorrectedTakeThePlaceOfTheOthers() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.put(ENGINE, "a", List.of(numbered(1)));
      log.put(ENGINE, "b", List.of(numbered(2), numbered(3)));
      assertWhole();
      assertThat(numbers()).containsExactly(1L, 2L, 3L);
      log.put(ENGINE, "a", List.of(numbered(4), numbered(5)));
      assertThat(numbers()).containsExactlyInAnyOrder(4L, 5L, 2L, 3L);
      log.put(ENGINE, "b", List.of());
    }
    assertThat(numbers()).containsExactly(4L, 5L);
  }

  @Test
  void rowsOfEarlierRunsStayAsTheyWere() throws IOException, Refused {
    Row all = json -> {
      json.writeNullField("nothing");
      json.writeNumberField("large", Long.MAX_VALUE);
      json.writeNumberField("share", 0.1 + 0.2);
      json.writeStringField("text", "a \u20ac, a \"quote\" and \u0007");
      json.writeArrayFieldStart("array");
      json.writeNull();
      json.writeStartObject();
      json.writeBooleanField("flag", true);
      json.writeEndObject();
      json.writeEndArray();
    };
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", all);
    }
    List<String> before = Files.readAllLines(file);
    try (ResultFile log = begin()) {
      log.add("other", "a", numbered(1));
    }
    assertThat(Files.readAllLines(file)).contains(before.get(1) + ",");
  }

  @Test
  void theSecondOfTwoWritersIsRefused() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
      assertThatThrownBy(this::begin)
          .isInstanceOf(Refused.class)
          .hasMessageContaining("another run is writing it");
      log.add(ENGINE, "a", numbered(2));
    }
    assertThat(numbers()).containsExactly(1L, 2L);
    assertThat(directory.toFile().list()).containsExactly("result.json");
    begin().close();
  }

  /** Another process that wants to write the file. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) {
      try (ResultFile file = ResultFile.open(Path.of(args[0]), HEAD)) {
        System.out.println("opened with " + file.keys(ENGINE).size());
      } catch (Refused e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private String otherProcess() throws IOException {
    Process other = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            file.toString())
        .start();
    return new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void anotherProcessIsRefusedToo() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
      assertThat(otherProcess()).contains("another run is writing it");
      log.add(ENGINE, "a", numbered(2));
    }
    assertThat(otherProcess()).startsWith("opened with 1");
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void theLockOfAWriterThatWasKilledIsNoObstacle() throws IOException, Refused {
    Files.writeString(directory.resolve(".result.json.lock"), "somebody");
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
    }
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void aLargeFileIsReadRowByRow() throws IOException {
    String row = "{\"engine\":\"e\",\"key\":\"k\",\"number\":7,\"pad\":\"" + "x".repeat(1_000_000);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("{\"schema\":\"gupstress-result/2\",\"rows\":[\n");
      for (int i = 0; i < 70; i++) {
        out.write((i == 0 ? "" : ",\n") + row + "\"}");
      }
      out.write("\n]}\n");
    }
    assertThat(numbers()).hasSize(70).containsOnly(7L);
  }

  @Test
  void whatFollowsTheDocumentIsNoPartOfIt() throws IOException {
    String whole = "{\"schema\":\"gupstress-result/2\",\"rows\":[]}";
    for (String more : List.of("x", "}", "[]", whole, " 1")) {
      Files.writeString(file, whole + "\n" + more);
      refused("result.json, line 2: expected the end of the file");
    }
  }

  @Test
  void numbersThatAreTooLargeAreSaid() {
    for (Object large :
        List.of(Double.POSITIVE_INFINITY, 1.5, 1L << 40, new BigInteger("9".repeat(100)))) {
      Fields row = new Fields(Map.of("n", large));
      assertThatThrownBy(() -> row.count("n"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("\"n\"");
    }
    assertThatThrownBy(() -> new Fields(Map.of("n", Double.POSITIVE_INFINITY)).decimal("n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRowThatCannotBeWrittenIsTheLast() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "k", numbered(1));
      log.add(ENGINE, "k", json -> {
        throw new IOException("no space left on device");
      });
      log.add(ENGINE, "k", numbered(2));
      assertThat(log.failure()).hasMessage("no space left on device");
    }
    assertWhole();
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsNoRegularFileIsRefused() throws IOException {
    Files.writeString(directory.resolve("text"), "mine");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("text"));
    for (String special : List.of("/dev/full", "/dev/null", directory + "/link", directory + "")) {
      assertThatThrownBy(() -> ResultFile.open(Path.of(special), HEAD))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("cannot write " + special + ": it is a ");
    }
    assertThat(directory.resolve("text")).hasContent("mine");
  }

  @Test
  void aLockThatIsALinkIsNotWrittenThrough() throws IOException {
    Files.writeString(directory.resolve("text"), "mine");
    Files.createSymbolicLink(directory.resolve(".result.json.lock"), Path.of("text"));
    assertThatThrownBy(this::begin).isInstanceOf(Refused.class).hasMessageContaining("a link");
    assertThat(directory.resolve("text")).hasContent("mine");
  }

  @Test
  void theTextOfAWriterThatWasKilledIsNoObstacle() throws IOException, Refused {
    Files.writeString(
        directory.resolve(".result.json." + ProcessHandle.current().pid()), "half a row");
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
    }
    assertThat(numbers()).containsExactly(1L);
    assertThat(directory.toFile().list()).containsExactly("result.json");
  }

  @Test
  void aFileThatIsRemovedWhileItIsWrittenIsMadeAgain() throws IOException, Refused {
    try (ResultFile log = begin()) {
      log.add(ENGINE, "a", numbered(1));
      Files.delete(file);
      log.add(ENGINE, "a", numbered(2));
    }
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void aDirectoryThatIsRemovedWhileTheFileIsWrittenIsSaid() throws IOException, Refused {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    ResultFile log = ResultFile.open(gone.resolve("result.json"), HEAD);
    log.add(ENGINE, "a", numbered(1));
    for (Path each :
        List.of(gone.resolve("result.json"), gone.resolve(".result.json.lock"), gone)) {
      Files.delete(each);
    }
    log.end();
    assertThatThrownBy(log::check)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.BUDGET_SPENT))
        .hasMessageContaining("no such file or directory");
  }
}
