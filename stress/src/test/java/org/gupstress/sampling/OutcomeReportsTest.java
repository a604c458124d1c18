// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.outcome.Prediction;
import org.gupstress.report.OutcomeTables;
import org.gupstress.report.ReportText;
import org.gupstress.result.JunitXml;
import org.gupstress.result.ResultSchema;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What terminal and JUnit XML say of the same rows. */
class OutcomeReportsTest {

  private static OutcomeTest test(String name) {
    return OutcomeTests.all().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static OutcomeRow row(String name, String stopped, Map<String, Long> counts) {
    OutcomeTest test = test(name);
    Prediction whole = Prediction.of(test.rig());
    return new OutcomeRow(
        test,
        stopped.isEmpty() ? whole : new Prediction(whole.plan(), stopped, Map.of()),
        List.of(new Jcstress.Execution(
            test.name(), "unified", "-XX:+X", Profile.LEAN.secondsSampled(1), counts, "")),
        1,
        true,
        "",
        "");
  }

  private static String junit(OutcomeRow... rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JunitXml.write(OutcomeJunit.cases(sampled(rows)), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String text(OutcomeRow... rows) {
    StringWriter out = new StringWriter();
    OutcomeTables.print(sampled(rows), new Sheet(new PrintWriter(out), Format.TERMINAL, false));
    return out.toString().replaceAll("\\s+", " ");
  }

  private static List<SampledTest> sampled(OutcomeRow... rows) {
    return Stream.of(rows).map(OutcomeRow::sampled).toList();
  }

  private static final Map<String, Long> SEEN = Map.of("pinned", 1000L, "uncounted", 200L);

  @Test
  void aDefectThatIsSeenPasses() throws IOException {
    assertThat(junit(row("PinVsDrain.RfcOct", "", SEEN)))
        .contains("tests=\"1\"", "errors=\"0\"", "failures=\"0\"", "skipped=\"0\"")
        .doesNotContain("<failure");
    assertThat(text(row("PinVsDrain.RfcOct", "", SEEN)))
        .contains("uncounted control 200 16.67%", "1 of 1 known defects seen");
  }

  @Test
  void aDefectThatIsSeenTooSeldomFails() throws IOException {
    OutcomeRow row = row("PinVsDrain.RfcOct", "", Map.of("pinned", 1000L, "uncounted", 2L));
    assertThat(junit(row))
        .contains("failures=\"1\"", "at least 100 times, found less of uncounted");
    assertThat(text(row))
        .contains("0 of 1 known defects", "PinVsDrain.RfcOct showed less than 100 times uncounted");
  }

  @Test
  void aForbiddenOutcomeFails() throws IOException {
    OutcomeRow row = row("PinVsDrain.FollPin", "", Map.of("pinned", 1000L, "lost", 1L));
    assertThat(junit(row)).contains("failures=\"1\"", "expected no forbidden outcome, found lost");
    assertThat(text(row)).contains("lost forbidden 1", "PinVsDrain.FollPin ended in lost");
  }

  @Test
  void skippedTestsAloneAreNotGreen() throws IOException {
    OutcomeRow row = OutcomeRow.notRun(test("PinVsDrain.FollPin"), "the budget was spent");
    assertThat(junit(row))
        .contains("tests=\"2\"", "errors=\"1\"", "skipped=\"1\"", "nothing was executed");
    assertThat(junit()).contains("tests=\"1\"", "errors=\"1\"");
    assertThat(text(row)).contains("Not run: PinVsDrain.FollPin: the budget was spent");
  }

  @Test
  void aSearchThatWasCutIsNotTakenForWeakMemory() {
    assertThat(text(row("PinVsDrain.FollPin", "", Map.of("lost", 1L))))
        .contains("a weak-memory effect nobody listed");
    assertThat(text(row("PinVsDrain.FollPin", "1000 states", Map.of("lost", 1L))))
        .contains("The search of the interleavings was cut: 1000 states", "not found")
        .contains("the search was cut before all orders were tried")
        .doesNotContain("weak-memory");
  }

  @Test
  void aShorterRunSaysThatItAsksForLess() {
    OutcomeRow whole = row("PinVsDrain.RfcOct", "", SEEN);
    OutcomeRow shorter = OutcomeRow.read(
        whole.test(),
        List.of(new Jcstress.Execution(
            whole.test().name(), "unified", "", Profile.LEAN.secondsSampled(1) / 10, SEEN, "")),
        1);
    assertThat(text(shorter)).contains("A defect is seen if it shows 10 times: 100 in a full lean");
    assertThat(text(whole)).doesNotContain("A defect is seen if");
  }

  /** One row of each kind, by name, as a run prints them. */
  private static OutcomeRow[] ofEveryKind() {
    OutcomeRow seen = row("PinVsDrain.RfcOct", "", SEEN);
    return new OutcomeRow[] {
      row("FlagVersusCountPublication.RfcNov", "", Map.of("flag-and-pointer", 1L)),
      row("LastUnpinVsPin.FollPin", "1000 states", Map.of("lost", 7L)),
      row("LastUnpinVsPin.RfcNov", "", Map.of("pinned", 123_456_789L)),
      OutcomeRow.notRun(test("PinVsDrain.FollPin"), "the budget was spent"),
      row("PinVsDrain.GetPage", "", Map.of("lost", 3L)),
      row("PinVsDrain.RfcNov", "", Map.of("pinned-unmarked", 1L, "torn-count", 2L)),
      seen,
      OutcomeRow.read(test("PinVsIsolate.RfcOct"), seen.executions(), 2),
      row("RefcountBias.RfcFixedMixed", "", Map.of("refused-says-not-pinned", 5L)),
      new OutcomeRow(
          test("UnionTearing.FlagSetVsListStore"),
          Prediction.of(test("UnionTearing.FlagSetVsListStore").rig()),
          List.of(new Jcstress.Execution(
              "UnionTearing.FlagSetVsListStore",
              Jcstress.IN_PROCESS,
              "",
              0.1,
              Map.of("link+link", 11L),
              "ERROR of a JVM")),
          1,
          true,
          "",
          "index.html"),
    };
  }

  private static String printed(Format format, OutcomeRow... rows) {
    StringWriter out = new StringWriter();
    OutcomeTables.print(sampled(rows), new Sheet(new PrintWriter(out), format, false));
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource
  void theReportOfAFilePrintsWhatTheRunPrinted(Format format, @TempDir Path directory)
      throws Exception {
    Path json = directory.resolve("result.json");
    OutcomeRow[] rows = ofEveryKind();
    try (OutcomeFiles files = OutcomeFiles.of(new OutcomeRun.Options(
        Profile.LEAN, List.of(), List.of(), null, false, directory, json, null))) {
      files.save(List.of(rows));
    }
    ResultSchema.assertKept(json, OutcomeJson.ENGINE);
    StringWriter report = new StringWriter();
    ReportText.read(json).print(false, false, new Sheet(new PrintWriter(report), format, false));
    assertThat(report.toString().stripTrailing())
        .isEqualTo(printed(format, rows).stripTrailing());
  }

  @Test
  void aMailFitsAndCanBeUnderstoodAlone() {
    String mail = printed(Format.MAIL, ofEveryKind());
    assertThat(mail.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(72).matches("[ -~]*"));
    assertThat(mail.replaceAll("\\s+", " "))
        .contains("Asked: gup_fast pins a page while another CPU drains the pagevec that holds it")
        .contains("Again: gupstress jcstress --test PinVsDrain.RfcNov")
        .contains("One order: gupstress explain PinVsDrain.RfcNov torn-count");
  }

  @Test
  void gradesAreValuesInRowsAndNoPartOfASentence() {
    List<SampledOutcome> outcomes = row("PinVsDrain.RfcNov", "", SEEN).sampled().outcomes();
    assertThat(outcomes.stream().map(outcome -> outcome.outcome() + " " + outcome.grade().id))
        .contains("torn-count rare", "uncounted control", "pinned acceptable");
    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome.sentence()).doesNotStartWith("Rare").doesNotStartWith("Weak"));
  }
}
