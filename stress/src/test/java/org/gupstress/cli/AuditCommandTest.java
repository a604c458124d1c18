// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit prints the court, writes every row, and ends with the status that it deserves. */
class AuditCommandTest {
  @TempDir
  private Path directory;

  private CommandLineRun audit(String... more) {
    List<String> words = new ArrayList<>(List.of("audit", "--json", "" + file()));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private Path file() {
    return directory.resolve("result.json");
  }

  private List<String> strings(String field) throws IOException {
    List<String> found = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file().toFile())) {
      for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
        if (at == JsonToken.VALUE_STRING && field.equals(json.currentName())) {
          found.add(json.getText());
        }
      }
    }
    return found;
  }

  @Test
  void theBrokenControlsAreBrokenAndNothingElseIs() {
    CommandLineRun run = audit("--scenario", "pin-vs-drain,repin-before-drain");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("Unexpected:", "Missing:");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.lines())
        .anyMatch(line -> line.matches("claim +get-page +rfc-jul +rfc-oct +rfc-nov +rfc-fixed .*"))
        .anyMatch(line ->
            line.matches("never-stranded +holds +R-01 +R-01 .*R-0[789].*holds +holds +holds"))
        .anyMatch(line -> line.matches("pin-counted +n/a .*"));
  }

  @Test
  void namesTheRacesWithTokensThatReplay() {
    CommandLineRun run = audit("--design", "rfc-nov", "--scenario", "repin-before-drain");
    assertThat(run.out()).contains("R-09 ").contains("(rfc-nov)");
    CommandLineRun replay = CommandLineRun.of("replay", run.token());
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(replay.out()).contains("=> stranded: ");
  }

  @Test
  void aMailHasSeventyTwoColumnsOfPlainText() {
    CommandLineRun run = audit("--design", "rfc-oct,rfc-nov", "--format", "mail");
    assertThat(run.lines()).allMatch(line -> line.length() <= 72 || line.strip().matches(".*#.*"));
    assertThat(run.out()).matches("[ -~\n]*");
    standsAlone(run);
    assertThat(run.out()).doesNotContain("Only these scenarios:").contains("in pin-unpin: ");
  }

  @Test
  void aMailNamesTheScenariosThatWereChosen() {
    CommandLineRun run = audit(
        "--design", "rfc-oct,rfc-nov", "--scenario", "pin-vs-drain,pin-unpin", "--format", "mail");
    standsAlone(run);
    assertThat(run.out())
        .contains("Only these scenarios:", "  pin-unpin: ", "  pin-vs-drain: ")
        .doesNotContain("in pin-unpin: ");
    assertThat(audit("--design", "rfc-oct", "--scenario", "pin-vs-drain").out())
        .contains("scenarios: pin-vs-drain");
  }

  /** Who reads it knows what the designs are, and what to type. */
  private static void standsAlone(CommandLineRun mail) {
    String text = mail.out().replaceAll("\\s+", " ");
    for (String design : List.of("rfc-oct", "rfc-nov")) {
      assertThat(text).contains(" " + design + ": " + summary(design));
    }
    assertThat(text).containsPattern("gupstress replay (\\\\ )?rfc-[a-z]+/pin-[a-z-]+/production/");
    assertThat(mail.lines()).noneMatch(line -> line.endsWith("#"));
  }

  private static String summary(String design) {
    return Designs.all().stream()
        .filter(known -> known.id().equals(design))
        .map(PinDesign::summary)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTerminalHasAHundredColumnsAndNoColourWhereNobodyWatches() {
    CommandLineRun run = audit("--design", "rfc-oct,rfc-nov");
    assertThat(run.lines()).allMatch(line -> line.length() <= 100);
    assertThat(run.out()).doesNotContain("\u001b", "\r");
  }

  @Test
  void writesARowForEveryPlan() throws IOException {
    audit("--design", "get-page,rfc-nov", "--scenario", "pin-vs-drain");
    assertThat(strings("schema")).containsExactly("gupstress-result/2");
    assertThat(strings("engine")).hasSize(1 + 2 * 2);
    assertThat(strings("row")).containsOnly("audit", "cell");
    assertThat(strings("verdict")).hasSize(2 * 2).containsOnly("holds");
    assertThat(strings("harm")).contains("stranded");
    assertThat(strings("pin-counted")).contains(Claim.PIN_COUNTED.exception());
    assertThat(strings("interleavings")).allMatch(digits -> digits.matches("[1-9][0-9]*"));
    assertThat(directory.toFile().list()).containsExactly("result.json");
  }

  @Test
  void everyCounterexampleOfTheFileReplays() {
    audit("--design", "rfc-oct,rfc-nov", "--scenario", "pin-vs-drain,unconverted-put");
    CommandLineRun replay = CommandLineRun.of("replay", file().toString());
    assertThat(replay.out()).doesNotContain("did not reproduce");
    assertThat(replay.lines().get(replay.lines().size() - 2))
        .matches("([0-9]+) of \\1 counterexamples reproduced");
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aSpentBudgetSaysWhatWasNotCovered() throws IOException {
    CommandLineRun run = audit("--design", "rfc-fixed", "--budget", "1ms", "--threads", "1");
    assertThat(run.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    int runs = Catalogue.all().size() * Kernel.usual().size();
    assertThat(run.out())
        .containsPattern("Not covered: [0-9]+ of " + runs + " runs")
        .contains("not-run");
    assertThat(strings("verdict")).contains("not-run");
  }

  /** Other scenarios of the same design are judged; that says nothing of this one. */
  @Test
  void aCellInWhichNothingIsJudgedIsNoSuccess() throws IOException {
    String unmet = OwnFile.neverMet(directory, "NotMet").toString();
    CommandLineRun run = audit("--design", "foll-pin", "--scenario", "pin-unpin," + unmet);
    assertThat(run.out())
        .contains("not-met", "n/a: the claim says nothing of it; gupstress list claims");
    assertThat(run.err())
        .contains("nothing was judged of foll-pin in not-met, debug kernel: the run never met");
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
  }

  @Test
  void anEmptySelectionRunsNothing() {
    CommandLineRun run = audit("--scenario", ",");
    assertThat(run.err()).contains("--scenario takes a list");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(file()).doesNotExist();
  }

  @Test
  void aFileThatIsNoResultIsRefusedAndStays() throws IOException {
    Files.writeString(file(), "x".repeat(1_000_000));
    CommandLineRun run = audit("--design", "get-page", "--scenario", "pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("this is not JSON", "--json names another file");
    assertThat(Files.readString(file())).isEqualTo("x".repeat(1_000_000));
  }
}
