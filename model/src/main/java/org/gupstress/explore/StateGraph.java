// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.LockUse;
import org.gupstress.claim.Lockdep;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * The graph of all states and steps that a search has found. It has no cycles: every step brings
 * some context further in its program.
 *
 * <p>A state has one slot for each context, in the canonical order of the search; a step in a slot
 * leads to a state and says in which slot of that state the same context stands. Harm sets are
 * numbered; that of a step has the number of what the step does to locks above it.
 *
 * <p>What lockdep finds is a harm of steps by what other steps do, maybe in other interleavings.
 * Which locks a context holds, and whether its interrupts are off, follows from its own accesses
 * alone; so what a step means to lockdep is known as it is made, whatever order states are searched
 * in and however they are merged. Judged is when all steps are known: the few different meanings,
 * once each, and with them all steps that have one.
 *
 * <p>States may be added by several workers, each state and each step by one of them; reading
 * begins when they are done.
 */
final class StateGraph {
  /** Where steps lead that end a branch. */
  static final int SINK = 0;

  /** Where it begins. */
  static final int ROOT = 1;

  /** The most contexts that a graph has slots for. */
  static final int CONTEXTS_MAX = 8;

  private static final int NONE = -1;
  private static final int CHUNK_BITS = 12;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNKS_MAX = 1 << 16;
  private static final int SLOT_BITS = 3;
  private static final int USE_SHIFT = Long.SIZE - Scenario.OUTCOMES_MAX;
  private static final long HARMS = (1L << USE_SHIFT) - 1;

  private static final class Chunk {
    private final int[] targets;
    private final char[] harms;
    private final byte[] inside = new byte[CHUNK];
    private final char[] stateHarms = new char[CHUNK];

    Chunk(int width) {
      targets = new int[CHUNK * width];
      harms = new char[CHUNK * width];
      Arrays.fill(targets, NONE);
    }
  }

  /** Different sets of marks in the order of their numbers; number 0 is the empty set. */
  private static final class Marks {
    private final Map<Long, Character> numbers = new HashMap<>();
    private long[] sets = new long[8];

    Marks() {
      number(0);
    }

    char number(long set) {
      Character known = numbers.get(set);
      if (known != null) {
        return known;
      }
      char number = (char) numbers.size();
      numbers.put(set, number);
      sets = number < sets.length ? sets : Arrays.copyOf(sets, 2 * sets.length);
      sets[number] = set;
      return number;
    }
  }

  private final int width;
  private final Marks stepMarks = new Marks();
  private final Marks stateMarks = new Marks();
  private final Map<LockUse, Integer> lockNumbers = new HashMap<>();
  private final List<LockUse> lockUses = new ArrayList<>();
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

  private synchronized char stateMark(long harmSet) {
    return stateMarks.number(harmSet);
  }

  private synchronized char stepMark(long harmSet, @Nullable LockUse use) {
    return stepMarks.number(harmSet | (use == null ? 0 : (long) number(use) << USE_SHIFT));
  }

  private int number(LockUse use) {
    return lockNumbers.computeIfAbsent(use, u -> {
      lockUses.add(u);
      return lockUses.size();
    });
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
   * @param harmSet what is wrong with the state itself
   */
  void addState(int state, int insideSlots, long harmSet) {
    Chunk chunk = chunk(state);
    chunk.inside[state & CHUNK - 1] = (byte) insideSlots;
    if (harmSet != 0) {
      chunk.stateHarms[state & CHUNK - 1] = stateMark(harmSet);
    }
  }

  void addStep(int from, int slot, int to, int slotThere, long harmSet, @Nullable LockUse use) {
    Chunk chunk = chunk(from);
    int at = (from & CHUNK - 1) * width + slot;
    chunk.targets[at] = to << SLOT_BITS | slotThere;
    if (harmSet != 0 || use != null) {
      chunk.harms[at] = stepMark(harmSet, use);
    }
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
    lockUses.forEach(lockdep::add);
    for (int number = 0; number < stepMarks.numbers.size(); number++) {
      int use = lockUse(stepMarks.sets[number]);
      stepMarks.sets[number] |= use == 0 ? 0 : lockdep.harms(lockUses.get(use - 1));
    }
    return lockdep;
  }

  /** The harms of a step, and what it does to locks: see {@link #lockUse(long)}. */
  long stepMarks(int from, int slot) {
    return stepMarks.sets[chunk(from).harms[(from & CHUNK - 1) * width + slot]];
  }

  /** The harms among the marks of a step. */
  static long harms(long stepMarks) {
    return stepMarks & HARMS;
  }

  /** The number of what a step with these marks does to locks, from 1; 0 if it does not matter. */
  static int lockUse(long stepMarks) {
    return (int) (stepMarks >>> USE_SHIFT);
  }

  /** How many different things steps do to locks. */
  int lockUses() {
    return lockUses.size();
  }

  /** The number of what some step does to locks. */
  int lockUse(LockUse use) {
    return lockUses.indexOf(use) + 1;
  }

  long stateHarms(int state) {
    return stateMarks.sets[chunk(state).stateHarms[state & CHUNK - 1]];
  }

  /** Whether the context of the slot is inside an operation. */
  boolean isInside(int state, int slot) {
    return (chunk(state).inside[state & CHUNK - 1] >>> slot & 1) != 0;
  }

  /** All harms of all states and steps. */
  long allHarms() {
    long all = 0;
    for (long set : stepMarks.sets) {
      all |= harms(set);
    }
    for (long set : stateMarks.sets) {
      all |= set;
    }
    return all;
  }
}
