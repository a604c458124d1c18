// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.report.BenchFigure;

/**
 * What the rounds of a run have found so far: a fork of everything in each. A leg that is left out
 * of a round is left out of all that follow, so the forks of all figures are those of the same
 * rounds from the first on, and can be held against each other one by one.
 */
final class Rounds {
  /** What all rounds found of one combination. */
  private static final class Series {
    private final Map<String, Reading> readings = new LinkedHashMap<>();
    private String failure = "";

    void add(Reading reading) {
      readings.merge(reading.metric(), reading, Reading::and);
    }
  }

  private final Map<Leg, Map<Combination, Series>> all = new LinkedHashMap<>();
  private final Map<Leg, Integer> finished = new LinkedHashMap<>();
  private final int processors;

  /** Figures are in the order of these legs. */
  Rounds(List<Leg> legs, int processors) {
    this.processors = processors;
    legs.forEach(leg -> finished.put(leg, 0));
  }

  /** How many rounds of a leg have ended. */
  int finished(Leg leg) {
    return finished.getOrDefault(leg, 0);
  }

  /** A round of the leg has ended. */
  void finish(Leg leg) {
    finished.merge(leg, 1, Integer::sum);
  }

  void add(Leg leg, Combination combination, List<Reading> readings) {
    readings.forEach(series(leg, combination)::add);
  }

  /** One fork that fails is enough. */
  void fail(Leg leg, Combination combination, String why) {
    Series series = series(leg, combination);
    series.failure = series.failure.isEmpty() ? why : series.failure;
  }

  private Series series(Leg leg, Combination combination) {
    return all.computeIfAbsent(leg, none -> new LinkedHashMap<>())
        .computeIfAbsent(combination, none -> new Series());
  }

  /** A figure for every combination of the legs that have run, measured or failed. */
  List<BenchFigure> figures() {
    List<BenchFigure> figures = new ArrayList<>();
    for (Leg leg : finished.keySet()) {
      all.getOrDefault(leg, Map.of()).forEach((combination, series) -> {
        if (!series.failure.isEmpty()) {
          figures.add(figure(leg, combination, Reading.NONE, series.failure));
        } else {
          series.readings.values().stream()
              .filter(Reading::isWorthShowing)
              .forEach(reading -> figures.add(figure(leg, combination, reading, "")));
        }
      });
    }
    return figures;
  }

  private BenchFigure figure(Leg leg, Combination combination, Reading reading, String failure) {
    return figure(leg, combination, reading, failure, processors);
  }

  /** What a reading comes to on so many processors. */
  static BenchFigure figure(
      Leg leg, Combination combination, Reading reading, String failure, int processors) {
    Map<String, String> params = new LinkedHashMap<>(combination.params());
    params.putAll(leg.crew().params());
    Estimate estimate = Estimate.of(reading.forks());
    return new BenchFigure(
        leg.question().id(),
        leg.question().sentence(),
        combination.method(),
        params,
        reading.metric(),
        reading.unit(),
        leg.crew().threads(),
        leg.crew().threads() > processors,
        reading.forks(),
        estimate.mean(),
        estimate.error(),
        failure);
  }
}
