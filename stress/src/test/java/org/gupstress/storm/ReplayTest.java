// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.gupstress.dossier.Dossier.Ratio;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.load.LoadProfile;
import org.gupstress.load.LoadStream;
import org.gupstress.load.LoadStream.Order;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storm runs the load of a trace: what it has of it, and nothing else. */
class ReplayTest {
  private static final LoadProfile LOAD = new LoadProfile(
      "trace.txt",
      4096,
      false,
      10_000,
      0.1,
      List.of(10_000),
      List.of(
          new LoadStream("scan-1", 0, Order.SCAN, 64, 0, 0.4),
          new LoadStream("dio-2", 0, Order.RANDOM, 32, 2, 0.6)),
      List.of());

  private static StormSetup setup(LoadProfile load) {
    return new StormSetup(
        WorkloadMix.replay(load),
        2,
        4352,
        Duration.ofSeconds(3),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        true);
  }

  private static StormResult storm(String design, LoadProfile load) throws InterruptedException {
    return new Storm().run(new StormPlan(Storms.design(design), setup(load)), finding -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "foll-pin", "page-ext"})
  void aSoundDesignComesThrough(String design) throws InterruptedException {
    StormResult result = storm(design, LOAD);
    assertThat(result.harms()).isEmpty();
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(4352);
    assertThat(result.counts().get(StormCounter.PINS)).isPositive();
    long inserted = result.counts().get(StormCounter.INSERTED_IN_WINDOWS);
    assertThat(result.dossier().count(MachineCounter.CACHED)).isGreaterThanOrEqualTo(inserted);
    assertThat(result.counts().get(StormCounter.REFAULTS_IN_WINDOWS)).isBetween(1L, inserted);
    // nobody but allocations reclaims where the trace has no kswapd
    assertThat(result.dossier().count(MachineCounter.DIRECT_RECLAIMED))
        .isEqualTo(result.reclaimedPages());
    assertThat(result.dossier().ratio(Ratio.TAKEN)).isGreaterThan(0.9);
    assertThat(result.dossier().count(MachineCounter.MIGRATED)).isZero();
  }

  /** The control: without a stream that has direct I/O nothing is pinned. */
  @Test
  void whatTheTraceDoesNotShowIsNotDone() throws InterruptedException {
    LoadProfile reads = new LoadProfile(
        "trace.txt",
        4096,
        true,
        10_000,
        1,
        List.of(10_000),
        LOAD.streams().subList(0, 1),
        List.of());
    StormResult result = storm("rfc-oct", reads);
    assertThat(result.counts().get(StormCounter.PINS)).isZero();
    assertThat(result.dossier().count(MachineCounter.DIRTIED)).isZero();
    assertThat(result.harms()).isEmpty();
    assertThat(setup(reads).mix().pins()).isFalse();
  }

  @Test
  void theOctoberPostingStrandsItsPages() throws InterruptedException {
    assertThat(storm("rfc-oct", LOAD).fates().sum()).isPositive();
  }

  @Test
  void itsNameIsThatOfTheTrace() {
    WorkloadMix mix = WorkloadMix.replay(LOAD);
    assertThat(mix).hasToString("replay:trace.txt");
    assertThat(WorkloadMix.parse(mix.toString(), Workload::of)).hasToString("replay:trace.txt");
  }
}
