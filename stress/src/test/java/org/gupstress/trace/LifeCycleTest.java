// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page's history is a path of the model's life cycle, or the rule that it breaks is named. */
class LifeCycleTest {
  /** Shows every tracepoint, so that no step is silent because the trace does not have it. */
  private static final String ALL_SHOWN = "alloc add 2_f activate delete free alloc add dirty 2_f";

  @TempDir
  private Path directory;

  @Test
  void everyEdgeIsAMethodOfTheModel() throws ClassNotFoundException {
    assertThat(LifeCycle.EDGES).hasSizeGreaterThan(40);
    for (LifeCycle.Edge edge : LifeCycle.EDGES) {
      int dot = edge.method().lastIndexOf('.');
      Class<?> type = Class.forName("org.gupstress." + edge.method().substring(0, dot));
      assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
          .as("the methods of " + type + ", for the edge " + edge)
          .contains(edge.method().substring(dot + 1));
    }
  }

  @Test
  void everyStateIsReachedAndEveryStepTaken() {
    Set<LifeState> reached = EnumSet.of(LifeState.FREE);
    Set<LifeStep> taken = EnumSet.noneOf(LifeStep.class);
    for (boolean grown = true; grown; ) {
      grown = false;
      for (LifeCycle.Edge edge : LifeCycle.EDGES) {
        if (reached.contains(edge.from())) {
          grown |= reached.add(edge.to());
          if (edge.by() != null) {
            taken.add(edge.by());
          }
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(LifeState.values());
    assertThat(taken).containsExactlyInAnyOrder(LifeStep.values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alloc add 2_f activate dirty write delete free",
        "alloc add 3_f delete free alloc add 2Mf delete free",
        "alloc add delete 2_f free", // truncated while it is in a pagevec
        "alloc add 2_f 2_f activate activate 4_f 3_f delete", // isolated and put back
        "alloc 0_a activate free", // anonymous
        "alloc 1_a 4_a 0_a free alloc free",
        "2_f delete free", // the trace began in the middle of its life
        "delete free alloc 0_a",
        "add 2_f delete add-other" // of which the last is another page in its place
      })
  void aPathOfTheModel(String words) {
    List<String> lines = Traces.life(words);
    Refinement refinement = Traces.read(directory, lines).refinement();
    assertThat(refinement.misses()).isEmpty();
    assertThat(refinement.paths()).isEqualTo(refinement.pages());
  }

  /** The control: each rule is broken by a history that is no path, at its last event. */
  @ParameterizedTest
  @CsvSource({
    "alloc add 2_f alloc, ALLOCATED_IN_USE",
    "add 2_f delete free free, FREED_IN_USE",
    "alloc add 2_f free, MOVED_UNSEEN",
    "alloc add 2_f add, ADDED_IN_USE",
    "alloc 0_a add, ADDED_IN_USE",
    "add 2_f add-other, SLOT_TAKEN",
    "alloc add 2_f delete delete, DELETED_OUTSIDE",
    "alloc add 2_f 0_a, LISTED_OUT_OF_TURN",
    "alloc 0_a 2_f, LISTED_OUT_OF_TURN",
    "alloc add activate, ACTIVATED_OFF_LIST",
    "alloc add 2_f delete write, WRITTEN_OUT_OF_TURN",
    "alloc 0_a swap, SWAP",
    "alloc 0_a 2_a, LAZY_FREE",
    "alloc 0_fb delete, TMPFS",
    "alloc add-large 2_f delete-large delete-large, LARGE_FOLIO"
  })
  void noPathOfTheModel(String words, MissRule rule) {
    // what every trace has is shown by another page
    List<String> lines = new ArrayList<>(other());
    for (String line : Traces.life(words)) {
      lines.add(line.replace(" 12.1000", " 12.2000"));
    }
    Refinement refinement = Traces.read(directory, lines).refinement();
    assertThat(refinement.misses()).extracting(Refinement.Miss::rule).contains(rule);
    assertThat(refinement.misses().get(0).rule()).isIn(rule, MissRule.MOVED_UNSEEN);
    assertThat(refinement.paths()).isLessThan(refinement.pages());
    List<PageStep> example = refinement.misses().stream()
        .filter(miss -> miss.rule() == rule)
        .findFirst()
        .orElseThrow()
        .example();
    assertThat(example).isNotEmpty();
    assertThat(refinement.mistakes() + refinement.notModelled())
        .isEqualTo(
            refinement.misses().stream().mapToLong(Refinement.Miss::events).sum());
  }

  private static List<String> other() {
    return Traces.life(ALL_SHOWN).stream()
        .map(line -> line.replace("pfn=0x1234", "pfn=0x77").replace("ofs=8192", "ofs=0"))
        .toList();
  }

  @Test
  void whatTheTraceDoesNotShowMayHaveHappened() {
    // without mm_page_alloc and mm_page_free, a page may have been freed and taken again
    assertThat(misses("add 2_f delete 0_a add 2_f")).isZero();
    // without filemap events, it may have left the page cache
    assertThat(misses("2_f 0_a 2_f")).isZero();
    // the control
    assertThat(misses("add 2_f delete add 2_f 0_a")).isEqualTo(1);
  }

  private long misses(String words) {
    Refinement refinement = Traces.read(directory, Traces.life(words)).refinement();
    return refinement.mistakes() + refinement.notModelled();
  }

  @Test
  void onlyAMigrationThatTheTraceShowsExplainsAMove() {
    String unexplained = "alloc add 2_f delete free alloc 2_f";
    Refinement without = Traces.read(directory, Traces.life(unexplained)).refinement();
    assertThat(without.misses())
        .extracting(Refinement.Miss::rule)
        .containsExactly(MissRule.MOVED_UNSEEN);
    assertThat(without.paths()).isZero();

    Refinement with =
        Traces.read(directory, Traces.life(unexplained + " moved")).refinement();
    assertThat(with.misses()).isEmpty();
    assertThat(with.paths()).isEqualTo(1);
    assertThat(with.moved()).isEqualTo(1);
  }

  @Test
  void afterAHoleNothingIsKnown() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add 2_f add"));
    assertThat(Traces.read(directory, lines).refinement().mistakes()).isEqualTo(1);
    lines.add(3, "CPU:0 [LOST 5 EVENTS]");
    TraceRecord trace = Traces.read(directory, lines);
    assertThat(trace.refinement().mistakes()).isZero();
    assertThat(trace.reading().lost()).isEqualTo(5);
    assertThat(trace.reading().holes()).isEqualTo(1);
  }
}
