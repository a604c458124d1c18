// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gupstress.cost.ScalabilityLaw.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was put into points comes out of the fit, and what was not does not. */
class ScalabilityLawTest {
  private static double law(double lambda, double sigma, double kappa, double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  private static List<Point> points(double lambda, double sigma, double kappa, double noise) {
    Random random = new Random(1);
    List<Point> points = new ArrayList<>();
    for (int n = 1; n <= 64; n *= 2) {
      points.add(new Point(n, law(lambda, sigma, kappa, n) * (1 + noise * random.nextGaussian())));
    }
    return points;
  }

  @ParameterizedTest
  @CsvSource({
    "995, 0.02, 0.0001",
    "995, 0.3, 0.001",
    "1e9, 0.05, 0.02",
    "1e-3, 0.9, 0.5",
    "5, 0, 0.01"
  })
  void findsTheParametersOfExactPoints(double lambda, double sigma, double kappa) {
    ScalabilityLaw law = ScalabilityLaw.through(points(lambda, sigma, kappa, 0));
    assertThat(law.lambda()).isCloseTo(lambda, within(1e-4 * lambda));
    assertThat(law.sigma()).isCloseTo(sigma, within(1e-4));
    assertThat(law.kappa()).isCloseTo(kappa, within(1e-4 * kappa));
    assertThat(law.sigmaError()).isLessThan(1e-3);
    assertThat(law.peak())
        .isCloseTo(Math.max(1, Math.sqrt((1 - sigma) / kappa)), within(0.01 * law.peak()));
  }

  @Test
  void findsThemNearlyOfNoisyPointsAndSaysHowNearly() {
    ScalabilityLaw law = ScalabilityLaw.through(points(100, 0.1, 0.005, 0.03));
    assertThat(law.sigma()).isCloseTo(0.1, within(4 * law.sigmaError()));
    assertThat(law.kappa()).isCloseTo(0.005, within(4 * law.kappaError()));
    assertThat(law.sigmaError()).isBetween(1e-4, 0.1);
  }

  @Test
  void theControl_aWrongParameterIsFarOutsideTheError() {
    ScalabilityLaw law = ScalabilityLaw.through(points(100, 0.1, 0.005, 0.03));
    assertThat(Math.abs(law.kappa() - 0.05)).isGreaterThan(4 * law.kappaError());
  }

  @Test
  void whatScalesPerfectlyHasNoPeak() {
    ScalabilityLaw law = ScalabilityLaw.through(
        List.of(new Point(1, 10), new Point(2, 20), new Point(4, 40), new Point(8, 80)));
    assertThat(law.sigma()).isCloseTo(0, within(1e-6));
    assertThat(law.peak())
        .satisfiesAnyOf(
            peak -> assertThat(peak).isNaN(), peak -> assertThat(peak).isGreaterThan(1e3));
  }

  @Test
  void sigmaIsAShareWhateverThePoints() {
    ScalabilityLaw law = ScalabilityLaw.through(
        List.of(new Point(1, 100), new Point(2, 9), new Point(4, 8), new Point(8, 30)));
    assertThat(law.sigma()).isBetween(0.0, 1.0);
    assertThat(law.kappa()).isNotNegative();
    assertThat(law.peak())
        .satisfiesAnyOf(
            peak -> assertThat(peak).isNaN(), peak -> assertThat(peak).isGreaterThanOrEqualTo(1));
  }

  @Test
  void threePointsAreTooFew() {
    assertThatThrownBy(() -> ScalabilityLaw.through(points(1, 0, 0.1, 0).subList(0, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
