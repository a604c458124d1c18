// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gupstress.benchmark.FakeJmh.Conduct;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.gupstress.report.BenchPrinter;
import org.gupstress.report.ReportText;
import org.gupstress.result.ResultSchema;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what JMH leaves behind; a fake one, that takes no time. */
class BenchRunTest {
  private static final String EARLIER = """
      {"schema": "gupstress-result/2", "rows": [{"engine": "storm", "row": "plan", "design": "x"}]}""";

  @TempDir
  Path directory;

  private Path json;
  private final StringWriter printed = new StringWriter();

  @BeforeEach
  void leaveAnEarlierResult() throws IOException {
    json = Files.writeString(directory.resolve("result.json"), EARLIER);
  }

  private BenchRun.Options options(Conduct conduct, Duration budget, String... designs) {
    return new BenchRun.Options(
        Effort.QUICK,
        List.of(designs),
        List.of(),
        List.of("GupFast"),
        List.of(),
        budget,
        FakeJmh.jar(directory.resolve("benchmarks.jar"), conduct),
        directory.resolve("results"),
        json,
        directory);
  }

  private Conclusion run(BenchRun.Options options) throws Refused, InterruptedException {
    PrintWriter out = new PrintWriter(printed);
    Conclusion conclusion =
        BenchRun.run(options, out, new BenchPrinter(new Sheet(out, Format.TERMINAL, false)));
    out.flush();
    return conclusion;
  }

  @Test
  void everyConfigurationBecomesARow() throws Refused, InterruptedException, IOException {
    Conclusion conclusion = run(options(Conduct.AS_JMH, null, "foll-pin", "get-page"));
    assertThat(conclusion).isEqualTo(Conclusion.AS_EXPECTED);
    String rows = Files.readString(json);
    assertThat(rows).contains("\"engine\":\"storm\"");
    assertThat(rows.split("\"row\":\"figure\"", -1)).hasSize(1 + 2 + 2);
    // the lower quartile of 100, 3 and 5, in each round
    assertThat(rows)
        .contains("\"forks\":[4.0,4.0,4.0,4.0]")
        .contains("\"forks\":[4.0,4.0,4.0]")
        .doesNotContain("failed");
    assertThat(printed.toString()).contains("foll-pin 16").contains("4.00 +-");
    assertThat(directory.resolve("GupFast.svg")).isNotEmptyFile();
  }

  @Test
  void aForkThatFailsIsARowThatSaysWhy() throws Refused, InterruptedException, IOException {
    Conclusion conclusion = run(options(Conduct.AS_JMH, null, "foll-pin", "rfc-nov"));
    assertThat(conclusion).isEqualTo(Conclusion.SURPRISED);
    assertThat(printed.toString())
        .contains("failed: rfc-nov 512 with 1 thread: ")
        .contains("IllegalStateException: FakeJmh says so");
    assertThat(Files.readString(json)).contains("\"verdict\":\"failed\"");
  }

  @Test
  void aResultThatIsCutOffFailsAllOfItsRows() throws Refused, InterruptedException {
    assertThat(run(options(Conduct.BROKEN_JSON, null, "foll-pin")))
        .isEqualTo(Conclusion.NOTHING_RAN);
    assertThat(printed.toString().replaceAll("\\s+", " ")).contains("jmh.json cannot be read");
  }

  @Test
  void aResultThatIsNotThereFailsAllOfItsRows() throws Refused, InterruptedException {
    assertThat(run(options(Conduct.NO_JSON, null, "foll-pin"))).isEqualTo(Conclusion.NOTHING_RAN);
    assertThat(printed.toString()).contains("Miss-spelled regexp?");
  }

  @Test
  void whatDoesNotEndIsEndedWithTheBudget() throws Refused, InterruptedException {
    BenchRun.Options options = options(Conduct.ENDLESS, Duration.ofSeconds(6), "get-page");
    assertThat(run(options)).isEqualTo(Conclusion.BUDGET_SPENT);
    assertThat(printed.toString()).contains("Not finished, as the time was up: GupFast");
  }

  @Test
  void aRunThatMeasuredNothingLeavesTheRowsThatWereThere() throws Exception {
    run(options(Conduct.AS_JMH, null, "foll-pin"));
    String before = Files.readString(json);
    assertThat(before).contains("\"row\":\"figure\"");
    assertThat(run(options(Conduct.ENDLESS, Duration.ofSeconds(6), "get-page")))
        .isEqualTo(Conclusion.BUDGET_SPENT);
    assertThat(Files.readString(json)).endsWith(before.substring(before.indexOf("\"rows\"")));
  }

