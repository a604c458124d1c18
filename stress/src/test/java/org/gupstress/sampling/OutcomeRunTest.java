// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gupstress.explore.Verdict;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.outcome.Prediction;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.gupstress.report.OutcomeTables;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.vm.CompileMode;

/** What a run says before and after jcstress: JVMs are forked nowhere here. */
class OutcomeRunTest {
  private static final String EARLIER = """
      {"schema": "gupstress-result/2", "rows": [{"engine": "explore"}]}""";

  @TempDir
  Path directory;

  private Path json;

  @BeforeEach
  void leaveAnEarlierResult() throws IOException {
    json = Files.writeString(directory.resolve("result.json"), EARLIER);
  }

  private OutcomeRun.Options options(List<String> designs, List<String> tests, Duration budget) {
    return new OutcomeRun.Options(
        Profile.LEAN, designs, tests, budget, false, directory, json, null);
  }

  private static Conclusion run(OutcomeRun.Options options) throws Refused, InterruptedException {
    return OutcomeRun.run(options, new PrintWriter(new StringWriter()), tests -> {});
  }

  private static Conclusion read(Path result, OutcomeRun.Options options, StringWriter text)
      throws Refused {
    PrintWriter out = new PrintWriter(text);
    return OutcomeRun.read(
        result,
        options,
        out,
        tests -> OutcomeTables.print(tests, new Sheet(out, Format.TERMINAL, false)));
  }

  private Refused refusal(ThrowingCallable run) {
    Refused refused = catchThrowableOfType(Refused.class, run);
    assertThat(refused).isNotNull();
    assertThat(json).hasContent(EARLIER);
    assertThat(directory.toFile().list()).doesNotContain("run-");
    return refused;
  }

  private Refused refusal(OutcomeRun.Options options) {
    return refusal(() -> run(options));
  }

  private Refused refusal(Path result) {
    return refusal(() -> read(result, options(List.of(), List.of(), null), new StringWriter()));
  }

  @Test
  void anUnknownTestIsRefusedWithItsNeighbours() {
    Refused refused = refusal(options(List.of(), List.of("PinVsDrian"), null));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("there is no test \"PinVsDrian\"", "PinVsDrain");
  }

  @Test
  void anUnknownDesignIsRefusedWithItsNeighbours() {
    Refused refused = refusal(options(List.of("rfc-now"), List.of(), null));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("there is no design \"rfc-now\"", "rfc-nov");
  }

  @Test
  void whatWouldSteerATerminalIsNotRepeated() {
    assertThat(refusal(options(List.of(), List.of("\u001b[31mPin"), null)))
        .hasMessageContaining("there is no test \"?[31mPin\"");
  }

  private static Sheet sheet(StringWriter text) {
    return new Sheet(new PrintWriter(text), Format.TERMINAL, false);
  }

  @Test
  void everyNameOfAnEndingCanBeExplained() throws Refused {
    StringWriter text = new StringWriter();
    Explain.run("PinVsDrain.FollPin", "pin-stuck", false, sheet(text));
    assertThat(text.toString())
        .contains("pin-stuck (forbidden)", "No sequentially consistent order");
    assertThatThrownBy(
            () -> Explain.run("PinVsDrain.FollPin", "pin-stack", false, sheet(new StringWriter())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("pin-stuck");
  }

  @Test
  void aChoiceOfNothingIsNotASuccess() {
    Refused refused = refusal(options(List.of("get-page"), List.of("RefcountBias"), null));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.NOTHING_RAN);
    assertThat(refused).hasMessageContaining("no test is about both");
  }

  @Test
  void aBudgetForLessThanOneTestIsRefused() {
    Refused refused =
        refusal(options(List.of(), List.of("PinVsDrain.RfcNov"), Duration.ofSeconds(3)));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.BUDGET_SPENT);
    assertThat(refused).hasMessageContaining("a budget of 3 s is too small");
  }

  @Test
  void anEarlierResultThatIsNoneIsRefusedAndKept() throws IOException {
    Files.writeString(json, "{\"schema\": \"gupstress-result/0\", \"rows\": []}");
    assertThatThrownBy(() -> run(options(List.of(), List.of("PinVsDrain.RfcNov"), null)))
        .isInstanceOf(Refused.class)
        .hasMessageContainingAll("gupstress-result/0", "expected the schema gupstress-result/2");
    assertThat(json).content().contains("gupstress-result/0");
  }

