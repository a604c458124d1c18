// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.claim.PageFields;
import org.gupstress.explore.Accessed;
import org.gupstress.explore.Surroundings;
import org.gupstress.explore.Trace;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Caller;
import org.gupstress.memory.Op;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;

/** A trace shows who did what, in whose lane, and what it changed. */
class TraceTextTest {
  private static final Arena NAMES = new Arena(0);
  private static final long X = NAMES.shared("x", 8, 8);
  private static final long Y = NAMES.shared("y", 8, 8);
  private static final long FLAGS = NAMES.shared("page0.flags", 8, 8);
  private static final long LIST = NAMES.shared("inactive_file.next", 8, 8);

  private static final PageFields BEFORE = page(Map.of(Ref.CACHE, 1), 0, LIST, false);
  private static final PageFields AFTER =
      page(new EnumMap<>(Map.of(Ref.CACHE, 1, Ref.GUP, 1)), 0, LIST, false);

  private static PageFields page(
      Map<Ref, Integer> references, int pins, long list, boolean isInHand) {
    return new PageFields(
        0,
        references.values().stream().mapToInt(Integer::intValue).sum(),
        references,
        false,
        pins,
        list,
        isInHand,
        EnumSet.of(PageFlag.LRU),
        1,
        LIST,
        List.of(View.LIST, View.PIN));
  }

  private static Access access(Op op, long addr, long a) {
    return new Access(op, addr, a, 0, View.FIELD);
  }

  private static Trace.Step step(int cpu, String operation, Access access, PageFields... pages) {
    return new Trace.Step(
        cpu,
        false,
        operation,
        List.of(new Caller("pin", false, "", 0), new Caller("set_count", true, "", 0)),
        new Accessed(access, 0, Accessed.Delay.NONE),
        List.of(pages),
        Surroundings.NONE,
        new ArrayList<>());
  }

  private static List<String> print(Format format, boolean full, Trace.Step... steps) {
    StringWriter text = new StringWriter();
    Sheet sheet = new Sheet(new PrintWriter(text), format, false);
    Trace trace = new Trace(NAMES, List.of(BEFORE), List.of(steps), List.of());
    new Lanes(sheet, 2, trace, full).print();
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
        Format.TERMINAL,
        false,
        step(0, "pin", access(Op.LOCK, X, 0)),
        step(1, "drain", access(Op.LOCK, Y, 0)));
    int other = column(lines, "cpu1") - column(lines, "cpu0");
    assertThat(other).isPositive();
    assertThat(column(lines, "spin_lock y") - column(lines, "spin_lock x")).isEqualTo(other);
    assertThat(lines).anyMatch(line -> line.strip().equals("drain"));
  }

  @Test
  void readsAreCountedAndTheLastBeforeASwitchIsShown() {
    Trace.Step[] steps = {
      step(0, "pin", access(Op.READ64, X, 0)),
      step(0, "pin", access(Op.READ_BITS64, FLAGS, 1)),
      step(0, "pin", access(Op.READ32, Y, 0)),
      step(1, "drain", access(Op.WRITE32, X, 1)),
      step(0, "pin", access(Op.WRITE32, Y, 1))
    };
    assertThat(String.join("\n", print(Format.TERMINAL, false, steps)))
        .contains("... 2 reads", "read y")
        .doesNotContain("read x");
    assertThat(String.join("\n", print(Format.TERMINAL, true, steps)))
        .contains("read x", "in page0.flags: clear", "read y")
        .doesNotContain("reads");
  }

  @Test
  void onlyWhatChangesOfAPageIsShown() {
    Trace.Step step = step(0, "pin", access(Op.ADD32, X, 1), AFTER);
    assertThat(print(Format.TERMINAL, false, step))
        .anyMatch(line -> line.endsWith("| page0: ref 2 (page cache, get_user_pages)"));
    assertThat(String.join("", print(Format.TERMINAL, true, step)).replaceAll(" +", " "))
        .contains("page0: ref 2 (page cache, get_user_pages), on inactive_file PG_lru, w8 1,")
        .contains("w16 &inactive_file [LP]");
  }

  @Test
  void aStateThatEndsIsNamed() {
    PageStrip pinned = new PageStrip(page(Map.of(Ref.CACHE, 1), 1, LIST, false), NAMES);
    PageStrip unpinned = new PageStrip(page(Map.of(Ref.CACHE, 1), 0, 0, true), NAMES);
    assertThat(unpinned.since(pinned)).isEqualTo("page0: in hand PG_lru, pins 0");
  }

  @Test
  void findingsAreNamed() {
    Trace.Step step = step(0, "pin", access(Op.WRITE32, X, 1));
    step.findings().add(new Finding(Harm.STRANDED, "page0 is lost"));
    assertThat(print(Format.MAIL, false, step)).contains("     => stranded: page0 is lost");
  }

  @Test
  void theFunctionIsShownWithoutTheMachineryAroundIt() {
    assertThat(FunctionPath.of(callers("gup_fast", "finish", "pin", "set_count!")))
        .isEqualTo("finish > pin");
    assertThat(FunctionPath.of(callers("pin", "isolate_lru_page", "test!", "flags!")))
        .isEqualTo("pin > isolate_lru_page");
    assertThat(FunctionPath.of(callers("pin", "test!", "isolate_lru_page")))
        .isEqualTo("test > isolate_lru_page");
    assertThat(FunctionPath.of(callers("test!"))).isEmpty();
    assertThat(FunctionPath.of(List.of())).isEmpty();
  }

  /** Those with an exclamation mark only make the access. */
  private static List<Caller> callers(String... names) {
    return Arrays.stream(names)
        .map(name -> new Caller(name.replace("!", ""), name.endsWith("!"), "", 0))
        .toList();
  }

  @Test
  void noLineOfAMailIsTooLong() {
    Trace.Step step = step(1, "pin", access(Op.READ_BITS64, FLAGS, 0x7654321), AFTER);
    step.findings().add(new Finding(Harm.ASSERTION, "x".repeat(200)));
    assertThat(print(Format.MAIL, true, step)).allMatch(line -> line.length() <= 72);
  }
}
