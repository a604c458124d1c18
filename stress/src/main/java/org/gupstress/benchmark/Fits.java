// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fits the Universal Scalability Law to every curve over the number of threads. */
final class Fits {
  private Fits() {}

  /** The throughput of all threads; computed from the time of one thread if that was measured. */
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

  private static BenchFit fit(List<BenchFigure> measured) {
    List<BenchFigure> curve =
        measured.stream().sorted(Comparator.comparingInt(BenchFigure::threads)).toList();
    String hidden = hidden(curve);
    List<ScalabilityLaw.Point> points = curve.stream()
        .map(figure -> new ScalabilityLaw.Point(figure.threads(), throughput(figure)))
        .toList();
    String refusal = hidden.isEmpty() ? refusal(points) : hidden;
    ScalabilityLaw law = refusal.isEmpty() ? ScalabilityLaw.through(points) : null;
    if (law == null && refusal.isEmpty()) {
      refusal = "the points do not tell the throughput of one thread";
    }
    BenchFigure any = curve.get(0);
    ScalabilityLaw shown = law != null ? law : ScalabilityLaw.NONE;
    return new BenchFit(
        any.question(),
        any.label(),
        threads(curve),
        threads(curve.stream().filter(BenchFigure::beyondProcessors).toList()),
        unit(any),
        shown.lambda(),
        shown.sigma(),
        shown.sigmaError(),
        shown.kappa(),
        shown.kappaError(),
        shown.peak(),
        best(points).threads(),
        refusal);
  }

  private static List<Integer> threads(List<BenchFigure> curve) {
    return curve.stream().map(BenchFigure::threads).toList();
  }

  /** A law through points that noise hides would say nothing. */
  private static String hidden(List<BenchFigure> curve) {
    List<String> threads = curve.stream()
        .filter(figure -> figure.precision() == Precision.HIDDEN)
        .map(figure -> Integer.toString(figure.threads()))
        .toList();
    return threads.isEmpty()
        ? ""
        : "noise hides the throughput of threads " + String.join(", ", threads);
  }

  static ScalabilityLaw.Point best(List<ScalabilityLaw.Point> points) {
    return points.stream()
        .max(Comparator.comparingDouble(ScalabilityLaw.Point::throughput))
        .orElseThrow();
  }

  private static String refusal(List<ScalabilityLaw.Point> points) {
    if (points.size() < ScalabilityLaw.POINTS_MIN) {
      return "the law has three parameters and needs " + ScalabilityLaw.POINTS_MIN
          + " numbers of threads or more, found " + points.size();
    }
    boolean isPositive = points.stream()
        .allMatch(point -> point.throughput() > 0 && Double.isFinite(point.throughput()));
    return isPositive ? "" : "a throughput of nothing has no logarithm";
  }
}
