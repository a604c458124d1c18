// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JMH's JSON, as its version 1.37 writes it. */
class JmhResultTest {
  private static final String CONTENDED = """
      [{"jmhVersion": "1.37", "benchmark": "org.gupstress.bench.LruLockContention.isolateAndPutback",
        "mode": "thrpt", "threads": 2, "forks": 2, "params": {"lock": "mcs", "pagevec": "15"},
        "primaryMetric": {"score": 2.0, "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
          "scorePercentiles": {"0.0": 1.0}, "scoreUnit": "ops/us", "rawData": [[1, 2.5], [3.0, 4.0]]},
        "secondaryMetrics": {
          "pairs": {"scoreUnit": "#", "rawData": [[100, 100], [200, 0]]},
          "pairsSquared": {"scoreUnit": "#", "rawData": [[5000, 10000], [40000, 0]]}}}]""";

  private static final String SAMPLED = """
      [{"benchmark": "org.gupstress.bench.SpinsAndTails.tail", "mode": "sample", "threads": 2,
        "primaryMetric": {"score": 2.0, "scoreUnit": "ns/op",
          "rawDataHistogram": [[[[40.0, 98], [70.0, 1]], [[500.0, 1]]]]},
        "secondaryMetrics": {}}]""";

  @TempDir
  Path directory;

  private List<JmhResult> read(String json) throws IOException {
    return JmhResult.read(Files.writeString(directory.resolve("jmh.json"), json));
  }

  @Test
  void iterationsStayWithTheirForks() throws IOException {
    JmhResult result = read(CONTENDED).get(0);
    assertThat(result.params()).isEqualTo(Map.of("lock", "mcs", "pagevec", "15"));
    assertThat(result.threads()).isEqualTo(2);
    assertThat(result.primary().unit()).isEqualTo("ops/us");
    assertThat(result.primary().forks()).containsExactly(List.of(1.0, 2.5), List.of(3.0, 4.0));
  }

  @Test
  void fairnessIsJainsIndexOfTheShares() throws IOException {
    List<Measurement> measurements = Measurement.of(
        Question.LRU_LOCK_CONTENTION,
        "isolateAndPutback",
        BenchThreads.of(2),
        read(CONTENDED).get(0));
    assertThat(measurements).extracting(Measurement::metric).containsExactly("", "fairness");
    // 50 and 50: equal shares, 100 and 0: one did it all; the second fork has an idle iteration
    assertThat(measurements.get(1).forks().get(0)).isCloseTo((1 + 0.5) / 2, within(1e-9));
    assertThat(measurements.get(1).forks().get(1)).isCloseTo((0.5 + 0) / 2, within(1e-9));
  }

  @Test
  void tailsAreOfAllSamplesOfAFork() throws IOException {
    List<Measurement> measurements = Measurement.of(
        Question.SPINS_AND_TAILS, "tail", BenchThreads.of(2), read(SAMPLED).get(0));
    assertThat(measurements).extracting(Measurement::metric).containsExactly("p50", "p99", "p99.9");
    assertThat(measurements)
        .extracting(measurement -> measurement.forks().get(0))
        .containsExactly(40.0, 70.0, 500.0);
  }

  @Test
  void refusedPinsAreNoneAndTheOthersBearTheirTime() throws IOException {
    String pinned = """
        [{"benchmark": "org.gupstress.bench.PinUnpin.pinAndUnpin", "mode": "avgt", "threads": 2,
          "primaryMetric": {"score": 2.0, "scoreUnit": "ns/op", "rawData": [[90.0, 90.0, 90.0]]},
          "secondaryMetrics": {
            "attempts": {"scoreUnit": "#", "rawData": [[1000, 2000, 1000]]},
            "refused": {"scoreUnit": "#", "rawData": [[100, 200, 100]]}}}]""";
    List<Measurement> measurements = Measurement.of(
        Question.PIN_UNPIN, "pinAndUnpin", BenchThreads.of(2), read(pinned).get(0));
    assertThat(measurements).extracting(Measurement::metric).containsExactly("", "refused");
    assertThat(measurements.get(0).forks().get(0)).isCloseTo(100, within(1e-9));
    assertThat(measurements.get(1).forks().get(0)).isCloseTo(0.1, within(1e-9));
    assertThat(measurements.get(1).isWorthShowing()).isTrue();
  }

  @Test
  void aCounterThatIsMissingIsNamed() throws IOException {
    JmhResult result = read(SAMPLED).get(0);
    assertThatThrownBy(
            () -> Measurement.of(Question.SPINS_AND_TAILS, "spins", BenchThreads.of(2), result))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the counter looks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "[1]",
        "[{}",
        "[{}]",
        "[{\"benchmark\": \"b\", \"threads\": 1, \"secondaryMetrics\": {}, \"primaryMetric\":"
            + " {\"scoreUnit\": \"u\", \"rawData\": [[]]}}]",
        "[{\"benchmark\": 7, \"threads\": 1}]",
        "[{\"benchmark\": \"b\", \"threads\": 1, \"secondaryMetrics\": {}, \"primaryMetric\":"
            + " {\"scoreUnit\": \"u\", \"rawData\": [[\"NaN\"]]}}]",
        "[{\"benchmark\": \"b\", \"threads\": 1, \"secondaryMetrics\": {}, \"primaryMetric\":"
            + " {\"scoreUnit\": \"u\", \"rawDataHistogram\": [[[[1]]]]}}]"
      })
  void whatIsNotSuchAResultIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
  }
}
