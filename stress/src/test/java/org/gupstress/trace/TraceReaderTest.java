// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.process.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of several kernels and tools are read, and what is in them is counted. */
class TraceReaderTest {
  @TempDir
  private Path directory;

  /** Counted with awk in the file. */
  @Test
  void aMappedFileOnLinux618() {
    TraceRecord trace = Traces.read(Traces.shipped("mapped-6.18.txt.gz"));
    assertThat(trace.reading().events()).isEqualTo(688);
    assertThat(trace.reading().read()).isEqualTo(688);
    Dossier dossier = trace.dossier();
    assertThat(dossier.cpus()).isEqualTo(2);
    assertThat(dossier.count(MachineCounter.CACHED)).isEqualTo(202);
    assertThat(dossier.count(MachineCounter.UNCACHED_BY_RECLAIM)).isEqualTo(212);
    assertThat(dossier.count(MachineCounter.INSERTED_INACTIVE_FILE)).isEqualTo(195);
    assertThat(dossier.count(MachineCounter.ALLOCATION_STALLS)).isEqualTo(4);
    assertThat(dossier.count(MachineCounter.DIRECT_RECLAIMED)).isEqualTo(212);
    assertThat(dossier.passes())
        .allMatch(pass -> pass.list().equals("inactive_file"))
        .extracting(ListPass::priority)
        .containsExactly(9, 8, 7, 6, 5);
    assertThat(dossier.passes())
        .extracting(ListPass::scannedPages)
        .containsExactly(4L, 12L, 28L, 56L, 112L);
    assertThat(dossier.ratio(Dossier.Ratio.RECLAIMED)).isEqualTo(1);
    assertThat(trace.refinement().paths()).isEqualTo(270);
    assertThat(trace.refinement().misses()).isEmpty();
    assertThat(trace.custody()).isNull();
  }

