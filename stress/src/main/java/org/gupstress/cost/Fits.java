// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchFit;

/** Fits the Universal Scalability Law to every curve over the number of threads. */
final class Fits {
  private Fits() {}

  /** A time of one thread as the throughput of all of them, or a throughput as it is. */
  static double throughput(BenchFigure figure) {
    return isTime(figure) ? figure.threads() / figure.score() : figure.score();
  }

  private static boolean isTime(BenchFigure figure) {
    return figure.unit().endsWith("/op");
  }

  private static boolean isThroughput(BenchFigure figure) {
    return figure.unit().startsWith("ops/");
  }

  static String unit(BenchFigure figure) {
    return isTime(figure)
        ? "ops/" + figure.unit().substring(0, figure.unit().indexOf('/'))
        : figure.unit();
  }

  static List<BenchFit> of(List<BenchFigure> figures) {
    Map<String, List<BenchFigure>> curves = new LinkedHashMap<>();
    for (BenchFigure figure : figures) {
      if (!figure.hasFailed()
          && !figure.params().containsKey("roles")
          && (figure.metric().isEmpty() && (isTime(figure) || isThroughput(figure)))) {
        curves
            .computeIfAbsent(figure.question() + " " + figure.label(), none -> new ArrayList<>())
            .add(figure);
      }
    }
    return curves.values().stream()
        .filter(curve -> curve.size() > 1)
        .map(Fits::fit)
        .toList();
  }

  private static BenchFit fit(List<BenchFigure> curve) {
    List<ScalabilityLaw.Point> points = curve.stream()
        .map(figure -> new ScalabilityLaw.Point(figure.threads(), throughput(figure)))
        .sorted(Comparator.comparingInt(ScalabilityLaw.Point::threads))
        .toList();
    ScalabilityLaw law =
        points.size() < ScalabilityLaw.POINTS_MIN ? null : ScalabilityLaw.through(points);
    BenchFigure any = curve.get(0);
    ScalabilityLaw shown = law != null
        ? law
        : new ScalabilityLaw(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    return new BenchFit(
        any.question(),
        any.label(),
        points.size(),
        (int) curve.stream().filter(BenchFigure::beyondProcessors).count(),
        unit(any),
        shown.lambda(),
        shown.sigma(),
        shown.sigmaError(),
        shown.kappa(),
        shown.kappaError(),
        shown.peak(),
        best(points).threads(),
        points.get(points.size() - 1).threads(),
        law != null ? "" : refusal(points.size()));
  }

  static ScalabilityLaw.Point best(List<ScalabilityLaw.Point> points) {
    return points.stream()
        .max(Comparator.comparingDouble(ScalabilityLaw.Point::throughput))
        .orElseThrow();
  }

  private static String refusal(int points) {
    return points < ScalabilityLaw.POINTS_MIN
        ? "a law of three parameters needs " + ScalabilityLaw.POINTS_MIN
            + " numbers of threads or more, found " + points
        : "the least squares do not converge";
  }
}
