// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.gupstress.benchmark.BenchComparison;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchFit;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.BenchShape;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;

/** No figure is shown as more than it is. */
class BenchTextTest {
  private final BenchResults results = new BenchResults();

  private void figure(int threads, double score, double error, String failure) {
    results
        .figures()
        .add(new BenchFigure(
            "PinUnpin",
            "What does a pin cost?",
            "In ns.",
            "pin",
            Map.of("design", "foll-pin"),
            "",
            "ns/op",
            threads,
            threads > 2,
            failure.isEmpty() ? List.of(score) : List.of(),
            score,
            error,
            failure));
  }

  private void fit(double peak, String refusal) {
    fit(0.1, 0.01, 0.02, 0.001, peak, refusal);
  }

  private void fit(
      double sigma,
      double sigmaError,
      double kappa,
      double kappaError,
      double peak,
      String refusal) {
    results.fits().clear();
    results
        .fits()
        .add(new BenchFit(
            "PinUnpin",
            "pin foll-pin",
            List.of(2, 4, 8, 16),
            List.of(8, 16),
            "ops/ns",
            1,
            sigma,
            sigmaError,
            kappa,
            kappaError,
            peak,
            4,
            refusal));
  }

  private String print() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    BenchText.print(results, new Sheet(out, Format.TERMINAL, false));
    out.flush();
    assertThat(text.toString().lines()).allMatch(line -> line.length() <= 100);
    return text.toString().replaceAll("\\s+", " ");
  }

  @Test
  void aFigureHasItsErrorAndMoreThanHalfOfItIsNoise() {
    figure(1, 20, 1.0, "");
    figure(2, 30, 15, "");
    figure(4, 40, 20.1, "");
    assertThat(print())
        .contains("20.0 +-5%")
        .contains("30.0 +-50% noise")
        .doesNotContain("40.0")
        .doesNotContain("51%");
  }

  @Test
  void anErrorThatIsNotKnownIsThatOfOneFork() {
    figure(1, 20, Double.NaN, "");
    assertThat(print()).contains("20.0 one fork").doesNotContain("20.0 +-");
  }

  @Test
  void aDifferenceThatNoiseHidesHasNoDigits() {
    figure(1, 20, 1, "");
    results.comparisons().add(new BenchComparison("PinUnpin", "a over b", 404, 6326, "ns", NaN));
    assertThat(print()).contains("a over b noise").doesNotContain("404").doesNotContain("6326");
  }

  @Test
  void threadsThatTakeTurnsAreMarked() {
    figure(2, 20, 1, "");
    assertThat(print()).doesNotContain("take turns");
    figure(4, 40, 1, "");
    assertThat(print())
        .contains(" 4* ")
        .contains("* More threads than processors: they take turns");
  }

  @Test
  void whatFailedStandsInItsPlaceWithItsReason() {
    figure(1, 20, 1, "");
    figure(2, Double.NaN, Double.NaN, "the list was corrupted");
    assertThat(print())
        .contains("20.0 +-5% failed")
        .contains("failed: foll-pin with 2 threads: the list was corrupted");
  }

  @Test
  void aPredictionSaysWhetherItIsExtrapolated() {
    figure(1, 20, 1, "");
    fit(6.7, "");
    assertThat(print()).contains("6.7, within the measured 16");
    fit(40, "");
    assertThat(print()).contains("40.0, extrapolated 2.5 times beyond the measured 16");
    fit(1, "");
    assertThat(print()).contains("1.0, extrapolated below the measured 2");
    fit(Double.NaN, "");
    assertThat(print()).contains("none: it levels off");
    fit(Double.NaN, "found 3");
    assertThat(print()).contains("not fitted: found 3").doesNotContain("Least squares");
  }

  @Test
  void noiseInKappaHidesThePeak() {
    figure(1, 20, 1, "");
    fit(6.7, "");
    assertThat(print()).contains("0.0200 +-0.00100 4 6.7, within the measured 16");
    for (double error : new double[] {0.03, Double.NaN}) {
      fit(0.1, 0.01, 0.02, error, 6.7, "");
      assertThat(print()).contains("0.100 +-0.0100 noise 4 noise").doesNotContain("6.7");
    }
    fit(0.1, 0.2, 0.02, 0.001, 6.7, "");
    assertThat(print()).contains("noise 0.0200 +-0.00100 4 6.7").doesNotContain("0.100");
  }

  @Test
  void aParameterAtItsBoundSaysSoAndHasNoInterval() {
    figure(1, 20, 1, "");
    fit(1, Double.NaN, 0.02, 0.001, 6.7, "");
    assertThat(print()).contains("1, its bound").contains("0.0200 +-0.00100");
    fit(0, Double.NaN, 0, Double.NaN, Double.NaN, "");
    assertThat(print()).contains("0, its bound 0, its bound").contains("none: it keeps rising");
  }

  @Test
  void aFitSaysWhatItsIntervalsAreAndWhichPointsAreOfTheScheduler() {
    figure(1, 20, 1, "");
    fit(6.7, "");
    assertThat(print())
        .contains("+- of sigma and kappa is half the 95 % confidence interval")
        .contains("8 and 16 threads are more than processors, 2 and 4 are not: sigma, kappa and the"
            + " peak describe the scheduler, too.");
  }

  @Test
  void aLimitIsMetOrMissedOrOpen() {
    figure(1, 20, 1, "");
    results.comparisons().add(new BenchComparison("PinUnpin", "a of b", 1.2, 0.05, "", 1.3));
    assertThat(print()).contains("1.20 +-5% 1.30 met");
    results.comparisons().add(new BenchComparison("PinUnpin", "c of b", 1.4, 0.05, "", 1.3));
    results.comparisons().add(new BenchComparison("PinUnpin", "d of b", 1.4, 0.5, "", 1.3));
    assertThat(print()).contains("1.30 missed").contains("1.40 +-36% 1.30 open");
  }

  private void shape(BenchShape.Agreement agreement) {
    results.shapes().clear();
    results
        .shapes()
        .add(new BenchShape(
            "PinUnpin", "it rises", "somebody, 2018", "it falls", agreement, "Smaller."));
  }

  @Test
  void aShapeSaysWhetherItIsMetAndWhyItMayNotBe() {
    figure(1, 20, 1, "");
    shape(BenchShape.Agreement.DIFFERS);
    assertThat(print())
        .contains("Published: it rises (somebody, 2018).")
        .contains("Here: it falls: it does not have that shape. Smaller.");
    shape(BenchShape.Agreement.AGREES);
    assertThat(print()).contains("it falls: it has that shape.");
    shape(BenchShape.Agreement.OPEN);
    assertThat(print()).contains("it falls: noise hides whether it has that shape.");
    shape(BenchShape.Agreement.UNMEASURED);
    assertThat(print()).contains("it falls, so it is not known whether it has that shape.");
  }

  @Test
  void aQuestionWithoutAPublishedFigureSaysSo() {
    figure(1, 20, 1, "");
    results.shapes().add(BenchShape.unpublished("PinUnpin"));
    assertThat(print())
        .contains("Published: no figure of a real machine is known for this.")
        .doesNotContain("Here:");
  }
}
