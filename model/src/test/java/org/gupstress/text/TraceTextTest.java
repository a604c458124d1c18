// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Trace;
import org.junit.jupiter.api.Test;

/** A trace shows who did what, in whose lane, and what it changed. */
class TraceTextTest {
  private static final String BEFORE = "page0: ref 1 (page cache), on inactive_file PG_lru, w8 1";
  private static final String AFTER =
      "page0: ref 2 (page cache, get_user_pages), on inactive_file PG_lru, w8 1";

  private static Trace.Step step(int cpu, String operation, String access, String... pages) {
    return new Trace.Step(
        cpu,
        false,
        operation,
        "run > pin_page > pin > set_count > write_once32 > step > access > callers",
        access,
        List.of(pages),
        new ArrayList<>());
  }

  private static List<String> print(Format format, boolean full, Trace.Step... steps) {
    StringWriter text = new StringWriter();
    Sheet sheet = new Sheet(new PrintWriter(text), format, false);
    new Lanes(sheet, 2, new Trace(List.of(BEFORE), List.of(steps), List.of()), full).print();
    return Arrays.asList(text.toString().split("\n", -1));
  }

  private static int column(List<String> lines, String text) {
    return lines.stream()
        .filter(line -> line.contains(text))
        .mapToInt(line -> line.indexOf(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyCpuHasItsLane() {
    List<String> lines = print(
        Format.TERMINAL, false, step(0, "pin", "spin_lock a"), step(1, "drain", "spin_lock b"));
    int other = column(lines, "cpu1") - column(lines, "cpu0");
    assertThat(other).isPositive();
    assertThat(column(lines, "spin_lock b") - column(lines, "spin_lock a")).isEqualTo(other);
    assertThat(lines).anyMatch(line -> line.strip().equals("drain"));
  }

  @Test
  void readsAreCountedAndTheLastBeforeASwitchIsShown() {
    Trace.Step[] steps = {
      step(0, "pin", "read one"),
      step(0, "pin", "read two"),
      step(0, "pin", "read three"),
      step(1, "drain", "x := 1"),
      step(0, "pin", "y := 1")
    };
    assertThat(String.join("\n", print(Format.TERMINAL, false, steps)))
        .contains("... 2 reads", "read three")
        .doesNotContain("read one");
    assertThat(String.join("\n", print(Format.TERMINAL, true, steps)))
        .contains("read one", "read two", "read three")
        .doesNotContain("reads");
  }

  @Test
  void onlyWhatChangesOfAPageIsShown() {
    Trace.Step step = step(0, "pin", "page0._refcount += 1", AFTER);
    assertThat(print(Format.TERMINAL, false, step))
        .anyMatch(line -> line.endsWith("| page0: ref 2 (page cache, get_user_pages)"));
    assertThat(print(Format.TERMINAL, true, step)).anyMatch(line -> line.contains(AFTER));
  }

  @Test
  void aStateThatEndsIsNamed() {
    PageStrip pinned = PageStrip.parse("page0: ref 1 (a, b), pins 1, on x");
    PageStrip unpinned = PageStrip.parse("page0: ref 1 (a, b), in hand");
    assertThat(unpinned.since(pinned)).isEqualTo("page0: in hand, pins 0");
  }

  @Test
  void findingsAreNamed() {
    Trace.Step step = step(0, "pin", "x := 1");
    step.findings().add(new Finding(Harm.STRANDED, "page0 is lost"));
    assertThat(print(Format.MAIL, false, step)).contains("     => stranded: page0 is lost");
  }

  @Test
  void theFunctionIsShownWithoutTheMachineryAroundIt() {
    assertThat(FunctionPath.of("run > finish > pin > set_count > write_once32 > step > access"))
        .isEqualTo("finish > pin");
    assertThat(FunctionPath.of("finish > pin > isolate_lru_page > test"))
        .isEqualTo("pin > isolate_lru_page");
    assertThat(FunctionPath.of("")).isEmpty();
  }

  @Test
  void noLineOfAMailIsTooLong() {
    Trace.Step step =
        step(1, "pin", "test PG_active|PG_swapbacked|PG_unevictable in page0.flags", AFTER);
    step.findings().add(new Finding(Harm.ASSERTION, "x".repeat(200)));
    assertThat(print(Format.MAIL, true, step)).allMatch(line -> line.length() <= 72);
  }
}
