// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's viewers can read the times. */
class HistogramLogTest {
  @TempDir
  private Path directory;

  @Test
  void everyIntervalOfEveryTimingIsTagged() throws IOException {
    Path file = directory.resolve("result.hlog");
    LatencyRecorder timings = new LatencyRecorder(2);
    try (HistogramLog log = HistogramLog.to(file, "storm of rfc-oct")) {
      timings.record(0, Latency.LRU_LOCK_WAIT, 1000);
      timings.record(1, Latency.LRU_LOCK_WAIT, 3000);
      log.add(timings.sample());
      timings.record(0, Latency.GUP_LOCK_HOLD, 50);
      log.add(timings.sample());
      assertThat(log.hasFailed()).isFalse();
    }
    List<String> found = new ArrayList<>();
    HistogramLogReader reader = new HistogramLogReader(file.toFile());
    while (reader.hasNext()) {
      Histogram interval = (Histogram) reader.nextIntervalHistogram();
      found.add(interval.getTag() + " " + interval.getTotalCount());
    }
    assertThat(found)
        .containsExactly(
            "lru_lock.wait 2",
            "lru_lock.hold 0",
            "gup_lock.wait 0",
            "gup_lock.hold 0",
            "pin 0",
            "direct_reclaim 0",
            "lru_lock.wait 0",
            "lru_lock.hold 0",
            "gup_lock.wait 0",
            "gup_lock.hold 1",
            "pin 0",
            "direct_reclaim 0");
  }
}
