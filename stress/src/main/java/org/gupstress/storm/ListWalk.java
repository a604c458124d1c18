// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Memory;

/**
 * Walks all LRU lists while all CPUs stand still: each must be a ring of as many pages as it says.
 */
final class ListWalk {
  /** Lists of millions take long; of the whole time, walks take at most one part in so many. */
  private static final int SHARE = 50;

  private final Mm mm;
  private final Memory memory;
  private final Detector detector;
  private long endedNanos;
  private long tookNanos;

  ListWalk(Mm mm, Detector detector) {
    this.mm = mm;
    this.memory = mm.memory();
    this.detector = detector;
  }

  /** Whether all lists are whole; taken for granted if they were walked not long ago. */
  boolean areWhole() {
    long begin = System.nanoTime();
    if (begin - endedNanos <= SHARE * tookNanos) {
      return true;
    }
    boolean whole = true;
    for (LruList list : LruList.values()) {
      whole &= isWhole(list);
    }
    endedNanos = System.nanoTime();
    tookNanos = endedNanos - begin;
    return whole;
  }

  private boolean isWhole(LruList list) {
    long head = mm.lru().node().head(list);
    int size = mm.lru().node().lruSize(list);
    long at = head;
    for (int walked = 0; walked <= size; walked++) {
      long next = memory.readOnce64(at);
      if (next == head) {
        return walked == size || differs(list, size, walked);
      }
      int p = detector.addresses().isWild(next) ? -1 : detector.addresses().number(next);
      if (p < 0 || memory.readOnce64(next + 8) != at) {
        detector.report(
            Harm.LIST_INCONSISTENT,
            p,
            String.format(
                "%s: entry %d has next 0x%x, which does not point back", list.id(), walked, next));
        return false;
      }
      at = next;
    }
    return differs(list, size, size + 1);
  }

  private boolean differs(LruList list, int size, int walked) {
    detector.report(
        Harm.LRU_MISMATCH,
        -1,
        "lru_size of " + list.id() + " is " + size + ", on the list are " + walked
            + (walked > size ? " or more" : ""));
    return false;
  }
}
