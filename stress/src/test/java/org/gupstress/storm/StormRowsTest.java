// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.process.Refused;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.result.ResultReader;
import org.gupstress.result.ResultSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a storm writes down is read back as it was. */
class StormRowsTest {
  @TempDir
  private Path directory;

  @Test
  void aStormIsReadBackAsItWasWritten() throws IOException, Refused {
    List<StormSecond> ticks = List.of(Storms.second(1), Storms.second(2));
    StormFinding finding = Storms.stranded();
    StormFinding bare = new StormFinding(
        Harm.LOST_WRITE.claim().id(),
        Harm.LOST_WRITE.id(),
        "page 3 is clean and differs from its disk block",
        1.25,
        3,
        List.of(),
        null,
        null,
        List.of());
    StormResult result = Storms.result(Storms.harm(Harm.STRANDED, 0.25));
    StormRecord written;
    Path file = directory.resolve("result.json");
    try (ResultFile log = ResultFile.open(file, new Head(7L, Duration.ofSeconds(60), 4))) {
      StormLog storm = new StormLog("rfc-oct", Storms.SETUP, Storms.HOST, log, null);
      ticks.forEach(storm::second);
      storm.finding(finding);
      storm.finding(bare);
      written = storm.end(result);
    }
    ResultSchema.assertKept(file, "storm");
    StormRowReader rows = new StormRowReader();
    assertThat(ResultReader.read(file, rows::take)).isFalse();
    assertThat(rows.records())
        .containsExactly(written)
        .containsExactly(new StormRecord(
            "rfc-oct", Storms.SETUP, Storms.HOST, ticks, List.of(finding, bare), result));
  }
}
