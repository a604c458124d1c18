// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.junit.jupiter.api.Test;

/** Rates are those of a machine that is warm and has run short of memory. */
class ThroughputTest {

  private static StormSecond second(int number, long pins, long reclaimed) {
    return new StormSecond(
        number,
        new Counts<>(Map.of(PagePlace.FREE, 1L)),
        0,
        new Counts<>(Map.of(StormCounter.PINS, pins)),
        new Dossier(
            1,
            1,
            1,
            Map.of(),
            List.of(new ListPass("inactive_file", 12, 1, reclaimed, reclaimed, reclaimed, 0, 0, 0)),
            Map.of()),
        Map.of());
  }

  private static Throughput of(long reclaimedAtLast, int filling, long... pins) {
    List<StormSecond> seconds = new ArrayList<>();
    for (long each : pins) {
      int number = seconds.size() + 1;
      seconds.add(second(number, each, number > filling ? reclaimedAtLast : 0));
    }
    return Throughput.of(seconds);
  }

  private static double pins(Throughput throughput) {
    return throughput.rate(second -> second.counts().get(StormCounter.PINS));
  }

  @Test
  void secondsInWhichItGrowsFasterAreWarmUp() {
    Throughput throughput = of(10, 0, 44, 150, 320, 452, 455, 452, 458, 451, 454, 456);
    assertThat(throughput.warmupSeconds()).isEqualTo(3);
    assertThat(pins(throughput)).isBetween(453.0, 455.0);
    assertThat(throughput.coldRate(second -> second.counts().get(StormCounter.PINS)))
        .isBetween(171.0, 172.0);
  }

  @Test
  void oneThatIsWarmFromTheStartLosesNothing() {
    assertThat(of(10, 0, 400, 400, 400, 400, 400, 400).warmupSeconds()).isZero();
    assertThat(of(10, 0, 400, 400, 400, 400, 400, 400).coldRate(second -> 1)).isNaN();
  }

  @Test
  void memoryMustHaveRunShort() {
    Throughput throughput = of(10, 4, 400, 400, 400, 400, 400, 400, 400, 400);
    assertThat(throughput.warmupSeconds()).isEqualTo(4);
    assertThat(throughput.least(StormSecond::reclaimedPages)).isEqualTo(10);
    // where it never does, nothing but the load says what is warm
    assertThat(of(0, 0, 10, 400, 400, 400, 400, 400).warmupSeconds()).isEqualTo(1);
  }

  @Test
  void atLeastHalfOfTheSecondsStay() {
    assertThat(of(10, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512).warmupSeconds())
        .isLessThanOrEqualTo(5);
    assertThat(of(10, 0, 1, 900).warmupSeconds()).isZero();
    assertThat(pins(of(10, 0))).isNaN();
  }

  @Test
  void aMixWithoutPinsIsMeasuredByWhatItReclaims() {
    List<StormSecond> seconds = new ArrayList<>();
    for (long reclaimed : new long[] {1, 90, 100, 101, 99, 100, 100, 101}) {
      seconds.add(second(seconds.size() + 1, 0, reclaimed));
    }
    assertThat(Throughput.of(seconds).warmupSeconds()).isBetween(1.0, 2.0);
  }
}
