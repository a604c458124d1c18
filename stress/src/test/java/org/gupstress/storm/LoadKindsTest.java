// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.gupstress.claim.Harm;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What else happens to memory than reads and pins: it presses, and harms no sound design. */
class LoadKindsTest {
  private static StormResult storm(String design, String mix) throws InterruptedException {
    StormSetup setup = new StormSetup(
        WorkloadMix.parse(mix, Workload::of),
        2,
        4096,
        Duration.ofSeconds(3),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        true);
    return new Storm().run(new StormPlan(Storms.design(design), setup), finding -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "drop-caches, foll-pin",
    "compact, foll-pin",
    "exit, foll-pin",
    "dio-mapped:2;stream:20;drop-caches;compact, get-page",
    "dio-mapped:2;stream:20;exit;compact, page-ext",
    "dio-mapped:2;stream:40;dio-anon;rdma;drop-caches;compact;exit, rfc-fixed"
  })
  void eachPressesAndHarmsNoSoundDesign(String mix, String design) throws InterruptedException {
    StormResult result = storm(design, mix.replace(';', ','));
    assertThat(result.harms()).isEmpty();
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PLANNED);
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(4096);
    assertThat(result.reclaimedPages()).isPositive();
    if (mix.contains("compact")) {
      assertThat(result.dossier().count(MachineCounter.MIGRATED)).isPositive();
    }
  }

  /** The control: what is stranded by October is freed by these. */
  @Test
  void strandedPagesAreFreedByThem() throws InterruptedException {
    StormResult result = storm("rfc-oct", "dio-mapped:4,drop-caches:2,exit");
    assertThat(result.harms()).extracting(HarmCount::harm).contains(Harm.STRANDED.id());
    assertThat(result.fates().get(Fate.INVALIDATE)).isPositive();
  }
}
