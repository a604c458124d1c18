// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;

/**
 * The locks that one CPU holds, and what it waits for.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>The CPU's thread alone calls the methods that change anything.
 *   <li>The CPU removes a lock here before it releases it, and adds it after it has taken it.
 * </ol>
 *
 * <p>Guarantees to other threads:
 *
 * <ol>
 *   <li>If {@link #waits} gives the same number twice and {@link #waitsFor} was not 0 in between,
 *       the CPU has waited for one thing all the time, and what {@link #held} gave in between is
 *       what it held.
 *   <li>Hence, if all CPUs of a circle were seen so at the same time, each of them waited for a
 *       lock that the next one held: the circle is a deadlock.
 * </ol>
 */
final class CpuLocks {
  private static final int HELD_MAX = 64;

  private final long[] held = new long[HELD_MAX];
  private int holds;
  private boolean waitsForBits;
  private volatile long waitsFor;
  private volatile long waits;

  /** The CPU waits for a lock, or for bits of a word to change, from now on. */
  void beginWait(long addr, boolean forBits) {
    waitsForBits = forBits;
    long before = waits;
    waits = before + 1;
    waitsFor = addr;
  }

  void endWait() {
    waitsFor = 0;
  }

  void add(long addr) {
    int n = holds;
    if (n < HELD_MAX) {
      held[n] = addr;
      holds = n + 1;
    }
  }

  void remove(long addr) {
    int n = holds;
    for (int i = n - 1; i >= 0; i--) {
      if (held[i] == addr) {
        System.arraycopy(held, i + 1, held, i, n - 1 - i);
        holds = n - 1;
        return;
      }
    }
  }

  void clear() {
    holds = 0;
    endWait();
  }

  /** The addresses of the locks that the CPU holds. */
  long[] held() {
    return Arrays.copyOf(held, holds);
  }

  /** The address of what it waits for, or 0. */
  long waitsFor() {
    return waitsFor;
  }

  /** Whether it waits for bits of that word, and not for a lock. */
  boolean waitsForBits() {
    return waitsForBits;
  }

  /** How often it has waited until now; changes with every wait. */
  long waits() {
    return waits;
  }
}
