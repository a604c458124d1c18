// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gupstress.benchmark.ScalabilityLaw.Point;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was put into points comes out of the fit, and no law within bounds is nearer to them. */
class ScalabilityLawTest {
  private static final int STEPS = 100;

  /** Of two processors and four and eight threads on them. */
  private static final List<Point> RETROGRADE = points(new int[] {1, 2, 4, 8}, 100, 4.3, 1.3, 0.32);

  private static double law(double lambda, double sigma, double kappa, double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  private static List<Point> points(int[] threads, double... throughputs) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < threads.length; i++) {
      points.add(new Point(threads[i], throughputs[i]));
    }
    return points;
  }

  private static List<Point> points(double lambda, double sigma, double kappa, double noise) {
    return points(lambda, sigma, kappa, noise, 64, new Random(1));
  }

  private static List<Point> points(
      double lambda, double sigma, double kappa, double noise, int most, Random random) {
    List<Point> points = new ArrayList<>();
    for (int n = 1; n <= most; n *= 2) {
      points.add(
          new Point(n, law(lambda, sigma, kappa, n) * Math.exp(noise * random.nextGaussian())));
    }
    return points;
  }

  // ---- what is minimised, without the optimizer

  /** With the best lambda, which is a mean of logarithms. */
  private static double squares(List<Point> points, double sigma, double kappa) {
    double[] off = points.stream()
        .mapToDouble(point -> Math.log(law(1, sigma, kappa, point.threads()) / point.throughput()))
        .toArray();
    double mean = 0;
    for (double one : off) {
      mean += one / off.length;
    }
    double squares = 0;
    for (double one : off) {
      squares += (one - mean) * (one - mean);
    }
    return squares;
  }

  private static double leastOfGrid(List<Point> points) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i <= STEPS; i++) {
      double sigma = i / (double) STEPS;
      least = Math.min(least, squares(points, sigma, 0));
      for (int k = 0; k <= STEPS; k++) {
        least = Math.min(least, squares(points, sigma, Math.pow(10, -6 + 9.0 * k / STEPS)));
      }
    }
    return least;
  }

  private static void assertLeast(List<Point> points) {
    ScalabilityLaw law = ScalabilityLaw.through(points);
    assertThat(law.sigma()).isBetween(0.0, 1.0);
    assertThat(law.kappa()).isNotNegative();
    assertThat(law.peak())
        .satisfiesAnyOf(
            peak -> assertThat(peak).isNaN(), peak -> assertThat(peak).isGreaterThanOrEqualTo(1));
    double own = squares(points, law.sigma(), law.kappa());
    assertThat(law.squares()).isCloseTo(own, within(1e-9 + 1e-6 * own));
    assertThat(own).as("%s: %s", points, law).isLessThanOrEqualTo(leastOfGrid(points) + 1e-9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 2})
  void noLawOfAGridIsNearerToNoisyPoints(double noise) {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      double kappa = random.nextBoolean() ? 0 : Math.pow(10, -4 + 5 * random.nextDouble());
      assertLeast(points(100, random.nextDouble(), kappa, noise, 8 << random.nextInt(4), random));
    }
  }

  @Test
  void norToPointsThatFallAtOnce() {
    assertLeast(RETROGRADE);
    Random random = new Random(9);
    for (int i = 0; i < 40; i++) {
      List<Point> points = new ArrayList<>();
      double throughput = 100;
      for (int n = 1; n <= 16; n *= 2) {
        points.add(new Point(n, throughput));
        throughput *= 0.9 * random.nextDouble();
      }
      assertLeast(points);
    }
  }

  @Test
  void norToPointsThatRiseMoreThanInProportion() {
    assertLeast(points(new int[] {1, 2, 4, 8}, 10, 25, 60, 150));
    assertLeast(points(new int[] {1, 2, 4, 8}, 100, 9, 8, 30));
  }

  /** With parameters that are put back in bounds at every step its next one leads nowhere. */
  @Test
  void theControl_anOptimizerThatIsClampedStopsElsewhere() {
    List<Point> points = points(100, 0, 22.5, 0, 8, new Random(1));
    RealVector clamped = new LevenbergMarquardtOptimizer()
        .optimize(new LeastSquaresBuilder()
            .start(new double[] {1, 0.1, 0.01})
            .model(parameters -> throughputs(points, parameters))
            .target(
                points.stream().mapToDouble(point -> point.throughput() / 100).toArray())
            .parameterValidator(parameters -> new ArrayRealVector(new double[] {
              Math.max(0, parameters.getEntry(0)),
              Math.max(0, Math.min(1, parameters.getEntry(1))),
              Math.max(0, parameters.getEntry(2))
            }))
            .maxEvaluations(10_000)
            .maxIterations(10_000)
            .build())
        .getPoint();
    assertThat(clamped.getEntry(1)).isEqualTo(1);
    assertThat(clamped.getEntry(2)).isLessThan(1);
    assertThat(ScalabilityLaw.through(points).kappa()).isCloseTo(22.5, within(1e-6));
  }

  private static Pair<RealVector, RealMatrix> throughputs(
      List<Point> points, RealVector parameters) {
    RealVector values = new ArrayRealVector(points.size());
    RealMatrix derivatives = MatrixUtils.createRealMatrix(points.size(), 3);
    for (int i = 0; i < points.size(); i++) {
      double n = points.get(i).threads();
      double one = law(1, parameters.getEntry(1), parameters.getEntry(2), n);
      double slope = -parameters.getEntry(0) * one * one * (n - 1) / n;
      values.setEntry(i, parameters.getEntry(0) * one);
      derivatives.setRow(i, new double[] {one, slope, slope * n});
    }
    return new Pair<>(values, derivatives);
  }

  // ---- what is known

  @ParameterizedTest
  @CsvSource({
    "995, 0.02, 0.0001",
    "995, 0.3, 0.001",
    "1e9, 0.05, 0.02",
    "1e-3, 0.9, 0.5",
    "5, 0, 0.01",
    "5, 0, 22.5",
    "5, 1, 0.01",
    "5, 0.2, 0",
    "5, 1, 0",
    "5, 0, 0"
  })
  void findsTheParametersOfExactPoints(double lambda, double sigma, double kappa) {
    ScalabilityLaw law = ScalabilityLaw.through(points(lambda, sigma, kappa, 0));
    assertThat(law.squares()).isLessThan(1e-12);
    assertThat(law.lambda()).isCloseTo(lambda, within(1e-4 * lambda));
    assertThat(law.sigma()).isCloseTo(sigma, within(1e-4));
    assertThat(law.kappa()).isCloseTo(kappa, within(1e-4 * kappa));
    if (kappa > 0) {
      double peak = Math.max(1, Math.sqrt((1 - sigma) / kappa));
      assertThat(law.peak()).isCloseTo(peak, within(1e-3 * peak));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.01", "1, 0.01", "0.2, 0", "0, 0", "1, 0"})
  void aParameterAtItsBoundIsExactlyThereAndHasNoInterval(double sigma, double kappa) {
    ScalabilityLaw law = ScalabilityLaw.through(points(5, sigma, kappa, 0));
    if (sigma == 0 || sigma == 1) {
      assertThat(law.sigma()).isEqualTo(sigma);
      assertThat(law.sigmaError()).isNaN();
    } else {
      assertThat(law.sigmaError()).isLessThan(1e-3);
    }
    if (kappa == 0) {
      assertThat(law.kappa()).isZero();
      assertThat(law.kappaError()).isNaN();
      assertThat(law.peak()).isNaN();
    } else {
      assertThat(law.kappaError()).isLessThan(1e-3);
    }
  }

  /** As many as they say, in the long run: half the intervals are the student's, not one sigma. */
  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    Random random = new Random(3);
    int runs = 1000;
    int sigmas = 0;
    int kappas = 0;
    int narrower = 0;
    for (int i = 0; i < runs; i++) {
      ScalabilityLaw law = ScalabilityLaw.through(points(100, 0.3, 0.02, 0.02, 16, random));
      sigmas += Math.abs(law.sigma() - 0.3) <= law.sigmaError() ? 1 : 0;
      kappas += Math.abs(law.kappa() - 0.02) <= law.kappaError() ? 1 : 0;
      // five points: the standard error is less by the quantile of two degrees of freedom
      narrower += Math.abs(law.kappa() - 0.02) <= law.kappaError() / 4.303 ? 1 : 0;
    }
    assertThat(sigmas).isBetween(930, 970);
    assertThat(kappas).isBetween(930, 970);
    assertThat(narrower).as("the control: standard errors").isLessThan(700);
  }

  @Test
  void threePointsAreTooFew() {
    assertThatThrownBy(() -> ScalabilityLaw.through(points(1, 0, 0.1, 0).subList(0, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
