// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measurements of all rounds so far. Each round has a fork of every configuration. A run of JMH
 * that misses a round gets no later one: so the forks of two figures are those of the same rounds,
 * from the first on, and can be compared one by one.
 */
final class Rounds {
  /** All rounds of one configuration. */
  private static final class Series {
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private String failure = "";

    void add(Measurement measurement) {
      measurements.merge(measurement.metric(), measurement, Measurement::and);
    }
  }

  private final Map<JmhRun, Map<Configuration, Series>> all = new LinkedHashMap<>();
  private final Map<JmhRun, Integer> finished = new LinkedHashMap<>();
  private final int processors;

  /** Figures are in the order of these runs. */
  Rounds(List<JmhRun> runs, int processors) {
    this.processors = processors;
    runs.forEach(run -> finished.put(run, 0));
  }

  /** The number of rounds in which a run of JMH has ended. */
  int finished(JmhRun run) {
    return finished.getOrDefault(run, 0);
  }

  /** Counts a run of JMH that has ended. */
  void finish(JmhRun run) {
    finished.merge(run, 1, Integer::sum);
  }

  void add(JmhRun run, Configuration configuration, List<Measurement> measurements) {
    measurements.forEach(series(run, configuration)::add);
  }

  /** Marks a configuration as failed: one fork is enough. */
  void fail(JmhRun run, Configuration configuration, String why) {
    Series series = series(run, configuration);
    series.failure = series.failure.isEmpty() ? why : series.failure;
  }

  private Series series(JmhRun run, Configuration configuration) {
    return all.computeIfAbsent(run, none -> new LinkedHashMap<>())
        .computeIfAbsent(configuration, none -> new Series());
  }

  /** A figure for every configuration of the runs that have run, measured or failed. */
  List<BenchFigure> figures() {
    List<BenchFigure> figures = new ArrayList<>();
    for (JmhRun run : finished.keySet()) {
      all.getOrDefault(run, Map.of()).forEach((configuration, series) -> {
        if (!series.failure.isEmpty()) {
          figures.add(figure(run, configuration, Measurement.NONE, series.failure));
        } else {
          series.measurements.values().stream()
              .filter(Measurement::isWorthShowing)
              .forEach(measurement -> figures.add(figure(run, configuration, measurement, "")));
        }
      });
    }
    return figures;
  }

  private BenchFigure figure(
      JmhRun run, Configuration configuration, Measurement measurement, String failure) {
    return figure(run, configuration, measurement, failure, processors);
  }

  /** The figure of a measurement, on a machine with so many processors. */
  static BenchFigure figure(
      JmhRun run,
      Configuration configuration,
      Measurement measurement,
      String failure,
      int processors) {
    Map<String, String> params = new LinkedHashMap<>(configuration.params());
    params.putAll(run.threads().params());
    Estimate estimate = Estimate.of(measurement.forks());
    return new BenchFigure(
        run.question().id(),
        run.question().sentence(),
        run.question().notes(),
        configuration.method(),
        params,
        measurement.metric(),
        measurement.unit(),
        run.threads().count(),
        run.threads().count() > processors,
        measurement.forks(),
        estimate.mean(),
        estimate.error(),
        failure);
  }
}
