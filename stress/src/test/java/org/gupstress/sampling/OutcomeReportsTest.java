// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.outcome.Prediction;
import org.junit.jupiter.api.Test;

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
    OutcomeJunit.write(List.of(rows), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String text(OutcomeRow... rows) {
    StringWriter out = new StringWriter();
    new OutcomeTables(new PrintWriter(out)).print(List.of(rows));
    return out.toString().replaceAll("\\s+", " ");
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
}
