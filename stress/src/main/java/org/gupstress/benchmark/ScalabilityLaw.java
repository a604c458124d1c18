// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
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
 * fitted to measured throughputs; sigma, a share, is from 0 to 1, kappa not negative.
 *
 * <p>Minimised is the sum over the points of the square of {@code ln(law / measured)}. What a
 * throughput is off by is a share of it, so a curve over decades is not fitted to its highest point
 * alone, and half is as far off as double. All points count alike: intervals of a few forks are too
 * rough to weigh them by.
 *
 * <p>{@code n / law} is {@code u + v n + w n (n - 1)}, where none is negative, with {@code sigma =
 * v / (u + v)} and {@code kappa = w / (u + v)}: a bound of sigma or kappa is one of the three being
 * absent. A minimum within bounds lies where all are present or where some are absent. Each of
 * these cases is fitted for itself, in the logarithms of those that are present, which no step can
 * take out of bounds, and the least of all minima is kept.
 *
 * @param sigmaError half its 95 % confidence interval, or NaN if sigma is at a bound
 * @param kappaError half its 95 % confidence interval, or NaN if kappa is at its bound
 * @param squares what was minimised
 */
record ScalabilityLaw(
    double lambda,
    double sigma,
    double sigmaError,
    double kappa,
    double kappaError,
    double squares) {
  /** With three parameters, three points always lie on the law. */
  static final int POINTS_MIN = 4;

  /** Where there is no law. */
  static final ScalabilityLaw NONE =
      new ScalabilityLaw(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private static final int PARAMETERS = 3;
  private static final int EVALUATIONS_MAX = 1_000;
  private static final double ONE_SIDE = 0.975;

  /** One that is present, but hardly. */
  private static final double SMALL = 1e-2;

  /** Squares that are less by no more are equal: what is absent needs no proof. */
  private static final double LESS = 1e-7;

  private static final double NOTHING = 1e-18;

  /** A kappa without end is lambda's: from one thread, which was not measured. */
  private static final double KAPPA_MAX = 1e6;

  /**
   * A measured one.
   *
   * @param throughput of all threads together
   */
  record Point(int threads, double throughput) {}

  /** What time is made of, by the number of threads. */
  private enum Term {
    U,
    V,
    W;

    double at(double n) {
      return switch (this) {
        case U -> 1;
        case V -> n;
        case W -> n * (n - 1);
      };
    }
  }

  /** Which are present, fewer first; without U and V one thread would take no time. */
  private static final List<List<Term>> CASES = List.of(
      List.of(Term.U),
      List.of(Term.V),
      List.of(Term.U, Term.V),
      List.of(Term.U, Term.W),
      List.of(Term.V, Term.W),
      List.of(Term.U, Term.V, Term.W));

  /** A minimum in one of the cases. */
  private record Minimum(double u, double v, double w, double squares) {
    boolean isLessThan(Minimum other) {
      return squares < other.squares * (1 - LESS) - NOTHING;
    }
  }

  /**
   * The law of some points, or null if none is found.
   *
   * @param points at least {@value #POINTS_MIN}, with different numbers of threads and throughputs
   *     that are positive
   */
  static @Nullable ScalabilityLaw through(List<Point> points) {
    if (points.size() < POINTS_MIN) {
      throw new IllegalArgumentException(points.size() + " points");
    }
    Minimum least = null;
    for (List<Term> present : CASES) {
      for (double[] start : starts(points, present)) {
        Minimum found = minimum(points, present, start);
        if (found != null && (least == null || found.isLessThan(least))) {
          least = found;
        }
      }
    }
    return least == null || least.w > KAPPA_MAX * (least.u + least.v) ? null : of(least, points);
  }

  private static ScalabilityLaw of(Minimum least, List<Point> points) {
    double one = least.u + least.v;
    double sigma = least.v / one;
    double kappa = least.w / one;
    double[] errors = errors(points, sigma, kappa, least.squares);
    return new ScalabilityLaw(
        1 / one,
        sigma,
        least.u > 0 && least.v > 0 ? errors[1] : Double.NaN,
        kappa,
        kappa > 0 ? errors[2] : Double.NaN,
        least.squares);
  }

  // ---- one case

  /** From each alone with little of the others, and from as much of all. */
  private static double[][] starts(List<Point> points, List<Term> present) {
    Point last = points.get(points.size() - 1);
    double[][] starts = new double[present.size() == 1 ? 1 : present.size() + 1][present.size()];
    for (int i = 0; i < starts.length; i++) {
      for (int k = 0; k < present.size(); k++) {
        double share = i == k || i == present.size() ? 1 : SMALL;
        starts[i][k] = Math.log(share * time(last) / present.get(k).at(last.threads()));
      }
    }
    return starts;
  }

  private static double time(Point point) {
    return point.threads() / point.throughput();
  }

  private static @Nullable Minimum minimum(List<Point> points, List<Term> present, double[] start) {
    try {
      Optimum optimum = new LevenbergMarquardtOptimizer()
          .optimize(new LeastSquaresBuilder()
              .start(start)
              .model(logTime(points, present))
              .target(
                  points.stream().mapToDouble(point -> Math.log(time(point))).toArray())
              .maxEvaluations(EVALUATIONS_MAX)
              .maxIterations(EVALUATIONS_MAX)
              .lazyEvaluation(false)
              .build());
      double[] found = new double[Term.values().length];
      for (int k = 0; k < present.size(); k++) {
        found[present.get(k).ordinal()] = Math.exp(optimum.getPoint().getEntry(k));
      }
      return new Minimum(found[0], found[1], found[2], optimum.getCost() * optimum.getCost());
    } catch (MathRuntimeException e) {
      return null;
    }
  }

  /** The logarithm of the time, and its derivatives by those of what is present: its shares. */
  private static MultivariateJacobianFunction logTime(List<Point> points, List<Term> present) {
    return logs -> {
      RealVector values = new ArrayRealVector(points.size());
      RealMatrix shares = new Array2DRowRealMatrix(points.size(), present.size());
      double most = logs.getMaxValue();
      for (int i = 0; i < points.size(); i++) {
        double sum = 0;
        for (int k = 0; k < present.size(); k++) {
          double part = Math.exp(logs.getEntry(k) - most)
              * present.get(k).at(points.get(i).threads());
          shares.setEntry(i, k, part);
          sum += part;
        }
        values.setEntry(i, most + Math.log(sum));
        shares.setRowVector(i, shares.getRowVector(i).mapDivide(sum));
      }
      return new Pair<>(values, shares);
    };
  }

  // ---- intervals

  /**
   * Half the intervals of ln(lambda), sigma and kappa, from what the points deviate by and how the
   * law changes with each. All three count as free, also where one is at its bound, which makes the
   * others' wider rather than too narrow.
   */
  private static double[] errors(List<Point> points, double sigma, double kappa, double squares) {
    RealMatrix derivatives = new Array2DRowRealMatrix(points.size(), PARAMETERS);
    for (int i = 0; i < points.size(); i++) {
      double n = points.get(i).threads();
      double divisor = 1 + sigma * (n - 1) + kappa * n * (n - 1);
      derivatives.setRow(i, new double[] {1, -(n - 1) / divisor, -n * (n - 1) / divisor});
    }
    int free = points.size() - PARAMETERS;
    double[] errors = {Double.NaN, Double.NaN, Double.NaN};
    try {
      RealMatrix inverse = new QRDecomposition(derivatives).getSolver().getInverse();
      double quantile = new TDistribution(free).inverseCumulativeProbability(ONE_SIDE);
      for (int k = 0; k < PARAMETERS; k++) {
        errors[k] =
            quantile * Math.sqrt(squares / free) * inverse.getRowVector(k).getNorm();
      }
    } catch (MathRuntimeException e) {
      // numbers of threads among which the parameters cannot be told apart
    }
    return errors;
  }

  /** The number of threads with the highest throughput; NaN if more are always better. */
  double peak() {
    return kappa > 0 ? Math.max(1, Math.sqrt((1 - sigma) / kappa)) : Double.NaN;
  }
}
