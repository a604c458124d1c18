// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.Arrays;

/**
 * A number for each key: primitives with open addressing, at most half full, that grows up to a
 * limit. Beyond it, new keys are turned away.
 */
final class LongTable {
  /** There is no such key, or no room for it. */
  static final int NONE = -1;

  private static final long EMPTY = -1;

  private final int limit;
  private long[] keys = new long[1 << 10];
  private int[] values = new int[1 << 10];
  private int size;

  LongTable(int limit) {
    this.limit = limit;
    Arrays.fill(keys, EMPTY);
  }

  int size() {
    return size;
  }

  /** The value, at least 0, or {@link #NONE}. Keys are not negative. */
  int get(long key) {
    int at = place(keys, key);
    return keys[at] == EMPTY ? NONE : values[at];
  }

  /** Sets the value; false if the key is new and there is no room. */
  boolean put(long key, int value) {
    int at = place(keys, key);
    if (keys[at] == EMPTY) {
      if (size == limit) {
        return false;
      }
      size++;
      keys[at] = key;
      values[at] = value;
      if (size > keys.length / 2) {
        grow();
      }
    } else {
      values[at] = value;
    }
    return true;
  }

  private void grow() {
    long[] wider = new long[keys.length * 2];
    int[] moved = new int[wider.length];
    Arrays.fill(wider, EMPTY);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        int at = place(wider, keys[i]);
        wider[at] = keys[i];
        moved[at] = values[i];
      }
    }
    keys = wider;
    values = moved;
  }

  private static int place(long[] keys, long key) {
    int at = (int) (mix(key) & (keys.length - 1));
    while (keys[at] != EMPTY && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  /** The finalizer of MurmurHash3: every bit of the key counts. */
  static long mix(long key) {
    long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