  @Test
  void aResultThatIsLostIsSaidAtTheEnd() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    OutcomeFiles files = OutcomeFiles.of(new OutcomeRun.Options(
        Profile.LEAN,
        List.of(),
        List.of(),
        null,
        false,
        directory,
        gone.resolve("result.json"),
        gone.resolve("junit.xml")));
    Files.delete(gone.resolve(".result.json.lock"));
    Files.delete(gone);
    files.save(List.of(row("PinVsDrain.RfcOct", Map.of("pinned", 10L))));
    files.close();
    assertThatThrownBy(files::check)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot write " + gone.resolve("result.json") + ": no such");
  }

  private Path resultFile() throws IOException {
    Path file = directory.resolve("run.bin.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("not what jcstress writes".getBytes(StandardCharsets.US_ASCII));
    }
    return file;
  }

  @Test
  void aForeignResultFileIsRefused() throws IOException {
    Refused refused = refusal(resultFile());
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("run.bin.gz", "not written by jcstress");
  }

  /** What jcstress's own collector writes of a test. */
  private Path realResultFile() throws IOException {
    Options jcstress = new Options(new String[] {"-r", directory.toString()});
    assertThat(jcstress.parse()).isTrue();
    TestResult result = new TestResult(Status.NORMAL);
    result.addState("pinned", 1000);
    result.setConfig(new TestConfig(
        jcstress,
        TestList.getInfo(Jcstress.PACKAGE + "PinVsDrain.FollPin"),
        0,
        List.of(),
        CompileMode.UNIFIED,
        null));
    Path file = directory.resolve("real.bin.gz");
    DiskWriteCollector disk = new DiskWriteCollector(file.toString());
    disk.add(result);
    disk.close();
    return file;
  }

  @Test
  void aResultFileIsReadAndItsPlanIsUnknown() throws IOException, Refused {
    StringWriter text = new StringWriter();
    Conclusion conclusion =
        read(realResultFile(), options(List.of(), List.of("PinVsDrain.FollPin"), null), text);
    assertThat(conclusion).isEqualTo(Conclusion.AS_EXPECTED);
    assertThat(text.toString()).contains("1 of 1 or more (plan unknown) configurations");
    assertThat(json).content().contains("\"configurations_planned\":null");
  }

  @Test
  void aTestThatIsMissingInAResultFileIsNotASuccess() throws IOException, Refused {
    StringWriter text = new StringWriter();
    Conclusion conclusion = read(
        realResultFile(),
        options(List.of(), List.of("PinVsDrain.FollPin", "PinVsDrain.RfcOct"), null),
        text);
    assertThat(conclusion).isEqualTo(Conclusion.NOTHING_RAN);
    assertThat(text.toString()).contains("PinVsDrain.RfcOct: it has no result in");
  }

  @Test
  void whatAResultFileHasNotIsNotCounted() throws IOException, Refused {
    StringWriter text = new StringWriter();
    Conclusion conclusion = read(realResultFile(), options(List.of(), List.of(), null), text);
    assertThat(conclusion).isEqualTo(Conclusion.AS_EXPECTED);
    assertThat(text.toString()).contains("1 of 1 tests ran").doesNotContain("Not run", "RfcOct");
  }

  @Test
  void theResultFilesOfADirectoryAreRead() throws IOException, Refused {
    Path file = realResultFile();
    Path run = Files.createDirectory(directory.resolve("run"));
    Files.copy(file, run.resolve("first.bin.gz"));
    Files.copy(file, run.resolve("second.bin.gz"));
    assertThat(Jcstress.readAll(run).executions()).hasSize(2);
    Files.copy(file, run.resolve(Forks.ALL));
    assertThat(Jcstress.readAll(run).executions()).hasSize(1);
  }

  @Test
  void aDirectoryWithoutResultFilesIsRefused() throws IOException {
    Refused refused = refusal(Files.createDirectory(directory.resolve("empty")));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContaining("there is no result file (*.bin.gz) in ");
  }

  @Test
  void aTruncatedResultFileIsRefused() throws IOException, Refused {
    byte[] whole = Files.readAllBytes(realResultFile());
    Refused refused = refusal(
        Files.write(directory.resolve("cut.bin.gz"), Arrays.copyOf(whole, whole.length / 2)));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("cut.bin.gz", "truncated");
  }

  @Test
  void aMissingResultFileIsRefused() {
    Refused refused = refusal(directory.resolve("none.bin.gz"));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContaining("there is no result file");
  }

  @Test
  void rowsOfOtherEnginesAndOfTestsThatWereNotRunStay() throws IOException, Refused {
    Files.writeString(json, """
        {"schema": "gupstress-result/2", "rows": [
          {"engine": "explore", "states": 12, "harms": [{"engine": "jcstress"}], "share": 0.25},
          {"engine": "jcstress", "key": "PinVsDrain.RfcNov", "test": "PinVsDrain.RfcNov", "samples": 4711},
          {"engine": "jcstress", "key": "PinVsDrain.RfcOct", "test": "PinVsDrain.RfcOct", "samples": 4712},
          {"engine": "jcstress", "key": "PinVsDrain.FollPin", "test": "PinVsDrain.FollPin", "samples": 4713},
          {"engine": "jcstress", "key": "OfAnotherVersion", "test": "OfAnotherVersion"}]}""");
    OutcomeTest notRun = row("PinVsDrain.FollPin", Map.of()).test();
    OutcomeFiles files = OutcomeFiles.of(options(List.of(), List.of(), null));
    for (int i = 0; i < 2; i++) {
      files.save(List.of(
          row("PinVsDrain.RfcOct", Map.of("pinned", 10L)),
          OutcomeRow.notRun(notRun, "the budget was spent")));
    }
    assertThat(json)
        .content()
        .contains("\"states\":12", "\"share\":0.25", "PinVsDrain.RfcOct", "4711", "4713")
        .doesNotContain("OfAnotherVersion", "4712", "the budget was spent");
  }

  private static OutcomeRow row(String test, Map<String, Long> counts) {
    OutcomeTest found = OutcomeTests.all().stream()
        .filter(known -> known.name().equals(test))
        .findFirst()
        .orElseThrow();
    return new OutcomeRow(
        found,
        Prediction.of(found.rig()),
        List.of(new Jcstress.Execution(
            test, "unified", "", Profile.LEAN.secondsSampled(1), counts, "")),
        1,
        true,
        "",
        "");
  }

  @Test
  void aKnownDefectThatIsSeenOftenIsAsExpected() {
    OutcomeRow row = row("PinVsDrain.RfcOct", Map.of("pinned", 10L, "uncounted", 100L));
    assertThat(row.isAsExpected()).isTrue();
    assertThat(row.verdict()).isEqualTo(Verdict.VIOLATED);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 99})
  void aKnownDefectThatIsSeenSeldomOrNeverIsNot(long seen) {
    OutcomeRow row = row("PinVsDrain.RfcOct", Map.of("pinned", 10L, "uncounted", seen));
    assertThat(row.isAsExpected()).isFalse();
    assertThat(row.controlsLost()).containsExactly("uncounted");
    assertThat(row.verdict()).isEqualTo(Verdict.NOT_MET);
  }

  @Test
  void everyControlMustBeSeen() {
    OutcomeRow row = row("PinVsDrain.RfcNov", Map.of("pinned", 10L, "pinned-unmarked", 5000L));
    assertThat(row.isControlLost()).isTrue();
    assertThat(row.controlsLost()).contains("uncounted").doesNotContain("pinned-unmarked");
  }

  @Test
  void inLessTimeItMustBeSeenLessOften() {
    OutcomeTest test = row("PinVsDrain.RfcOct", Map.of()).test();
    OutcomeRow row = OutcomeRow.read(
        test,
        List.of(new Jcstress.Execution(
            test.name(),
            "unified",
            "",
            Profile.LEAN.secondsSampled(1) / 10,
            Map.of("pinned", 10L, "uncounted", 10L),
            "")),
        1);
    assertThat(row.controlMin()).isEqualTo(10);
    assertThat(row.isAsExpected()).isTrue();
  }

  @Test
  void aTestThatWasCutHasNotLostItsControl() {
    OutcomeRow whole = row("PinVsDrain.RfcOct", Map.of("pinned", 10L));
    OutcomeRow cut =
        new OutcomeRow(whole.test(), whole.prediction(), whole.executions(), 2, true, "", "");
    assertThat(cut.isControlLost()).isFalse();
    assertThat(cut.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(cut.predictedNotObserved()).containsExactly("uncounted");
  }

  @Test
  void anOutcomeThatNobodyPredictedIsForbidden() {
    OutcomeRow row = row("PinVsDrain.FollPin", Map.of("pinned", 10L, "lost", 1L));
    assertThat(row.forbidden()).containsExactly("lost");
    assertThat(row.observedNotPredicted()).containsExactly("lost");
    assertThat(row.isAsExpected()).isFalse();
  }

  @Test
  void fewerConfigurationsThanPlannedAreNotComplete() {
    OutcomeRow row = row("PinVsDrain.FollPin", Map.of("pinned", 10L));
    assertThat(new OutcomeRow(row.test(), row.prediction(), row.executions(), 2, true, "", "")
            .isAsExpected())
        .isFalse();
  }
}
