// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run: its bound, its verdicts, and a counterexample that anybody can run again. */
class ExploreCommandTest {
  @TempDir
  private Path directory;

  private static CommandLineRun explore(String design, String scenario, String... more) {
    List<String> words =
        new ArrayList<>(List.of("explore", "--design", design, "--scenario", scenario));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  @Test
  void printsTheBoundAndAVerdictForEveryClaim() {
    CommandLineRun run = explore("rfc-fixed", "pin-unpin", "--cpus", "2", "--rounds", "1");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .contains("2 CPUs x 1 round", "complete", "interleavings in", "transitions/s")
        .contains("bytes/state", "collision probability")
        .doesNotContain("violated", "replay:");
    assertThat(run.lines()).filteredOn(line -> line.endsWith(" holds")).hasSize(11);
  }

  @Test
  void driversThatMisuseTheirPinsAreLeftOutOnRequest() {
    CommandLineRun without = explore("foll-pin", "unconverted-put", "--callers", "converted");
    assertThat(without.status()).isEqualTo(ExitStatus.NOTHING_RAN);
    assertThat(without.out()).isEmpty();
    assertThat(without.err().replaceAll("\\s+", " "))
        .contains("nothing ran: in unconverted-put a driver gives its pin back with put_page")
        .contains("--callers converted leaves that out");
    assertThat(explore("foll-pin", "unconverted-put", "--callers", "all").out())
        .contains("unconverted-put");
    CommandLineRun pins = explore("foll-pin", "pin-unpin", "--callers", "converted");
    assertThat(pins.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(pins.out()).contains("refs-balance");
    CommandLineRun misspelt = explore("foll-pin", "pin-unpin", "--callers", "some");
    assertThat(misspelt.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(misspelt.err()).contains("--callers: expected converted or all, found some");
  }

  /** A second pinner brings R-04, which two CPUs do not show here. */
  @Test
  void aControlIsKnownToBeBrokenAtEverySize() {
    CommandLineRun run = explore("rfc-oct", "pin-vs-drain", "--cpus", "3");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("R-04").doesNotContain("unexpected");
  }

  @Test
  void aTokenIsTakenAsAMailOrATerminalBreaksIt() {
    String token = explore("rfc-nov", "pin-vs-drain").token();
    int middle = token.length() / 2;
    for (String between : List.of(" ", "\n", "\n> ", "\r\n> > ", "\\\n", "\" \"", "\t", "'")) {
      String broken = "<" + token.substring(0, middle) + between + token.substring(middle) + ">\n";
      assertThat(CommandLineRun.of("replay", broken).status())
          .as(broken)
          .isEqualTo(ExitStatus.AS_EXPECTED);
    }
    List<String> letters = new ArrayList<>(List.of("replay"));
    token.chars().forEach(letter -> letters.add(String.valueOf((char) letter)));
    assertThat(CommandLineRun.of(letters.toArray(String[]::new)).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aTokenReplaysTheViolationItWasPrintedFor() {
    CommandLineRun replay =
        CommandLineRun.of("replay", explore("rfc-nov", "pin-vs-drain").token());
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(replay.out()).contains("=> pin-uncounted: ", "In a kernel: ", "Known as: R-07");
  }

  /** what the handler does stands beside what the task does, and the token has both. */
  @Test
  void aFindingThatTakesTwoInterleavingsShowsBoth() {
    CommandLineRun run = explore("rfc-fixed", "unpin-in-interrupt", "--trace", "irq-unsafe");
    String token = run.lines().stream()
        .filter(line -> line.contains("replay: ") && line.contains("+"))
        .map(line -> line.substring(line.indexOf("replay: ") + 8))
        .findFirst()
        .orElseThrow();
    CommandLineRun replay = CommandLineRun.of("replay", token);
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(replay.out())
        .containsSubsequence(
            "cpu0.irqs_off := 0",
            "=> irq-unsafe: pin page0 holds gup_lock with interrupts on",
            "because of another interleaving",
            "unpin (interrupt)",
            "spin_lock gup_lock",
            "In a kernel: ");
    assertThat(
            CommandLineRun.of("replay", token.substring(0, token.indexOf('+'))).err())
        .contains("or it is not whole");
  }

  @Test
  void aTokenFoldedByAMailReplays() {
    String token = explore("rfc-nov", "pin-vs-drain").token();
    int fold = token.indexOf('#') + 1;
    CommandLineRun replay =
        CommandLineRun.of("replay", token.substring(0, fold), token.substring(fold));
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aTokenFoundWithoutMergingReplaysToo() {
    CommandLineRun run = explore("rfc-nov", "pin-vs-drain", "--no-merge");
    assertThat(CommandLineRun.of("replay", run.token()).status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aScheduleCutShortIsRefused() {
    String token = explore("rfc-oct", "pin-unpin").token();
    String cut = token.substring(0, token.indexOf('.') + 1) + "a2";
    CommandLineRun replay = CommandLineRun.of("replay", cut);
    assertThat(replay.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(replay.err()).contains("or it is not whole");
  }

  @Test
  void showsTheCounterexampleThatIsAskedFor() {
    assertThat(explore("rfc-nov", "pin-vs-drain", "--trace", "stranded").out())
        .contains("=> stranded: ")
        .doesNotContain("=> pin-uncounted");
    assertThat(explore("rfc-nov", "pin-vs-drain", "--trace", "deadlock").out())
        .contains("No interleaving does deadlock.");
  }

  @Test
  void theRowCarriesTheOutcomes() throws IOException {
    Path file = directory.resolve("result.json");
    explore("rfc-oct", "pin-unpin", "--outcomes", "--json", file.toString());
    assertThat(Files.readString(file).split("\"outcomes\":\\[", -1)).hasSize(1 + 1);
    assertThat(Files.readString(file)).contains("\"page0.refcount\":1", "\"page0.word16.low32\"");
  }

  @Test
  void tooSmallABoundIsNoFailureOfTheDesign() {
    CommandLineRun run = explore("rfc-oct", "unpin-in-interrupt", "--preemptions", "0");
    assertThat(run.out()).contains("at most 0 pre-emptions").doesNotContain("Missing:");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aClaimThatDoesNotApplySaysWhatWouldMakeIt() throws IOException {
    Path file = directory.resolve("result.json");
    CommandLineRun run = explore("get-page", "pin-unpin", "--json", file.toString());
    String out = run.out().replaceAll("\\s+", " ");
    assertThat(out).contains("call reclaimingEverything(), or accountingForPages()", "hasQuery()");
    assertThat(Files.readString(file)).contains("call reclaimingEverything()", "hasQuery()");
    assertThat(CommandLineRun.of("list", "claims").out())
        .contains("n/a where", "call reclaimingEverything()", "hasQuery()");
  }

  @Test
  void aRunThatNeverMeetsWhatItIsForIsNoSuccess() {
    CommandLineRun run =
        explore("foll-pin", OwnFile.neverMet(directory, "NotMet").toString());
    assertThat(run.out()).contains("not-met", "never met: five pages at once");
    assertThat(run.err()).contains("nothing was judged of foll-pin in not-met, production kernel");
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
  }

  @Test
  void aSpentBudgetIsNotAVerdict() {
    CommandLineRun run =
        explore("rfc-fixed", "pin-unpin", "--cpus", "4", "--rounds", "2", "--max-states", "1000");
    assertThat(run.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(run.out()).contains("INCOMPLETE: ").doesNotContain(" holds\n");
  }
}
