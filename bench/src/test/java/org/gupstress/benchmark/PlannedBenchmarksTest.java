// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.process.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a plan names is what JMH knows: in the plan there are only strings. */
class PlannedBenchmarksTest {
  private static Map<String, BenchmarkListEntry> known() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        VerboseMode.SILENT);
    Map<String, BenchmarkListEntry> known = new LinkedHashMap<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(silent, List.of())) {
      known.put(entry.getUsername(), entry);
    }
    return known;
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyMethodAndParameterIsOneOfJmhs(Effort effort) throws Refused {
    Map<String, BenchmarkListEntry> known = known();
    BenchPlan plan = BenchPlan.of(effort, List.of(), List.of(), List.of(), List.of(), null, 2);
    assertThat(plan.runs()).isNotEmpty();
    for (JmhRun run : plan.runs()) {
      for (String method : run.sweep().methods()) {
        String benchmark = run.benchmark(method);
        assertThat(known).containsKey(benchmark);
        assertThat(known.get(benchmark).getParams().orElse(Map.of()).keySet())
            .as("parameters of %s", benchmark)
            .containsAll(run.sweep().params().keySet());
      }
    }
  }
}
