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
  private long mask;
  private long wanted;
  private volatile long waitsFor;
  private volatile long waits;

  /** The CPU waits for a spin lock from now on. */
  void beginWait(long addr) {
    beginWait(addr, 0, 0);
  }

  /** The CPU waits until {@code (word & bits) == value} from now on; no bits are a spin lock. */
  void beginWait(long addr, long bits, long value) {
    mask = bits;
    wanted = value;
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

  /** The bits of that word for which it waits; 0 if it waits for a spin lock. */
  long mask() {
    return mask;
  }

  /** What these bits are to be. */
  long wanted() {
    return wanted;
  }

  /** How often it has waited until now; changes with every wait. */
  long waits() {
    return waits;
  }
}