  /** The same story as ftrace of 4.19 and trace-cmd of 6.18 tell it. */
  @ParameterizedTest
  @ValueSource(strings = {"pin-4.19.txt", "pin-trace-cmd.txt"})
  void aPinnedPageUnderReclaim(String name) {
    TraceRecord trace = Traces.read(Traces.shipped(name));
    assertThat(trace.reading().events()).isEqualTo(68);
    assertThat(trace.reading().unread()).isEqualTo(Map.of("sched_wakeup", 1L));
    assertThat(trace.reading().cut()).isZero();
    Dossier dossier = trace.dossier();
    assertThat(dossier.passes())
        .containsExactly(
            new ListPass("inactive_file", 12, 1, 3, 3, 1, 0, 0, 0),
            new ListPass("inactive_file", 11, 1, 1, 1, 1, 0, 0, 0),
            new ListPass("inactive_file", ListPass.NO_PRIORITY, 1, 2, 0, 0, 0, 0, 0));
    assertThat(dossier.passes()).extracting(ListPass::keptPages).containsExactly(2L, 0L, 0L);
    assertThat(dossier.count(MachineCounter.REFAULTS)).isEqualTo(1);
    assertThat(dossier.count(MachineCounter.DIRTIED)).isEqualTo(1);
    assertThat(dossier.count(MachineCounter.WRITTEN_BY_RECLAIM)).isEqualTo(1);
    assertThat(dossier.count(MachineCounter.UNCACHED_BY_RECLAIM)).isEqualTo(2);
    assertThat(dossier.count(MachineCounter.KSWAPD_WAKES)).isEqualTo(1);
    assertThat(dossier.count(MachineCounter.ALLOCATION_STALLS)).isEqualTo(1);
    assertThat(dossier.times().get(MachineTime.DIRECT_RECLAIM).totalNanos()).isEqualTo(957_000);
    assertThat(dossier.times().get(MachineTime.LOCK_WAIT).samples()).isEqualTo(1);
    assertThat(trace.refinement().paths()).isEqualTo(3);
    assertThat(trace.refinement().steps()).isEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "          <idle>-0     [001] 12.5: mm_lru_activate: folio=0x9 pfn=0x10",
        " kworker/u8:1-ev-77    [001] ..s1   12.500000: mm_lru_activate: page=09 pfn=16",
        "  C2 [3] Compiler-77   (   77) [001] d..1.   12.5: mm_lru_activate: folio=0x9 pfn=0x10",
        "            a b-77    (-------) [001] dNs5.   12.500000000: mm_lru_activate:      pfn=16",
        "<...>-77 [001] .N...  12.500: mm_lru_activate: folio=0x9 pfn=0x10\r"
      })
  void taskNamesAndColumnsOfAllKinds(String line) {
    TraceReader reader = TraceReader.read(Traces.written(directory, List.of(line)));
    TraceRecord trace = reader.record(List.of(16L));
    assertThat(trace.reading().read()).isEqualTo(1);
    assertThat(trace.histories().get(0).steps()).hasSize(1);
    assertThat(trace.histories().get(0).steps().get(0).cpu()).isEqualTo(1);
  }

  @Test
  void cutAndGarbledLinesSurviveAndAreCounted() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add 2_f delete free"));
    lines.add(2, "            task-42    [000] d..1.  12.1000");
    lines.add(4, "\u0001\u0002 what is this [3 of 4] [99999999] [0");
    lines.add(Traces.line(90, "mm_lru_activate: folio=0x9 pf"));
    TraceRecord trace = Traces.read(directory, lines);
    assertThat(trace.reading().events()).isEqualTo(6);
    assertThat(trace.reading().read()).isEqualTo(5);
    assertThat(trace.reading().cut()).isEqualTo(3);
  }

  /** Whatever is in a file, it is read or refused with a sentence. */
  @ParameterizedTest
  @ValueSource(strings = {"pin-4.19.txt", "pin-trace-cmd.txt"})
  void noDamageIsAMistakeOfTheReader(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Traces.shipped(name));
    Random random = new Random(7);
    Path file = directory.resolve("damaged.txt");
    int read = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(30); change >= 0; change--) {
        int at = random.nextInt(damaged.length);
        int from = random.nextInt(damaged.length);
        int length = Math.min(random.nextInt(20), damaged.length - Math.max(at, from));
        System.arraycopy(whole, from, damaged, at, length);
        damaged[at] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        TraceReader reader = TraceReader.read(file);
        reader.record(List.of());
        reader.scenario("HotPage", "hot-page");
        read++;
      } catch (Refused e) {
        assertThat(e).hasMessageContaining("damaged.txt");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void lostEventsAreAddedUp() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add"));
    lines.add("CPU:1 [LOST 12 EVENTS]");
    lines.add("CPU:0 [LOST EVENTS]");
    lines.add("CPU:0 [7 EVENTS DROPPED]");
    lines.add("CPU:0 [EVENTS DROPPED]");
    Reading reading = Traces.read(directory, lines).reading();
    assertThat(reading.lost()).isEqualTo(12 + 1 + 7 + 1);
    assertThat(reading.holes()).isEqualTo(4);
    assertThat(reading.cut()).isZero();
  }

  @Test
  void theLastLineMayEndInTheMiddle() throws IOException {
    List<String> lines = Traces.life("alloc add 2_f delete");
    Path file = directory.resolve("cut.txt");
    String text = String.join("\n", lines);
    Files.writeString(file, text.substring(0, text.length() - 1));
    assertThat(Traces.read(file).reading().read()).isEqualTo(3);
    assertThat(Traces.read(file).reading().cut()).isEqualTo(1);
  }

  @Test
  void aLineLongerThanAnyIsSkipped() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add 2_f"));
    lines.add(1, "x".repeat(1 << 20));
    lines.add(3, "            task-42    [000] " + "y".repeat(300_000));
    TraceRecord trace = Traces.read(directory, lines);
    assertThat(trace.reading().read()).isEqualTo(3);
    assertThat(trace.reading().cut()).isEqualTo(2);
  }

  @Test
  void gzipIsReadWhateverTheNameOfTheFile() throws IOException {
    Path file = directory.resolve("trace");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", Traces.life("alloc add 2_f delete")).getBytes(UTF_8));
    }
    assertThat(Traces.read(file).reading().events()).isEqualTo(4);
  }

  @Test
  void aClockThatCountsTicksHasNoRates() {
    List<String> lines = Traces.life("alloc add 2_f delete").stream()
        .map(line -> line.replace("12.1", "1"))
        .toList();
    Dossier dossier = Traces.read(directory, lines).dossier();
    assertThat(dossier.seconds()).isNaN();
    assertThat(dossier.rate(MachineCounter.CACHED)).isNaN();
    assertThat(dossier.count(MachineCounter.CACHED)).isEqualTo(1);
  }

  @Test
  void clocksOfTwoCpusMayBeALittleApart() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add"));
    lines.add("            task-43    [001] d..1.  12.099999: mm_lru_activate: folio=0x9 pfn=9");
    assertThat(Traces.read(directory, lines).reading().disorder()).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownToBeTakenIsNotMadeUp() {
    TraceRecord trace = Traces.read(
        directory,
        List.of(Traces.line(
            1,
            "mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=32 nr_reclaimed=8 nr_dirty=0"
                + " nr_writeback=0 nr_congested=0 nr_immediate=0 nr_activate_anon=1"
                + " nr_activate_file=2 nr_ref_keep=4 nr_unmap_fail=0 priority=7"
                + " flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC")));
    assertThat(trace.dossier().passes())
        .containsExactly(new ListPass("inactive_file", 7, 1, 32, ListPass.UNKNOWN, 8, 3, 0, 4));
    assertThat(trace.dossier().ratio(Dossier.Ratio.TAKEN)).isNaN();
    assertThat(trace.dossier().ratio(Dossier.Ratio.RECLAIMED)).isEqualTo(0.25);
  }

  @Test
  void oneReclaimInsideAnotherIsOneStall() {
    List<String> lines = List.of(
        Traces.line(0, "mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS"),
        Traces.line(5, "mm_vmscan_memcg_softlimit_reclaim_begin: order=0 gfp_flags=GFP_NOFS"),
        Traces.line(7, "mm_vmscan_memcg_softlimit_reclaim_end: nr_reclaimed=3"),
        Traces.line(9, "mm_vmscan_direct_reclaim_end: nr_reclaimed=8"),
        Traces.line(12, "mm_vmscan_direct_reclaim_end: nr_reclaimed=99"));
    Dossier dossier = Traces.read(directory, lines).dossier();
    assertThat(dossier.count(MachineCounter.ALLOCATION_STALLS)).isEqualTo(1);
    assertThat(dossier.count(MachineCounter.DIRECT_RECLAIMED)).isEqualTo(8);
    assertThat(dossier.times().get(MachineTime.DIRECT_RECLAIM).totalNanos()).isEqualTo(9000);
  }
}