  @Test
  void aBudgetThatEndsLeavesAllRoundsThatWereFinished()
      throws Refused, InterruptedException, IOException {
    BenchRun.Options options = options(Conduct.ENDLESS_LATER, Duration.ofSeconds(12), "get-page");
    assertThat(run(options)).isEqualTo(Conclusion.BUDGET_SPENT);
    assertThat(Files.readString(json)).contains("\"forks\":[4.0,4.0]");
    assertThat(printed.toString())
        .contains("get-page 512")
        .contains("4.00 +-")
        .contains("as the time was up: GupFast, 2 of 4 rounds of 1 configuration");
    try (Stream<Path> files = Files.walk(directory.resolve("results"))) {
      assertThat(files.filter(file -> file.endsWith("jmh.json")))
          .hasSize(2)
          .allSatisfy(file -> assertThat(JmhResult.read(file)).hasSize(1));
    }
  }

  @Test
  void noiseGetsFurtherRoundsButNotForEver() throws Refused, InterruptedException, IOException {
    run(options(Conduct.NOISY, null, "get-page"));
    String forks = String.join(
        ",",
        Stream.iterate("4.0", fork -> fork.equals("4.0") ? "8.0" : "4.0")
            .limit(4 + Effort.EXTRA_ROUNDS)
            .toList());
    assertThat(Files.readString(json)).contains("\"forks\":[" + forks + "]");
  }

  @Test
  void theRowsAreReadAsTheyWerePrinted() throws Refused, InterruptedException, IOException {
    Files.delete(json);
    run(options(Conduct.AS_JMH, null, "foll-pin", "rfc-nov"));
    ResultSchema.assertKept(json, "bench");
    StringWriter again = new StringWriter();
    PrintWriter out = new PrintWriter(again);
    ReportText.read(json).print(false, false, new Sheet(out, Format.TERMINAL, false));
    out.flush();
    assertThat(printed.toString()).contains(again.toString().strip());
    assertThat(again.toString()).contains("GupFast: ").contains("failed");
  }

  @Test
  void classesOfTheUsersAreOnTheClassPathOfTheForks() throws Exception {
    BenchRun.Options shipped = options(Conduct.AS_JMH, null, "my-pin", "get-page");
    byte[] bytes = {1, 2, 3};
    BenchRun.Options own = new BenchRun.Options(
        shipped.effort(),
        shipped.designs(),
        List.of(new OwnDesign("my-pin", "a.MyPin", Map.of("a/MyPin", bytes))),
        shipped.questions(),
        shipped.threads(),
        null,
        shipped.jar(),
        shipped.directory(),
        json,
        null);
    assertThat(run(own)).isEqualTo(Conclusion.AS_EXPECTED);
    assertThat(printed.toString()).contains("my-pin 512");
    try (Stream<Path> files = Files.walk(shipped.directory())) {
      List<Path> all = files.toList();
      assertThat(all)
          .filteredOn(file -> file.endsWith("classes/a/MyPin.class"))
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(bytes));
      assertThat(all)
          .filteredOn(
              file -> file.endsWith("classes/META-INF/services/org.gupstress.design.PinDesign"))
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("a.MyPin"));
      assertThat(all)
          .filteredOn(file -> file.endsWith("console.txt"))
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(file).content().contains("benchmarks.jar" + File.pathSeparator));
    }
  }

  @Test
  void theDirectoryForPicturesIsMade() throws Refused, InterruptedException {
    BenchRun.Options good = options(Conduct.AS_JMH, null, "get-page");
    Path svg = directory.resolve("not/there/yet");
    run(new BenchRun.Options(
        good.effort(),
        good.designs(),
        good.own(),
        good.questions(),
        good.threads(),
        null,
        good.jar(),
        good.directory(),
        json,
        svg));
    assertThat(svg.resolve("GupFast.svg")).isNotEmptyFile();
  }

  @Test
  void aJarThatIsMissingIsNamedAndNothingIsTouched() {
    BenchRun.Options good = options(Conduct.AS_JMH, null);
    BenchRun.Options options = new BenchRun.Options(
        good.effort(),
        good.designs(),
        good.own(),
        good.questions(),
        good.threads(),
        null,
        directory.resolve("nowhere.jar"),
        good.directory(),
        json,
        null);
    Refused refused = catchThrowableOfType(Refused.class, () -> run(options));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContaining("nowhere.jar: mvn package makes it");
    assertThat(json).hasContent(EARLIER);
    assertThat(good.directory()).doesNotExist();
  }
}
