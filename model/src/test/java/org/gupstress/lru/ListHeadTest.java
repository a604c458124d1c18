// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Note;
import org.gupstress.memory.Op;
import org.gupstress.memory.SteppedMemory;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** list_head: the order of its writes, poison, and what DEBUG_LIST refuses. */
class ListHeadTest {
  /** Makes every access at once and writes it down. */
  private static final class Written extends SteppedMemory {
    private final ArenaMemory memory = new ArenaMemory(1, Arena.CPU_BLOCK + 256, 0);
    private final Arena arena;
    private final List<String> log = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    Written(Arena arena) {
      this.arena = arena;
    }

    @Override
    protected long access(Op op, long addr, long a, long b, View through) {
      assertThat(through).isEqualTo(View.LIST);
      log.add(LoggedMachine.say(new Access(op, addr, a, b, through), arena));
      return memory.perform(op, addr, a, b);
    }

    @Override
    public void note(Note note, long about, long detail, long amount) {
      notes.add(note);
    }
  }

  private final Arena arena = new Arena(1);
  private final Written memory = new Written(arena);
  private final ListHead list = new ListHead(memory, Kernel.PRODUCTION);
  private final ListHead debug = new ListHead(memory, Kernel.DEBUG);
  private final long head = entry("head");
  private final long a = entry("a");
  private final long b = entry("b");
  private final long c = entry("c");

  private long entry(String name) {
    long addr = arena.shared(name, 16, 16);
    arena.define(addr, name + ".next");
    arena.define(addr + 8, name + ".prev");
    return addr;
  }

  private void begin(long... entries) {
    list.init(head);
    for (long entry : entries) {
      list.addTail(entry, head);
    }
    memory.log.clear();
    memory.notes.clear();
  }

  private List<Long> forward() {
    List<Long> found = new ArrayList<>();
    for (long at = memory.memory.word(head); at != head; at = memory.memory.word(at)) {
      assertThat(found).as("a list without end").hasSizeLessThan(9);
      found.add(at);
    }
    return found;
  }

  private List<Long> backward() {
    List<Long> found = new ArrayList<>();
    for (long at = memory.memory.word(head + 8); at != head; at = memory.memory.word(at + 8)) {
      assertThat(found).as("a list without end").hasSizeLessThan(9);
      found.add(0, at);
    }
    return found;
  }

  private void assertHolds(long... entries) {
    List<Long> expected = new ArrayList<>();
    for (long entry : entries) {
      expected.add(entry);
    }
    assertThat(forward()).isEqualTo(expected);
    assertThat(backward()).isEqualTo(expected);
  }

  // ---- write order

  @Test
  void initWritesNextAndThenPrev() {
    list.init(head);
    assertThat(memory.log).containsExactly("head.next := &head", "head.prev := &head");
    assertThat(list.isEmpty(head)).isTrue();
  }

  @Test
  void addPublishesTheEntryLast() {
    begin(a);
    list.add(b, head);
    assertThat(memory.log)
        .containsExactly(
            "read head.next", "a.prev := &b", "b.next := &a", "b.prev := &head", "head.next := &b");
    assertHolds(b, a);
    assertThat(list.isEmpty(head)).isFalse();
  }

  @Test
  void addTailPublishesTheEntryLast() {
    begin(a);
    list.addTail(b, head);
    assertThat(memory.log)
        .containsExactly(
            "read head.prev", "head.prev := &b", "b.next := &head", "b.prev := &a", "a.next := &b");
    assertHolds(a, b);
  }

  @Test
  void delMendsTheNeighboursAndThenPoisonsTheEntry() {
    begin(a, b, c);
    list.del(b);
    assertThat(memory.log)
        .containsExactly(
            "read b.next",
            "read b.prev",
            "c.prev := &a",
            "a.next := &c",
            "b.next := LIST_POISON1",
            "b.prev := LIST_POISON2");
    assertHolds(a, c);
    assertThat(memory.memory.word(b)).isEqualTo(Values.LIST_POISON1);
    assertThat(memory.memory.word(b + 8)).isEqualTo(Values.LIST_POISON2);
  }

  @Test
  void moveDoesNotPoison() {
    begin(a, b);
    list.move(b, head);
    assertThat(memory.log)
        .containsExactly(
            "read b.next",
            "read b.prev",
            "head.prev := &a",
            "a.next := &head",
            "read head.next",
            "a.prev := &b",
            "b.next := &a",
            "b.prev := &head",
            "head.next := &b");
    assertHolds(b, a);
  }

  @Test
  void theLastEntryLeavesAnEmptyList() {
    begin(a);
    list.del(a);
    assertHolds();
    assertThat(list.isEmpty(head)).isTrue();
  }

  private static List<Kernel> kernels() {
    return Kernel.usual();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void bothKernelsDoTheSameToAListThatIsInOrder(Kernel kernel) {
    ListHead tested = new ListHead(memory, kernel);
    begin(a);
    tested.add(b, head);
    tested.addTail(c, head);
    assertHolds(b, a, c);
    tested.move(c, head);
    tested.del(a);
    assertHolds(c, b);
    assertThat(memory.notes).doesNotContain(Note.LIST_REFUSED);
  }

  @Test
  void theCheckerIsToldBeforeNeighboursAreRewrittenAndWhenTheEntryIsLinked() {
    begin();
    list.add(a, head);
    list.del(a);
    assertThat(memory.notes).containsExactly(Note.LIST_ADD, Note.LINKED, Note.LIST_DEL);
  }

  // ---- DEBUG_LIST

  @Test
  void deletingTwiceIsRefusedAndReported() {
    begin(a, b);
    debug.del(a);
    memory.notes.clear();
    debug.del(a);
    assertThat(memory.notes).containsExactly(Note.LIST_DEL, Note.LIST_REFUSED);
    assertHolds(b);
  }

  @Test
  void deletingAnEntryWhoseNeighboursDoNotPointBackLeavesThemAndPoisonsTheEntry() {
    begin(a, b, c);
    memory.memory.write64(b + 8, head);
    debug.del(b);
    assertThat(memory.notes).containsExactly(Note.LIST_DEL, Note.LIST_REFUSED);
    assertThat(memory.memory.word(a)).isEqualTo(b);
    assertThat(memory.memory.word(c + 8)).isEqualTo(b);
    assertThat(memory.memory.word(head)).isEqualTo(a);
    assertThat(memory.memory.word(b)).isEqualTo(Values.LIST_POISON1);
  }

  @Test
  void addingBetweenEntriesThatAreNotNeighboursIsRefused() {
    begin(a);
    memory.memory.write64(a + 8, c);
    debug.add(b, head);
    assertThat(memory.notes).containsExactly(Note.LIST_ADD, Note.LIST_REFUSED);
    assertThat(forward()).containsExactly(a);
    assertThat(memory.memory.word(b)).isZero();
  }

  @Test
  void addingAnEntryThatIsFirstAlreadyIsRefused() {
    begin(a);
    debug.add(a, head);
    assertThat(memory.notes).contains(Note.LIST_REFUSED);
    assertHolds(a);
  }

  /** The control: a production kernel walks straight on, and the list is broken. */
  @Test
  void aProductionKernelCorruptsWhatADebugKernelRefuses() {
    begin(a, b, c);
    memory.memory.write64(b + 8, head);
    list.del(b);
    assertThat(memory.notes).doesNotContain(Note.LIST_REFUSED);
    assertThat(forward()).containsExactly(c);
    assertThat(backward()).containsExactly(c);
    assertThat(memory.memory.word(a)).isEqualTo(b);
  }
}
