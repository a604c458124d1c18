// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The last events of pages, each linked to the one before it of the same page. A ring of
 * primitives: what is older than {@link #KEPT} events is written over, and said to be.
 */
final class EventLog {
  /** Events of pages that are remembered. */
  static final int KEPT = 1 << 20;

  /** There is no event. */
  static final int NONE = -1;

  /**
   * An event as it was logged.
   *
   * @param code a {@link LifeStep}, or what a {@link CustodyAccount} calls it
   * @param context in which its task was, see {@link Task#context}
   * @param reason a {@link org.gupstress.page.Ref} and 1, or 0
   * @param states where the page can be after it; 0 if nothing was said of that
   * @param isMiss whether the model has no such step
   */
  record Entry(
      long nanos,
      int code,
      int cpu,
      int task,
      int context,
      int reason,
      int value,
      int states,
      boolean isMiss) {}

  private static final int FIRST = 1 << 10;
  private static final int CPU_SHIFT = 6;
  private static final int TASK_SHIFT = 20;
  private static final int CONTEXT_SHIFT = 36;
  private static final int REASON_SHIFT = 38;
  private static final int STATES_SHIFT = 42;
  private static final int MISS_SHIFT = 62;
  private static final int CODES = (1 << CPU_SHIFT) - 1;
  private static final int CPUS = (1 << (TASK_SHIFT - CPU_SHIFT)) - 1;
  private static final int TASKS = (1 << (CONTEXT_SHIFT - TASK_SHIFT)) - 1;
  private static final int CONTEXTS = (1 << (REASON_SHIFT - CONTEXT_SHIFT)) - 1;
  private static final int REASONS = (1 << (STATES_SHIFT - REASON_SHIFT)) - 1;

  private long[] nanos = new long[FIRST];
  private long[] info = new long[FIRST];
  private int[] values = new int[FIRST];
  private int[] before = new int[FIRST];
  private int logged;

  /** Logs an event and returns its number. */
  int add(long at, int code, int cpu, int task, int context, int value, int previous) {
    if (logged >= nanos.length && nanos.length < KEPT) {
      nanos = Arrays.copyOf(nanos, nanos.length * 2);
      info = Arrays.copyOf(info, nanos.length);
      values = Arrays.copyOf(values, nanos.length);
      before = Arrays.copyOf(before, nanos.length);
    }
    int slot = logged & (nanos.length - 1);
    nanos[slot] = at;
    info[slot] = code
        | ((long) cpu << CPU_SHIFT)
        | ((long) task << TASK_SHIFT)
        | ((long) context << CONTEXT_SHIFT);
    values[slot] = value;
    before[slot] = previous;
    return logged++;
  }

  /** Says afterwards for which reason a reference changed. */
  void explain(int number, int reason) {
    if (isKept(number)) {
      info[number & (nanos.length - 1)] |= (long) reason << REASON_SHIFT;
    }
  }

  /** Says afterwards where the page can be now. */
  void judge(int number, int states, boolean isMiss) {
    info[number & (nanos.length - 1)] |=
        ((long) states << STATES_SHIFT) | (isMiss ? 1L << MISS_SHIFT : 0);
  }

  private boolean isKept(int number) {
    return number >= 0 && number >= logged - KEPT;
  }

  /** The events of a page up to its last, at most so many, the oldest first. */
  List<Entry> upTo(int last, int most) {
    List<Entry> entries = new ArrayList<>();
    int number = last;
    while (isKept(number) && entries.size() < most) {
      int slot = number & (nanos.length - 1);
      long packed = info[slot];
      entries.add(new Entry(
          nanos[slot],
          (int) packed & CODES,
          (int) (packed >>> CPU_SHIFT) & CPUS,
          (int) (packed >>> TASK_SHIFT) & TASKS,
          (int) (packed >>> CONTEXT_SHIFT) & CONTEXTS,
          (int) (packed >>> REASON_SHIFT) & REASONS,
          values[slot],
          (int) (packed >>> STATES_SHIFT) & LifeState.ALL,
          packed >>> MISS_SHIFT != 0));
      number = before[slot];
    }
    Collections.reverse(entries);
    return entries;
  }
}
