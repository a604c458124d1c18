// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Check;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.junit.jupiter.api.Test;

/** A race of the catalogue is told, and shown by what the explorer finds. */
class ExplainCommandTest {
  @Test
  void aRaceIsToldAndShown() {
    CommandLineRun run = CommandLineRun.of("explain", "R-09");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .contains("R-09 pinned again before the pagevec drains")
        .contains("https://lore.kernel.org/r/20181110085041.10071-7-jhubbard@nvidia.com")
        .contains("stranded, 0 pre-emptions")
        .contains("Known as: R-09");
    assertThat(run.token()).startsWith("rfc-nov/repin-before-drain/production/1x1#");
  }

  @Test
  void everyDesignThatHasItHasACounterexample() {
    CommandLineRun run = CommandLineRun.of("explain", "R-14");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    for (String design : Races.find("R-14").orElseThrow().designs().keySet()) {
      assertThat(run.out()).contains("replay: " + design + "/unpin-in-interrupt/");
    }
    assertThat(run.out()).contains("not in the others: get-page, page-ext, foll-pin");
  }

  @Test
  void whatNoRunShowsSaysWhy() {
    CommandLineRun run = CommandLineRun.of("explain", "r-27");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("What no run shows: It is a cost").doesNotContain("replay: ");
  }

  @Test
  void aFormerIdIsThatOfTheRace() {
    assertThat(CommandLineRun.of("explain", "K5").out()).startsWith("K-05 ");
    assertThat(CommandLineRun.of("explain", "2.9", "--budget", "1m").out()).startsWith("R-16 ");
  }

  @Test
  void aCheckNamesItsScenariosAndRaces() {
    CommandLineRun run = CommandLineRun.of("explain", "K-03");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("pin-vs-drain").contains("R-07");
  }

  @Test
  void anUnknownIdHasNeighbours() {
    CommandLineRun run = CommandLineRun.of("explain", "R-99");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("there is no race, check or bug \"R-99\"; nearest: R-09");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTestWithoutAnOutcomeIsRefused() {
    CommandLineRun run = CommandLineRun.of("explain", "PinVsDrain.RfcNov");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("expected the outcome of a jcstress test");
  }

  @Test
  void anOutcomeFitsIntoAMail() {
    CommandLineRun run =
        CommandLineRun.of("explain", "PinVsDrain.RfcNov", "torn-count", "--format", "mail");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("torn-count (rare)", "gupstress replay ");
    assertThat(run.lines()).allMatch(line -> line.length() <= 72);
  }

  @Test
  void aSpentBudgetIsSaid() {
    CommandLineRun run = CommandLineRun.of("explain", "R-05", "--budget", "1ms");
    assertThat(run.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(run.out()).contains("INCOMPLETE");
  }

  @Test
  void aBugIsShownBeforeItsFixAndNotAfterIt() {
    CommandLineRun run = CommandLineRun.of("explain", "m-3");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .startsWith("M-03 gup_fast pins a page while fork shares it")
        .contains("https://git.kernel.org/torvalds/c/57efa1fe5957")
        .contains("before: foll-pin in fork-vs-fast-pin, production+5.15+no-write-protect-seq")
        .contains("replay: foll-pin/fork-vs-fast-pin/production+5.15+no-write-protect-seq/2x1#")
        .contains("after: production+6.18 kernel, no-leak-across-fork holds")
        .doesNotContain("not found");
  }

  @Test
  void aBugThatIsNotModelledSaysWhy() {
    CommandLineRun run = CommandLineRun.of("explain", "M-05");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .contains("What no run shows: The model has no swap.")
        .doesNotContain("replay: ");
  }

  @Test
  void aBugThatIsNotExploredInTimeIsNoVerdict() {
    CommandLineRun run = CommandLineRun.of("explain", "M-03", "--budget", "1ms");
    assertThat(run.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(run.out()).contains("INCOMPLETE");
  }

  @Test
  void theListHasEveryBug() {
    CommandLineRun run = CommandLineRun.of("list", "bugs");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.lines().stream().map(line -> line.split(" ", 2)[0]))
        .containsAll(Bugs.all().stream().map(Bug::id).toList());
    assertThat(run.out()).contains("CVE-2020-29374");
  }

  @Test
  void theListHasEveryRaceAndCheck() {
    CommandLineRun run = CommandLineRun.of("list", "races");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.lines().stream().map(line -> line.split(" ", 2)[0]))
        .containsAll(Races.all().stream().map(Race::id).toList())
        .containsAll(Check.all().stream().map(Check::id).toList());
  }
}
