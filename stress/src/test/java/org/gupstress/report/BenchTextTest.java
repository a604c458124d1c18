// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
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
            "what a pin costs",
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
    results
        .fits()
        .add(new BenchFit(
            "PinUnpin",
            "pin foll-pin",
            4,
            2,
            "ops/ns",
            1,
            0.1,
            0.01,
            0.02,
            0.001,
            peak,
            4,
            8,
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
  void aFigureHasItsErrorAndMoreThanTenPercentIsNoise() {
    figure(1, 20, 1.0, "");
    figure(2, 30, 3.3, "");
    assertThat(print())
        .contains("20.0 +-5%")
        .contains("30.0 +-11% noisy")
        .doesNotContain("5% noisy");
  }

  @Test
  void anErrorThatIsNotKnownIsNoiseAsWell() {
    figure(1, 20, Double.NaN, "");
    assertThat(print()).contains("20.0 +-? noisy");
  }

  @Test
  void anErrorBeyondAllUseHasNoDigits() {
    figure(1, 20, 1e9, "");
    assertThat(print()).contains("20.0 +->200% noisy");
  }

  @Test
  void threadsThatTakeTurnsAreMarked() {
    figure(2, 20, 1, "");
    assertThat(print()).doesNotContain("take turns");
    figure(4, 40, 1, "");
    assertThat(print())
        .contains(" 4* ")
        .contains("* more threads than processors: they take turns");
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
    assertThat(print()).contains("6.7, within the measured 8").contains("tell of the scheduler");
    results.fits().clear();
    fit(20, "");
    assertThat(print()).contains("20.0, extrapolated 2.5 times beyond the measured 8");
    results.fits().clear();
    fit(Double.NaN, "");
    assertThat(print()).contains("none: it levels off");
    results.fits().clear();
    fit(Double.NaN, "found 3");
    assertThat(print()).contains("not fitted: found 3");
  }

  @Test
  void aLimitIsMetOrMissedOrOpen() {
    figure(1, 20, 1, "");
    results.headlines().add(new BenchHeadline("PinUnpin", "a of b", 1.2, 0.05, "", 1.3));
    assertThat(print()).contains("1.20 +-5% 1.30 met");
    results.headlines().add(new BenchHeadline("PinUnpin", "c of b", 1.4, 0.05, "", 1.3));
    results.headlines().add(new BenchHeadline("PinUnpin", "d of b", 1.4, 0.5, "", 1.3));
    assertThat(print()).contains("1.30 missed").contains("+-36% noisy 1.30 open");
  }

  @Test
  void aShapeSaysWhetherItIsMetAndWhyItMayNotBe() {
    figure(1, 20, 1, "");
    results
        .shapes()
        .add(new BenchShape(
            "PinUnpin", "it rises", "somebody, 2018", "it falls", false, "Smaller."));
    assertThat(print())
        .contains("published: it rises (somebody, 2018)")
        .contains("here: it falls: not that shape. Smaller.");
  }
}
