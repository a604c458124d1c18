// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.claim.Lockdep;

/**
 * The graph of all states and steps that a search has found. It has no cycles: every step brings
 * some context further in its program.
 *
 * <p>A state has one slot for each context, in the canonical order of the search; a step in a slot
 * leads to a state and says in which slot of that state the same context stands. What is wrong with
 * states and steps is numbered; see {@link MarkTable}.
 *
 * <p>What lockdep finds is a harm of steps by what other steps do, maybe in other interleavings.
 * Which locks a context holds, and whether its interrupts are off, follows from its own accesses
 * alone; so what a step means to lockdep is known as it is made, whatever order states are searched
 * in and however they are merged. The search judges the uses of locks at its end, when it knows all
 * steps: each different use once, together with all steps that make it.
 *
 * <p>Workers share it. Assumptions:
 *
 * <ol>
 *   <li>A state is added by one worker. Each of its steps is added by one, not always the same.
 *   <li>Nothing is read before all workers have returned, and nothing is added from then on.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Workers that add different states or steps never write the same array element, so they need
 *       no lock.
 *   <li>A chunk is made once, under the lock of the graph. Its arrays are final: a worker that sees
 *       the chunk without the lock sees them whole.
 *   <li>Equal marks have one number, whichever workers asked for it.
 * </ol>
 */
final class StateGraph {
  /** Where steps lead that end a branch. */
  static final int SINK = 0;

  /** Where it begins. */
  static final int ROOT = 1;

  /** The most contexts that a graph has slots for. */
  static final int CONTEXTS_MAX = 16;

  /** The most of them that can be inside an operation; they come first. */
  static final int INSIDE_MAX = 8;

  private static final int NONE = -1;
  private static final int CHUNK_BITS = 12;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNKS_MAX = 1 << 16;
  private static final int SLOT_BITS = 4;

  private static final class Chunk {
    private final int[] targets;
    private final char[] stepMarks;
    private final byte[] inside = new byte[CHUNK];
    private final byte[] silent = new byte[CHUNK];
    private final char[] stateMarks = new char[CHUNK];

    Chunk(int width) {
      targets = new int[CHUNK * width];
      stepMarks = new char[CHUNK * width];
      Arrays.fill(targets, NONE);
    }
  }

  private final int width;
  private final MarkTable marks = new MarkTable();
  private final Chunk[] chunks = new Chunk[CHUNKS_MAX];

  StateGraph(int contexts) {
    this.width = contexts;
    chunk(SINK);
  }

  /** The most states that fit. */
  static int capacity() {
    return CHUNK * CHUNKS_MAX - 1;
  }

  int width() {
    return width;
  }

  private synchronized char number(Marks wanted) {
    return marks.number(wanted);
  }

  private Chunk chunk(int state) {
    int at = state >>> CHUNK_BITS;
    Chunk chunk = chunks[at];
    if (chunk == null) {
      synchronized (this) {
        chunk = chunks[at];
        if (chunk == null) {
          chunk = new Chunk(width);
          chunks[at] = chunk;
        }
      }
    }
    return chunk;
  }

  /**
   * Adds a state.
   *
   * @param insideSlots slots whose context is inside an operation, as a set
   * @param known what is wrong with the state itself, and how the run ends in it
   */
  void addState(int state, int insideSlots, Marks known) {
    Chunk chunk = chunk(state);
    chunk.inside[state & CHUNK - 1] = (byte) insideSlots;
    if (!known.isNone()) {
      chunk.stateMarks[state & CHUNK - 1] = number(known);
    }
  }

  void addStep(int from, int slot, int to, int slotThere, Marks known) {
    Chunk chunk = chunk(from);
    int at = (from & CHUNK - 1) * width + slot;
    chunk.targets[at] = to << SLOT_BITS | slotThere;
    if (!known.isNone()) {
      chunk.stepMarks[at] = number(known);
    }
  }

  /** The step in this slot is a whole operation without an access that others can see. */
  void setSilent(int from, int slot) {
    chunk(from).silent[from & CHUNK - 1] = (byte) (slot + 1);
  }

  /**
   * Whether a step is one of those between which the orders of accesses differ. An operation
   * without an access commutes with all that others do: it is as if it came first, and nothing
   * beside it counts.
   */
  boolean isCounted(int from, int slot) {
    int silent = chunk(from).silent[from & CHUNK - 1];
    return hasStep(from, slot) && (silent == 0 || silent == slot + 1);
  }

  private int edge(int from, int slot) {
    return chunk(from).targets[(from & CHUNK - 1) * width + slot];
  }

  boolean hasStep(int from, int slot) {
    return edge(from, slot) != NONE;
  }

  /** The state that the step leads to. */
  int target(int from, int slot) {
    return edge(from, slot) >>> SLOT_BITS;
  }

  /** The slot of the stepping context in the state that the step leads to. */
  int slotThere(int from, int slot) {
    return edge(from, slot) & (1 << SLOT_BITS) - 1;
  }

  /** All steps are known: tells them, and whoever asks, which harms they do by what others do. */
  Lockdep judgeLocks() {
    Lockdep lockdep = new Lockdep();
    List<Marks> all = List.copyOf(marks.all());
    for (Marks one : all) {
      if (one.use() != null) {
        lockdep.add(one.use());
      }
    }
    for (int number = 0; number < all.size(); number++) {
      Marks one = all.get(number);
      if (one.use() != null) {
        marks.replace(number, one.with(lockdep.harms(one.use())));
      }
    }
    return lockdep;
  }

  /** The different marks of states and steps, in the order of their numbers. */
  List<Marks> marks() {
    return marks.all();
  }

  /** The number of a step's marks. */
  int stepMarks(int from, int slot) {
    return chunk(from).stepMarks[(from & CHUNK - 1) * width + slot];
  }

  /** The number of a state's marks. */
  int stateMarks(int state) {
    return chunk(state).stateMarks[state & CHUNK - 1];
  }

  /** Whether the context of the slot is inside an operation. */
  boolean isInside(int state, int slot) {
    return slot < INSIDE_MAX && (chunk(state).inside[state & CHUNK - 1] >>> slot & 1) != 0;
  }

  /** All harms of all states and steps, in their order. */
  Set<Harm> harms() {
    Set<Harm> all = EnumSet.noneOf(Harm.class);
    marks.all().forEach(one -> all.addAll(one.harms()));
    return all;
  }

  /** The outcomes in which runs end. */
  SortedSet<String> outcomes() {
    return marks.all().stream()
        .map(Marks::outcome)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
