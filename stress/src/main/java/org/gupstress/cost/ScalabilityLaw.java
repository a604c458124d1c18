// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * Gunther's Universal Scalability Law, {@code lambda n / (1 + sigma (n - 1) + kappa n (n - 1))},
 * fitted to measured throughputs by least squares; sigma, a share, is from 0 to 1, kappa not
 * negative.
 *
 * <p>Fitted is the throughput relative to that of the first point, so that all parameters are of
 * one order.
 */
record ScalabilityLaw(
    double lambda, double sigma, double sigmaError, double kappa, double kappaError) {
  /** With three parameters, three points always lie on the law. */
  static final int POINTS_MIN = 4;

  private static final int EVALUATIONS_MAX = 10_000;

  /**
   * The law of some points, or null if none is found.
   *
   * @param points at least {@value #POINTS_MIN}, with different numbers of threads
   */
  static @Nullable ScalabilityLaw through(List<Point> points) {
    if (points.size() < POINTS_MIN) {
      throw new IllegalArgumentException(points.size() + " points");
    }
    double first = points.get(0).throughput() / points.get(0).threads();
    try {
      Optimum optimum = new LevenbergMarquardtOptimizer()
          .optimize(new LeastSquaresBuilder()
              .start(new double[] {1, 0.1, 0.01})
              .model(model(points))
              .target(points.stream()
                  .mapToDouble(point -> point.throughput() / first)
                  .toArray())
              .parameterValidator(ScalabilityLaw::inRange)
              .maxEvaluations(EVALUATIONS_MAX)
              .maxIterations(EVALUATIONS_MAX)
              .lazyEvaluation(false)
              .build());
      RealVector found = optimum.getPoint();
      RealVector errors = errors(optimum, points.size());
      return new ScalabilityLaw(
          found.getEntry(0) * first,
          found.getEntry(1),
          errors.getEntry(1),
          found.getEntry(2),
          errors.getEntry(2));
    } catch (MathRuntimeException e) {
      return null;
    }
  }

  /**
   * A measured one.
   *
   * @param throughput of all threads together
   */
  record Point(int threads, double throughput) {}

  private static RealVector inRange(RealVector parameters) {
    RealVector inRange = parameters.map(parameter -> Math.max(0, parameter));
    inRange.setEntry(1, Math.min(1, inRange.getEntry(1)));
    return inRange;
  }

  /** The law, and its derivatives by lambda, sigma and kappa. */
  private static MultivariateJacobianFunction model(List<Point> points) {
    return parameters -> {
      double lambda = parameters.getEntry(0);
      double sigma = parameters.getEntry(1);
      double kappa = parameters.getEntry(2);
      RealVector values = new ArrayRealVector(points.size());
      RealMatrix derivatives = new Array2DRowRealMatrix(points.size(), 3);
      for (int i = 0; i < points.size(); i++) {
        double n = points.get(i).threads();
        double divisor = 1 + sigma * (n - 1) + kappa * n * (n - 1);
        double value = lambda * n / divisor;
        values.setEntry(i, value);
        derivatives.setEntry(i, 0, n / divisor);
        derivatives.setEntry(i, 1, -value * (n - 1) / divisor);
        derivatives.setEntry(i, 2, -value * n * (n - 1) / divisor);
      }
      return new Pair<>(values, derivatives);
    };
  }

  /** Standard errors, from what the points deviate from the law. */
  private static RealVector errors(Optimum optimum, int points) {
    double variance = optimum.getCost() * optimum.getCost() / (points - 3);
    return optimum.getSigma(1e-20).mapMultiply(Math.sqrt(variance));
  }

  /** The number of threads with the highest throughput; NaN if more are always better. */
  double peak() {
    return kappa > 0 ? Math.max(1, Math.sqrt((1 - sigma) / kappa)) : Double.NaN;
  }
}
