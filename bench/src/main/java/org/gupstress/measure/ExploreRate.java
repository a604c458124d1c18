// SPDX-License-Identifier: Apache-2.0
package org.gupstress.measure;

import java.util.concurrent.TimeUnit;
import org.gupstress.bench.Plans;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Result;
import org.gupstress.page.Kernel;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many transitions per second one core explores once warm, with every claim checked and the
 * analysis of the graph included: the counter {@code transitions}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class ExploreRate {
  @Param({"rfc-oct", "rfc-nov", "rfc-fixed"})
  public String design = "rfc-oct";

  /** Transitions made, normalised to seconds. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {
    public long transitions;
  }

  @Benchmark
  public Result pinUnpinThreeCpus(Counters counters) {
    Plan plan = Plans.of(design, "pin-unpin", Kernel.PRODUCTION, 3, 2);
    Result result =
        Explorer.explore(plan, Options.DEFAULT.withReductions(new Reductions(true, false, true)));
    counters.transitions += result.transitions();
    return result;
  }
}
