// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.process.Refused;

/** A figure for everything that is planned, as if all of it had been measured. */
final class PlannedFigures {
  private static final List<List<Double>> FORKS =
      List.of(List.of(9.9), List.of(10.0), List.of(10.1));
  private static final List<List<double[]>> SAMPLES = List.of(
      List.of(new double[] {9.9, 1}), List.of(new double[] {10, 1}), List.of(new double[] {10.1, 1
      }));

  /** What the benchmarks count beside the main thing. */
  private static final List<String> COUNTERS =
      List.of("pins", "reclaimedPages", "looks", "locks", "pairs", "pairsSquared");

  private PlannedFigures() {}

  static List<BenchFigure> of(Effort effort, int processors) throws Refused, IOException {
    List<BenchFigure> figures = new ArrayList<>();
    BenchPlan plan =
        BenchPlan.of(effort, List.of(), List.of(), List.of(), List.of(), null, processors);
    for (JmhRun run : plan.runs()) {
      for (Configuration one : run.configurations()) {
        JmhResult result = result(run, one);
        for (Measurement measurement :
            Measurement.of(run.question(), one.method(), run.threads(), result)) {
          figures.add(Rounds.figure(run, one, measurement, "", processors));
        }
      }
    }
    return figures;
  }

  private static JmhResult result(JmhRun run, Configuration one) {
    String unit = run.question() == Question.LRU_LOCK_CONTENTION ? "ops/us" : "ns/op";
    Map<String, JmhResult.Metric> secondary = new LinkedHashMap<>();
    COUNTERS.forEach(name -> secondary.put(name, new JmhResult.Metric("ops/us", FORKS, List.of())));
    return new JmhResult(
        run.benchmark(one.method()),
        one.params(),
        run.threads().count(),
        new JmhResult.Metric(unit, FORKS, SAMPLES),
        secondary);
  }
}
