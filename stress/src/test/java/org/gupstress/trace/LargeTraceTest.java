// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.gupstress.dossier.MachineCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More events than are remembered are all counted, and what is forgotten is said. */
class LargeTraceTest {
  private static final int PAGES = 5000;

  @TempDir
  private Path directory;

  /** Pages come into the cache, on the LRU, and go, round after round. */
  private Path generated(int rounds) throws IOException {
    Path file = directory.resolve("large.txt.gz");
    try (OutputStream out = new BufferedOutputStream(new FastGzip(Files.newOutputStream(file)))) {
      long micros = 1_000_000;
      for (int round = 0; round < rounds; round++) {
        for (int page = 0; page < PAGES; page++) {
          String pfn = "pfn=0x" + Integer.toHexString(0x10000 + page);
          String place = "dev 8:1 ino 1f " + pfn + " ofs=" + page * 4096L + " order=0";
          micros += 3;
          out.write(line(micros, page, "mm_filemap_add_to_page_cache: " + place));
          out.write(line(micros, page, "mm_lru_insertion: folio=0x9 " + pfn + " lru=2 flags= f"));
          out.write(line(micros, page, "mm_filemap_delete_from_page_cache: " + place));
        }
      }
    }
    return file;
  }

  /** A test file need not be small. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static byte[] line(long micros, int page, String event) {
    String fraction = Long.toString(micros % 1_000_000 + 1_000_000).substring(1);
    return ("   task-" + (40 + page % 8) + "  [00" + page % 2 + "] d..1.  " + micros / 1_000_000
            + "." + fraction + ": " + event + "\n")
        .getBytes(US_ASCII);
  }

  @Test
  void aMillionEvents() throws IOException {
    int rounds = 71;
    TraceReader reader = TraceReader.read(generated(rounds));
    TraceRecord trace = reader.record(List.of(0x10000L));
    long events = 3L * rounds * PAGES;
    assertThat(events).isGreaterThan(EventLog.KEPT);
    assertThat(trace.reading().events()).isEqualTo(events);
    assertThat(trace.dossier().count(MachineCounter.CACHED)).isEqualTo((long) rounds * PAGES);
    assertThat(trace.dossier().count(MachineCounter.REFAULTS)).isEqualTo((rounds - 1L) * PAGES);
    assertThat(trace.refinement().paths()).isEqualTo(PAGES);
    PageHistory first = trace.histories().get(0);
    assertThat(first.events()).isEqualTo(3L * rounds);
    assertThat(first.steps()).hasSizeLessThan(3 * rounds).hasSizeGreaterThan(3 * rounds - 10);
  }

  @Test
  void eventsOfPagesBeyondTheLimitAreCounted() {
    PageLives lives = new PageLives(new MachineAccount(), new EventLog(), 1);
    CustodyAccount custody = new CustodyAccount(lives, new EventLog());
    Task task = new Task(0, "task", 42);
    TraceLine line = new TraceLine();
    List<String> lines = List.of(
        "mm_filemap_add_to_page_cache: dev 8:1 ino 1f pfn=0x1 ofs=0 order=0",
        "mm_filemap_add_to_page_cache: dev 8:1 ino 1f pfn=0x2 ofs=4096 order=0",
        "mm_lru_insertion: folio=0x9 pfn=0x2 lru=2 flags= f",
        "mm_lru_insertion: folio=0x9 pfn=0x1 lru=2 flags= f",
        "mm_filemap_delete_from_page_cache: dev 8:1 ino 1f pfn=0x2 ofs=4096 order=0",
        "page_ref_mod: pfn=0x2 flags=lru count=2 mapcount=0 mapping=0 mt=1 val=1");
    for (String event : lines) {
      byte[] bytes = Traces.line(1, event).getBytes(US_ASCII);
      assertThat(line.read(bytes, 0, bytes.length)).isEqualTo(TraceLine.Kind.EVENT);
      boolean isWhole = line.event.isReference()
          ? custody.take(line.event, line, task)
          : lives.take(line.event, line, task);
      assertThat(isWhole).isTrue();
    }
    assertThat(lives.unfollowed()).isEqualTo(4);
    assertThat(lives.lived()).isEqualTo(1);
  }

  @Test
  void aTableThatIsFullTurnsNewKeysAway() {
    LongTable table = new LongTable(3000);
    for (int key = 0; key < 3000; key++) {
      assertThat(table.put(key * 4096L, key)).isTrue();
    }
    assertThat(table.put(7, 1)).isFalse();
    assertThat(table.get(7)).isEqualTo(LongTable.NONE);
    assertThat(table.put(4096, 42)).isTrue();
    assertThat(table.get(4096)).isEqualTo(42);
    assertThat(table.size()).isEqualTo(3000);
  }
}
