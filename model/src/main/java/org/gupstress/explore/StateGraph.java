// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of all states and steps that a search has found. It has no cycles: every step brings
 * some context further in its program.
 *
 * <p>A state has one slot for each context, in the canonical order of the search; a step in a slot
 * leads to a state and says in which slot of that state the same context stands. Harm sets are
 * numbered.
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

  private final int width;
  private final Map<Long, Character> harmNumbers = new HashMap<>();
  private final List<Long> harmSets = new ArrayList<>();
  private final Chunk[] chunks = new Chunk[CHUNKS_MAX];

  StateGraph(int contexts) {
    this.width = contexts;
    harmNumber(0);
    chunk(SINK);
  }

  /** The most states that fit. */
  static int capacity() {
    return CHUNK * CHUNKS_MAX - 1;
  }

  int width() {
    return width;
  }

  private synchronized char harmNumber(long set) {
    return harmNumbers.computeIfAbsent(set, s -> {
      harmSets.add(s);
      return (char) (harmSets.size() - 1);
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
      chunk.stateHarms[state & CHUNK - 1] = harmNumber(harmSet);
    }
  }

  void addStep(int from, int slot, int to, int slotThere, long harmSet) {
    Chunk chunk = chunk(from);
    int at = (from & CHUNK - 1) * width + slot;
    chunk.targets[at] = to << SLOT_BITS | slotThere;
    if (harmSet != 0) {
      chunk.harms[at] = harmNumber(harmSet);
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

  long stepHarms(int from, int slot) {
    return harmSets.get(chunk(from).harms[(from & CHUNK - 1) * width + slot]);
  }

  long stateHarms(int state) {
    return harmSets.get(chunk(state).stateHarms[state & CHUNK - 1]);
  }

  /** Whether the context of the slot is inside an operation. */
  boolean isInside(int state, int slot) {
    return (chunk(state).inside[state & CHUNK - 1] >>> slot & 1) != 0;
  }

  /** All harms of all states and steps. */
  long allHarms() {
    long all = 0;
    for (long set : harmSets) {
      all |= set;
    }
    return all;
  }
}
