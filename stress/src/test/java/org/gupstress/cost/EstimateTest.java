// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Intervals are Student's, over forks. */
class EstimateTest {
  @Test
  void threeForksHaveTwoDegreesOfFreedom() {
    Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0));
    assertThat(estimate.mean()).isEqualTo(2);
    assertThat(estimate.error()).isCloseTo(4.302653 / Math.sqrt(3), within(1e-5));
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
  void percentilesCountSamples() {
    List<double[]> samples =
        List.of(new double[] {50, 10}, new double[] {10, 980}, new double[] {90, 10});
    assertThat(Estimate.percentile(samples, 0.5)).isEqualTo(10);
    assertThat(Estimate.percentile(samples, 0.98)).isEqualTo(10);
    assertThat(Estimate.percentile(samples, 0.99)).isEqualTo(50);
    assertThat(Estimate.percentile(samples, 0.999)).isEqualTo(90);
  }
}
