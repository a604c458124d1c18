// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gupstress.claim.Claim;
import org.gupstress.claim.HowChecked;
import org.junit.jupiter.api.Test;

/** What the lists say of what there is. */
class ListCommandTest {
  @Test
  void everyClaimSaysHowEachEngineChecksIt() {
    CommandLineRun run = CommandLineRun.of("list", "claims");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.lines())
        .containsAll(Arrays.stream(Claim.values()).map(Claim::id).toList());
    for (String engine : new String[] {"explore", "storm", "jcstress"}) {
      assertThat(run.lines().stream().filter(line -> line.startsWith("  " + engine + " ")))
          .hasSameSizeAs(Claim.values());
    }
  }

  /** The explorer checks all; no other engine does. */
  @Test
  void onlyTheExplorerChecksAll() {
    for (Claim claim : Claim.values()) {
      assertThat(HowChecked.of(claim).explore()).doesNotStartWith(HowChecked.NOT_CHECKED);
    }
    assertThat(Claim.values())
        .anyMatch(claim -> HowChecked.of(claim).storm().startsWith(HowChecked.NOT_CHECKED))
        .anyMatch(claim -> HowChecked.of(claim).jcstress().startsWith(HowChecked.NOT_CHECKED));
  }

  @Test
  void anUnknownListHasNeighbours() {
    CommandLineRun run = CommandLineRun.of("list", "race");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("there is no list \"race\"; nearest: races");
  }
}
