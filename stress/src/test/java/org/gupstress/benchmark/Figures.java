// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures as a run would have measured them. */
final class Figures {
  private Figures() {}

  static Map<String, String> params(String... namesAndValues) {
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return params;
  }

  static BenchFigure time(
      Question question, String benchmark, int threads, double score, String... params) {
    return figure(question, benchmark, "ns/op", threads, score, params(params));
  }

  static BenchFigure throughput(
      Question question, String benchmark, int threads, double score, String... params) {
    return figure(question, benchmark, "ops/us", threads, score, params(params));
  }

  /** With a value for each round. */
  static BenchFigure rounds(
      Question question, String benchmark, List<Double> forks, Map<String, String> params) {
    Estimate estimate = Estimate.of(forks);
    return new BenchFigure(
        question.id(),
        question.sentence(),
        question.notes(),
        benchmark,
        params,
        "",
        "ns/op",
        1,
        false,
        forks,
        estimate.mean(),
        estimate.error(),
        "");
  }

  /** With an error of one percent, on two processors. */
  private static BenchFigure figure(
      Question question,
      String benchmark,
      String unit,
      int threads,
      double score,
      Map<String, String> params) {
    return new BenchFigure(
        question.id(),
        question.sentence(),
        question.notes(),
        benchmark,
        params,
        "",
        unit,
        threads,
        threads > 2,
        List.of(score * 0.996, score, score * 1.004),
        score,
        score / 100,
        "");
  }

  /** The same with another relative error. */
  static BenchFigure exact(double relativeError, BenchFigure figure) {
    return copy(figure, figure.beyondProcessors(), relativeError * figure.score());
  }

  /** The same on so many processors. */
  static BenchFigure on(int processors, BenchFigure figure) {
    return copy(figure, figure.threads() > processors, figure.error());
  }

  private static BenchFigure copy(BenchFigure figure, boolean beyondProcessors, double error) {
    return new BenchFigure(
        figure.question(),
        figure.sentence(),
        figure.notes(),
        figure.benchmark(),
        figure.params(),
        figure.metric(),
        figure.unit(),
        figure.threads(),
        beyondProcessors,
        figure.forks(),
        figure.score(),
        error,
        figure.failure());
  }
}
