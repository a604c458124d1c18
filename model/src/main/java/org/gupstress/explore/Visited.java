// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The visited set: fingerprints of states, each with the number under which its state is known.
 *
 * <p>Fingerprints stand densely in chunks, in the order of their numbers; open-addressing tables of
 * numbers lead to them. That is 8 bytes for the fingerprint and 4.7 to 6.6 for the table entry,
 * whose load is kept between 0.6 and 0.85.
 *
 * <p>Workers share it. Assumptions:
 *
 * <ol>
 *   <li>Two states have the same fingerprint only if they are the same state. That two differ and
 *       agree has the probability that the verdict prints.
 *   <li>There are fewer than 2^31 states; {@link Search#checkStates} stops before.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Of all workers that add one fingerprint, exactly one is told that it was new, and all are
 *       told the same number: a stripe is one lock, and a fingerprint is always in one stripe.
 *   <li>Numbers are dense: with n states known to all, they are 0 to n - 1. Which state has which
 *       number depends on the workers' speed.
 *   <li>A fingerprint is in its chunk before its number is in a table: who finds the number under
 *       the stripe's lock reads the fingerprint. A larger array of chunks has all older chunks.
 *   <li>{@link #size} may run ahead of the tables while workers add.
 * </ol>
 */
final class Visited {
  private static final int STRIPES = 16;
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int TABLE_MIN = 64;

  private final Stripe[] stripes = new Stripe[STRIPES];
  private volatile long[][] chunks = new long[16][];
  private final AtomicInteger next = new AtomicInteger();

  Visited() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** How many states are known. */
  int size() {
    return next.get();
  }

  /** Bytes in use. */
  long bytes() {
    long bytes = 0;
    for (Stripe stripe : stripes) {
      bytes += 4L * stripe.table.length;
    }
    return bytes + 8L * ((size() + CHUNK - 1) >>> CHUNK_BITS << CHUNK_BITS);
  }

  /** The number of a known state, or {@code ~number} of one that was new until now. */
  int add(long fingerprint) {
    return stripes[(int) (fingerprint >>> 60)].add(fingerprint, true);
  }

  /** The number of a state, or -1 if it is not known. */
  int find(long fingerprint) {
    return stripes[(int) (fingerprint >>> 60)].add(fingerprint, false);
  }

  private long fingerprint(int number) {
    return chunks[number >>> CHUNK_BITS][number & CHUNK - 1];
  }

  private int number(long fingerprint) {
    int number = next.getAndIncrement();
    chunk(number >>> CHUNK_BITS)[number & CHUNK - 1] = fingerprint;
    return number;
  }

  private long[] chunk(int at) {
    long[][] known = chunks;
    if (at < known.length && known[at] != null) {
      return known[at];
    }
    synchronized (this) {
      known = chunks;
      if (at >= known.length || known[at] == null) {
        known = Arrays.copyOf(known, Math.max(known.length, at + 1 + at / 2));
        known[at] = new long[CHUNK];
        chunks = known;
      }
      return known[at];
    }
  }

  private final class Stripe {
    private int[] table = empty(TABLE_MIN);
    private int used;

    private static int[] empty(int size) {
      int[] table = new int[size];
      Arrays.fill(table, -1);
      return table;
    }

    private static int home(long fingerprint, int size) {
      return (int) (((fingerprint & 0xffffffffL) * size) >>> 32);
    }

    synchronized int add(long fingerprint, boolean insert) {
      int at = home(fingerprint, table.length);
      while (table[at] >= 0) {
        if (fingerprint(table[at]) == fingerprint) {
          return table[at];
        }
        at = at + 1 == table.length ? 0 : at + 1;
      }
      if (!insert) {
        return -1;
      }
      int number = number(fingerprint);
      table[at] = number;
      if (++used * 20L > table.length * 17L) {
        grow();
      }
      return ~number;
    }

    private void grow() {
      int[] old = table;
      table = empty((int) (old.length * 7L / 5));
      for (int number : old) {
        if (number >= 0) {
          int at = home(fingerprint(number), table.length);
          while (table[at] >= 0) {
            at = at + 1 == table.length ? 0 : at + 1;
          }
          table[at] = number;
        }
      }
    }
  }
}
