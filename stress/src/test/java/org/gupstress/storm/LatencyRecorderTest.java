// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.dossier.TimeSpread;
import org.junit.jupiter.api.Test;

/** No time is lost between the threads that measure and the one that samples. */
class LatencyRecorderTest {
  private static final int CPUS = 3;
  private static final int RECORDED = 50_000;

  @Test
  void everyTimeIsInExactlyOneSample() throws InterruptedException {
    LatencyRecorder timings = new LatencyRecorder(CPUS);
    List<Thread> threads = new ArrayList<>();
    for (int cpu = 0; cpu < CPUS; cpu++) {
      int own = cpu;
      threads.add(new Thread(() -> {
        for (int i = 0; i < RECORDED; i++) {
          timings.record(own, Latency.LRU_LOCK_WAIT, 100 + own);
        }
      }));
    }
    threads.forEach(Thread::start);
    long sampled = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      sampled += samples(timings.sample());
    }
    sampled += samples(timings.sample());
    assertThat(sampled).isEqualTo((long) CPUS * RECORDED);
    assertThat(timings.total().get(Latency.LRU_LOCK_WAIT).samples()).isEqualTo(sampled);
    assertThat(timings.total().get(Latency.GUP_LOCK_WAIT).samples()).isZero();
  }

  private static long samples(LatencyInterval interval) {
    return interval.nanos().get(Latency.LRU_LOCK_WAIT).getTotalCount();
  }

  @Test
  void aSampleHasTheTimesSinceTheLastOneOnly() {
    LatencyRecorder timings = new LatencyRecorder(1);
    timings.record(0, Latency.PIN, 1000);
    assertThat(timings.sample().spreads().get(Latency.PIN).maxNanos()).isBetween(1000L, 1010L);
    timings.record(0, Latency.PIN, 10);
    LatencyInterval second = timings.sample();
    assertThat(second.spreads().get(Latency.PIN)).isEqualTo(new TimeSpread(1, 10, 10, 10, 10, 10));
    assertThat(second.endMillis()).isGreaterThanOrEqualTo(second.startMillis());
  }

  @Test
  void timesOutOfRangeAreKeptAtItsEnds() {
    LatencyRecorder timings = new LatencyRecorder(1);
    timings.record(0, Latency.PIN, -5);
    timings.record(0, Latency.PIN, Long.MAX_VALUE);
    TimeSpread pin = timings.sample().spreads().get(Latency.PIN);
    assertThat(pin.samples()).isEqualTo(2);
    assertThat(pin.p50Nanos()).isZero();
    assertThat(pin.maxNanos()).isBetween(3_600_000_000_000L, 3_660_000_000_000L);
  }
}
