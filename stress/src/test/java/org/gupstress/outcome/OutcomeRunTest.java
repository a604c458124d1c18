// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import org.gupstress.run.Conclusion;
import org.gupstress.run.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says before and after jcstress: JVMs are forked nowhere here. */
class OutcomeRunTest {
  private static final String EARLIER = """
      {"schema": "gupstress-result/1", "rows": [{"engine": "explore"}]}""";

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

  private Refused refusal(ThrowingCallable run) {
    Refused refused = catchThrowableOfType(Refused.class, run);
    assertThat(refused).isNotNull();
    assertThat(json).hasContent(EARLIER);
    assertThat(directory.toFile().list()).doesNotContain("run-");
    return refused;
  }

  private Refused refusal(OutcomeRun.Options options) {
    return refusal(() -> OutcomeRun.run(options, new PrintWriter(new StringWriter())));
  }

  private Refused refusal(Path result) {
    return refusal(() -> OutcomeRun.read(
        result, options(List.of(), List.of(), null), new PrintWriter(new StringWriter())));
  }

  @Test
  void anUnknownTestIsRefusedWithItsNeighbours() {
    Refused refused = refusal(options(List.of(), List.of("PinVsDrian"), null));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("no test is called \"PinVsDrian\"", "PinVsDrain");
  }

  @Test
  void anUnknownDesignIsRefusedWithItsNeighbours() {
    Refused refused = refusal(options(List.of("rfc-now"), List.of(), null));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED);
    assertThat(refused).hasMessageContainingAll("no design is called \"rfc-now\"", "rfc-nov");
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
    assertThatThrownBy(() -> OutcomeRun.run(
            options(List.of(), List.of("PinVsDrain.RfcNov"), null),
            new PrintWriter(new StringWriter())))
        .isInstanceOf(Refused.class)
        .hasMessageContainingAll("gupstress-result/0", "expected the schema gupstress-result/1");
    assertThat(json).content().contains("gupstress-result/0");
  }

  @Test
  void aFullDiskIsRefused() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    assertThatThrownBy(() -> OutcomeFiles.of(new OutcomeRun.Options(
                Profile.LEAN, List.of(), List.of(), null, false, directory, full, null))
            .save(List.of()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot write /dev/full: ");
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

  @Test
  void aTruncatedResultFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(resultFile());
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
  void rowsOfOtherEnginesStay() throws IOException, Refused {
    Files.writeString(json, """
        {"schema": "gupstress-result/1", "rows": [
          {"engine": "explore", "states": 12, "harms": [{"engine": "jcstress"}], "share": 0.25},
          {"engine": "jcstress", "test": "OfAnEarlierRun"}]}""");
    OutcomeFiles.of(options(List.of(), List.of(), null))
        .save(List.of(row("PinVsDrain.RfcOct", Map.of("pinned", 10L))));
    assertThat(json)
        .content()
        .contains("\"states\" : 12", "\"share\" : 0.25", "PinVsDrain.RfcOct")
        .doesNotContain("OfAnEarlierRun");
  }

  private static OutcomeRow row(String test, Map<String, Long> counts) {
    OutcomeTest found = Jcstress.tests().stream()
        .filter(known -> known.name().equals(test))
        .findFirst()
        .orElseThrow();
    return new OutcomeRow(
        found,
        Prediction.of(found.rig()),
        List.of(new Jcstress.Execution(test, "unified", 1, counts, "")),
        1,
        "",
        "");
  }

  @Test
  void aKnownDefectThatIsSeenIsAsExpected() {
    OutcomeRow row = row("PinVsDrain.RfcOct", Map.of("pinned", 10L, "uncounted", 1L));
    assertThat(row.isAsExpected()).isTrue();
    assertThat(row.verdict()).isEqualTo(OutcomeRow.Verdict.VIOLATED);
  }

  @Test
  void aKnownDefectThatIsNeverSeenIsNot() {
    OutcomeRow row = row("PinVsDrain.RfcOct", Map.of("pinned", 10L));
    assertThat(row.isAsExpected()).isFalse();
    assertThat(row.verdict()).isEqualTo(OutcomeRow.Verdict.NOT_MET);
    assertThat(row.predictedNotObserved()).containsExactly("uncounted");
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
    assertThat(new OutcomeRow(row.test(), row.prediction(), row.executions(), 2, "", "")
            .isAsExpected())
        .isFalse();
  }
}
