// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchFit;
import org.junit.jupiter.api.Test;

/** Curves are fitted as throughputs, whatever was measured. */
class FitsTest {
  private static final double SIGMA = 0.1;
  private static final double KAPPA = 0.004;

  private static double law(int n) {
    return 50 * n / (1 + SIGMA * (n - 1) + KAPPA * n * (n - 1));
  }

  private static List<BenchFigure> curve(boolean asTime, int... threads) {
    List<BenchFigure> figures = new ArrayList<>();
    for (int n : threads) {
      figures.add(
          asTime
              ? Figures.time(Question.PIN_UNPIN, "pinAndUnpin", n, n / law(n), "design", "x")
              : Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", n, law(n), "design", "x"));
    }
    return figures;
  }

  private static BenchFit only(List<BenchFigure> figures) {
    List<BenchFit> fits = Fits.of(figures);
    assertThat(fits).hasSize(1);
    return fits.get(0);
  }

  @Test
  void timesAndThroughputsGiveTheSameLaw() {
    for (boolean asTime : new boolean[] {true, false}) {
      BenchFit fit = only(curve(asTime, 1, 2, 4, 8));
      assertThat(fit.sigma()).isCloseTo(SIGMA, within(1e-3));
      assertThat(fit.kappa()).isCloseTo(KAPPA, within(1e-5));
      assertThat(fit.peakThreads()).isCloseTo(15, within(0.1));
      assertThat(fit.throughput(8)).isCloseTo(law(8), within(0.01));
      assertThat(fit.isExtrapolated()).isTrue();
      assertThat(fit.measuredMax()).isEqualTo(8);
      assertThat(fit.pointsBeyond()).isEqualTo(2);
    }
  }

  @Test
  void aPeakAmongThePointsIsNotExtrapolated() {
    BenchFit fit = only(curve(false, 1, 4, 16, 32));
    assertThat(fit.isExtrapolated()).isFalse();
    assertThat(fit.measuredPeak()).isEqualTo(16);
  }

  @Test
  void threePointsAreRefusedWithASentence() {
    BenchFit fit = only(curve(true, 1, 2, 4));
    assertThat(fit.isRefused()).isTrue();
    assertThat(fit.refusal()).contains("needs 4 numbers of threads or more, found 3");
    assertThat(fit.sigma()).isNaN();
  }

  @Test
  void oneNumberOfThreadsIsNoCurve() {
    assertThat(Fits.of(curve(true, 1))).isEmpty();
  }
}
