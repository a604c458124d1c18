// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says before and after jcstress: JVMs are forked nowhere here. */
class OutcomeRunTest {
  private static final String EARLIER = "earlier";

  @TempDir
  Path directory;

  private Path json;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void leaveAnEarlierResult() throws IOException {
    json = Files.writeString(directory.resolve("result.json"), EARLIER);
  }

  private int run(List<String> designs, List<String> tests, Duration budget, Path read) {
    return OutcomeRun.run(
        new OutcomeRun.Options(
            Profile.LEAN, designs, tests, budget, false, directory, json, null, read),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err));
  }

  private void saysOnce(String... parts) throws IOException {
    assertThat(err.toString()).contains(parts).hasLineCount(1);
    assertThat(json).hasContent(EARLIER);
  }

  @Test
  void anUnknownTestIsRefusedWithItsNeighbours() throws IOException {
    assertThat(run(List.of(), List.of("PinVsDrian"), null, null)).isEqualTo(OutcomeRun.USAGE);
    saysOnce("no test is called \"PinVsDrian\"", "PinVsDrain");
  }

  @Test
  void anUnknownDesignIsRefusedWithItsNeighbours() throws IOException {
    assertThat(run(List.of("rfc-now"), List.of(), null, null)).isEqualTo(OutcomeRun.USAGE);
    saysOnce("no design is called \"rfc-now\"", "rfc-nov");
  }

  @Test
  void aChoiceOfNothingIsNotASuccess() throws IOException {
    assertThat(run(List.of("get-page"), List.of("RefcountBias"), null, null))
        .isEqualTo(OutcomeRun.NOTHING_RAN);
    saysOnce("no test is about both");
  }

  @Test
  void aBudgetForLessThanOneTestIsRefused() throws IOException {
    assertThat(run(List.of(), List.of("PinVsDrain.RfcNov"), Duration.ofSeconds(3), null))
        .isEqualTo(OutcomeRun.BUDGET_SPENT);
    saysOnce("a budget of 3 s is too small");
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
    assertThat(run(List.of(), List.of(), null, resultFile())).isEqualTo(OutcomeRun.USAGE);
    saysOnce("run.bin.gz", "not written by jcstress");
  }

  @Test
  void aTruncatedResultFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(resultFile());
    Path file =
        Files.write(directory.resolve("cut.bin.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(run(List.of(), List.of(), null, file)).isEqualTo(OutcomeRun.USAGE);
    saysOnce("cut.bin.gz", "truncated");
  }

  @Test
  void aMissingResultFileIsRefused() throws IOException {
    assertThat(run(List.of(), List.of(), null, directory.resolve("none.bin.gz")))
        .isEqualTo(OutcomeRun.USAGE);
    saysOnce("there is no result file");
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
