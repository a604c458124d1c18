// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CPUs do can be recorded, and only what is asked for is. */
class StormEventsTest {
  private static final String[] NAMES = {
    "gupstress.Pin",
    "gupstress.Unpin",
    "gupstress.Isolate",
    "gupstress.Putback",
    "gupstress.ReclaimPass",
    "gupstress.LockWait"
  };

  @TempDir
  private Path directory;

  private List<RecordedEvent> record(String... names) throws IOException {
    Path file = directory.resolve("storm.jfr");
    try (Recording recording = new Recording()) {
      for (String name : NAMES) {
        recording.disable(name);
      }
      for (String name : names) {
        recording.enable(name);
      }
      recording.start();
      StormEvents.pin(1, 4711, true);
      StormEvents.unpin(2, 4712);
      StormEvents.isolate(0, 4713, false);
      StormEvents.putback(3, 4714);
      StormEvents.reclaim(1, "inactive_file", 7, 32, 31, 30, 1);
      StormEvents.lockWait(2, "lru_lock", 1500);
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  @Test
  void everyEventIsRecordedWithItsFields() throws IOException {
    List<RecordedEvent> events = record(NAMES);
    assertThat(events).extracting(event -> event.getEventType().getName()).containsExactly(NAMES);
    assertThat(events).extracting(event -> event.getInt("cpu")).containsExactly(1, 2, 0, 3, 1, 2);
    assertThat(events.subList(0, 4))
        .extracting(event -> event.getLong("page"))
        .containsExactly(4711L, 4712L, 4713L, 4714L);
    assertThat(events.get(0).getBoolean("isPinned")).isTrue();
    assertThat(events.get(2).getBoolean("isIsolated")).isFalse();
    assertThat(events.get(4).getString("list")).isEqualTo("inactive_file");
    assertThat(events.get(4).getInt("priority")).isEqualTo(7);
    assertThat(events.get(4).getLong("reclaimedPages")).isEqualTo(30);
    assertThat(events.get(5).getString("lock")).isEqualTo("lru_lock");
    assertThat(events.get(5).getDuration("waitNanos")).hasNanos(1500);
  }

  @Test
  void whatIsNotAskedForIsNotRecorded() throws IOException {
    assertThat(record("gupstress.Unpin"))
        .extracting(event -> event.getEventType().getName())
        .containsExactly("gupstress.Unpin");
  }
}
