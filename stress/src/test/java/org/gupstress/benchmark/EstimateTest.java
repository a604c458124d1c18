// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Intervals are Student's, over forks. */
class EstimateTest {
  @Test
  void threeForksHaveTwoDegreesOfFreedom() {
    Estimate estimate = Estimate.of(List.of(Math.exp(1), Math.exp(2), Math.exp(3)));
    assertThat(estimate.mean()).isCloseTo(Math.exp(2), within(1e-9));
    assertThat(estimate.error())
        .isCloseTo(Math.exp(2) * (Math.exp(4.302653 / Math.sqrt(3)) - 1), within(1e-3));
  }

  @Test
  void sharesThatCanBeZeroHaveNoLogarithm() {
    Estimate estimate = Estimate.of(List.of(0.0, 1.0, 2.0));
    assertThat(estimate.mean()).isEqualTo(1);
    assertThat(estimate.error()).isCloseTo(4.302653 / Math.sqrt(3), within(1e-5));
  }

  @Test
  void whatDisturbsAWholeRoundIsNotInItsRatio() {
    List<Double> floor = List.of(10.0, 30.0, 11.0);
    List<Double> pin = List.of(12.0, 36.3, 13.1);
    Estimate ratio = Estimate.ratio(pin, floor);
    assertThat(ratio.mean()).isCloseTo(1.2, within(0.01));
    assertThat(ratio.error() / ratio.mean()).isLessThan(0.02);
    assertThat(Estimate.of(pin).error() / Estimate.of(pin).mean()).isGreaterThan(1);
  }

  @Test
  void differencesAreTakenWithinRounds() {
    Estimate difference =
        Estimate.difference(List.of(130.0, 231.0, 129.0, 9e9), List.of(30.0, 130.0, 30.0));
    assertThat(difference.mean()).isCloseTo(100, within(1e-9));
    assertThat(difference.error()).isCloseTo(4.302653 / Math.sqrt(3), within(1e-5));
  }

  @Test
  void oneForkHasNoInterval() {
    assertThat(Estimate.of(List.of(7.0)).error()).isNaN();
  }

  @Test
  void theMedianIsNotMovedByOneThatIsFarOff() {
    assertThat(Estimate.median(List.of(3.0, 1e9, 1.0))).isEqualTo(3);
    assertThat(Estimate.median(List.of(4.0, 1.0, 2.0, 1e9))).isEqualTo(3);
  }

  @Test
  void theLowerQuartileIsNotMovedByHalfOfThem() {
    assertThat(Estimate.lowerQuartile(List.of(3.0, 1e9, 1.0, 1e9, 2.0, 1e9))).isEqualTo(2.25);
    assertThat(Estimate.lowerQuartile(List.of(7.0))).isEqualTo(7);
  }

  @Test
  void percentilesCountSamples() {
    List<double[]> samples =
        List.of(new double[] {50, 10}, new double[] {10, 980}, new double[] {90, 10});
    assertThat(Estimate.percentile(samples, 0.5)).isEqualTo(10);
    assertThat(Estimate.percentile(samples, 0.98)).isEqualTo(10);
    assertThat(Estimate.percentile(samples, 0.99)).isEqualTo(50);
    assertThat(Estimate.percentile(samples, 0.999)).isEqualTo(90);
  }
}
