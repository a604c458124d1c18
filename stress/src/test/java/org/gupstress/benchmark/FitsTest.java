// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
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
      assertThat(fit.threads()).containsExactly(1, 2, 4, 8);
      assertThat(fit.threadsBeyond()).containsExactly(4, 8);
    }
  }

  @Test
  void aPeakAmongThePointsIsNotExtrapolated() {
    BenchFit fit = only(curve(false, 1, 4, 16, 32));
    assertThat(fit.isExtrapolated()).isFalse();
    assertThat(fit.measuredPeak()).isEqualTo(16);
  }

  private static List<BenchFigure> withoutOne(double... perMicro) {
    List<BenchFigure> figures = new ArrayList<>();
    for (int i = 0; i < perMicro.length; i++) {
      figures.add(Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 2 << i, perMicro[i]));
    }
    return figures;
  }

  @Test
  void aPeakBelowThePointsIsExtrapolatedAsWell() {
    BenchFit fit = only(withoutOne(57, 27.6, 13.2, 6.44));
    assertThat(fit.peakThreads()).isLessThan(2);
    assertThat(fit.isExtrapolated()).isTrue();
  }

  @Test
  void aThroughputOfOneThreadThatNothingTellsIsRefusedWithASentence() {
    BenchFit fit = only(withoutOne(90, 30, 9, 4));
    assertThat(fit.isRefused()).isTrue();
    assertThat(fit.refusal()).contains("one thread");
  }

  @Test
  void whatScalesInProportionIsAtBothBounds() {
    BenchFit fit = only(List.of(
        Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 1, 10),
        Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 2, 20),
        Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 4, 40),
        Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 8, 80)));
    assertThat(fit.isSigmaAtBound()).isTrue();
    assertThat(fit.isKappaAtBound()).isTrue();
    assertThat(fit.peakThreads()).isNaN();
    assertThat(fit.isExtrapolated()).isFalse();
  }

  @Test
  void aThroughputOfNothingIsRefusedWithASentence() {
    List<BenchFigure> figures = new ArrayList<>(curve(false, 1, 2, 4));
    figures.add(Figures.throughput(Question.PIN_UNPIN, "pinAndUnpin", 8, 0, "design", "x"));
    BenchFit fit = only(figures);
    assertThat(fit.isRefused()).isTrue();
    assertThat(fit.refusal()).contains("throughput of nothing");
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
