// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.scenario.Catalogue;
import org.gupstress.storm.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer finds the way from the command line alone. */
class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"audit", "explore", "replay", "list", "storm", "trace", "bench", "report"})
  void everyCommandHasHelpWithAnExample(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: gupstress " + command, "Example");
    assertThat(CommandLineRun.of(command, "--version").out()).isEqualTo("gupstress 0.1.0\n");
  }

  @Test
  void theTopNamesAllCommandsAndTheStatuses() {
    assertThat(CommandLineRun.of("--help").out())
        .contains(
            "audit",
            "explore",
            "replay",
            "list",
            "storm",
            "trace",
            "bench",
            "report",
            "Exit status: 0");
  }

  @Test
  void listsEverythingThereIs() {
    CommandLineRun run = CommandLineRun.of("list");
    assertThat(run.lines()).allMatch(line -> line.length() <= 100);
    Designs.all().forEach(design -> assertThat(run.out()).contains(design.id()));
    Catalogue.all().forEach(scenario -> assertThat(run.out()).contains(scenario.id()));
    Arrays.asList(Claim.values()).forEach(claim -> assertThat(run.out()).contains(claim.id()));
    Arrays.asList(Harm.values()).forEach(harm -> assertThat(run.out()).contains(harm.id()));
    for (Workload workload : Workload.values()) {
      assertThat(run.out()).contains(workload.id());
    }
    assertThat(CommandLineRun.of("list", "designs").out()).doesNotContain("pin-vs-drain");
  }

  @Test
  void listsWhatIsAttackedAndWhyTheRestIsNot() {
    CommandLineRun run = CommandLineRun.of("list", "--pairs");
    assertThat(run.status()).isZero();
    assertThat(run.lines()).allMatch(line -> line.length() <= 100);
    assertThat(run.out())
        .containsPattern("beside +.*gup_fast")
        .containsPattern("truncate .*write-vs-truncate")
        .contains("gup_fast beside split: none, the flush of TLBs")
        .doesNotContain("nobody has written one");
  }
}
