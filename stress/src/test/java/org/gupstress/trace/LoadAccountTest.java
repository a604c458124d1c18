// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.gupstress.load.LoadProfile;
import org.gupstress.load.LoadStream;
import org.gupstress.load.LoadStream.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What made a trace is inferred from it: traces here are made by a small machine that is known. */
class LoadAccountTest {
  @TempDir
  private Path directory;

  private final List<String> lines = new ArrayList<>();
  private final Set<Integer> resident = new LinkedHashSet<>();
  private int micros;

  private void line(String task, String event) {
    lines.add(String.format(Locale.ROOT, "  %s [000] ..... 1.%06d: %s", task, ++micros, event));
  }

  /** A machine whose memory has so many pages, the first of the file at the beginning. */
  private void boot(int memory) {
    for (int page = 0; page < memory; page++) {
      resident.add(page);
    }
  }

  private void readAround(String task, int filePages, int memory, int page, int window) {
    if (resident.contains(page)) {
      return;
    }
    int first = Math.max(0, page - window / 2);
    for (int at = first; at < Math.min(filePages, first + window); at++) {
      if (!resident.contains(at)) {
        int oldest = resident.iterator().next();
        resident.remove(oldest);
        cache(task, "delete_from", oldest);
        resident.add(at);
        cache(task, "add_to", at);
      }
    }
    assertThat(resident).hasSize(memory);
  }

  private void cache(String task, String what, int page) {
    line(
        task,
        String.format(
            Locale.ROOT,
            "mm_filemap_%s_page_cache: dev 7:0 ino c pfn=0x%x ofs=%d order=0",
            what,
            page + 0x1000,
            page * 4096L));
  }

  private void dirty(String task, int page) {
    line(task, "writeback_dirty_folio: bdi 7:0: ino=12 index=" + page);
  }

  private LoadProfile load() throws Exception {
    Path file = directory.resolve("trace.txt");
    Files.write(file, lines);
    return TraceReader.read(file).load();
  }

  @ParameterizedTest
  @CsvSource({"3000, 1000, 64, 1", "6000, 4000, 200, 4", "2000, 1500, 1, 1", "9000, 3000, 640, 16"})
  void whatRanIsFound(int filePages, int memory, int window, int chunk) throws Exception {
    boot(memory);
    Random dice = new Random(5);
    int at = memory;
    for (int i = 0; i < 200_000 && micros < 60_000; i++) {
      readAround("scan-1", filePages, memory, at, window);
      at = (at + 1) % filePages;
      if (i % Math.max(1, window) == 0) {
        int block = dice.nextInt(filePages - chunk);
        for (int page = block; page < block + chunk; page++) {
          readAround("dio-2", filePages, memory, page, window);
          dirty("dio-2", page);
        }
      }
    }
    LoadProfile load = load();
    assertThat(load.memoryPages()).isBetween(memory * 9 / 10, memory);
    assertThat(load.filePages()).containsExactly(filePages);
    assertThat(load.hasKswapd()).isFalse();
    assertThat(load.streams())
        .extracting(LoadStream::task)
        .containsExactlyInAnyOrder("scan-1", "dio-2");
    for (LoadStream stream : load.streams()) {
      boolean isScan = stream.task().equals("scan-1");
      assertThat(stream.order()).isEqualTo(isScan ? Order.SCAN : Order.RANDOM);
      assertThat(stream.chunkPages()).isEqualTo(isScan ? 0 : chunk);
    }
    assertThat(load.streams().stream().mapToDouble(LoadStream::share).sum())
        .isBetween(0.999, 1.001);
    assertThat(load.remarks())
        .anyMatch(remark -> remark.contains("memory limit is not in the trace"));
  }

  /** The control: who reads at random and dirties nothing has no direct I/O. */
  @Test
  void whoDirtiesNothingHasNoDirectIo() throws Exception {
    boot(500);
    Random dice = new Random(3);
    for (int i = 0; i < 400; i++) {
      readAround("reader-1", 2000, 500, dice.nextInt(2000), 32);
    }
    assertThat(load().streams()).singleElement().satisfies(stream -> {
      assertThat(stream.order()).isEqualTo(Order.RANDOM);
      assertThat(stream.isDirect()).isFalse();
      assertThat(stream.windowPages()).isEqualTo(32);
    });
  }

  @Test
  void aTraceWithoutThePageCacheShowsNoLoad() throws Exception {
    line("task-1", "mm_lru_activate: folio=0x9 pfn=0x44");
    assertThat(load().streams()).isEmpty();
  }

  @Test
  void aLargerMachineHasLargerFiles() {
    LoadStream stream = new LoadStream("task-1", 0, Order.RANDOM, 64, 1, 1);
    LoadProfile load =
        new LoadProfile("t", 1000, true, 5000, 0.5, List.of(4000), List.of(stream), List.of());
    assertThat(load.scaledTo(2000).filePages()).containsExactly(8000);
    assertThat(load.scaledTo(2000).insertedPages()).isEqualTo(10_000);
    assertThat(load.with(8, 4).streams())
        .containsExactly(new LoadStream("task-1", 0, Order.RANDOM, 8, 4, 1));
    assertThat(load.with(0, 0)).isEqualTo(load);
  }
}
