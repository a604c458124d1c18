// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.Arrays;
import org.gupstress.memory.Mix;

/**
 * The canonical form of a machine's state: one fingerprint and one order of contexts for all states
 * that differ only in which of the exchangeable CPUs is which.
 */
final class Canon {
  private final Machine machine;
  private final int contexts;
  private final int[][] group;
  private final long[] keys;
  private final int[] slots;
  private final boolean symmetric;

  Canon(Machine machine) {
    this.machine = machine;
    this.contexts = machine.contexts();
    this.keys = new long[contexts];
    this.slots = new int[contexts];
    this.symmetric = machine.isSymmetric();
    this.group = new int[contexts][];
    for (int c = 0; c < contexts; c++) {
      int[] members = new int[contexts];
      int count = 0;
      for (int d = 0; d < contexts; d++) {
        if (machine.areAlike(c, d)) {
          members[count++] = d;
        }
      }
      group[c] = Arrays.copyOf(members, count);
    }
  }

  /** Takes the state in which the machine stands now. */
  void look() {
    for (int c = 0; c < contexts; c++) {
      keys[c] = machine.key(c);
      slots[c] = c;
    }
    if (!symmetric) {
      return;
    }
    for (int c = 0; c < contexts; c++) {
      int[] members = group[c];
      if (members.length > 1) {
        int rank = 0;
        for (int d : members) {
          rank += keys[d] < keys[c] || (keys[d] == keys[c] && d < c) ? 1 : 0;
        }
        slots[c] = members[rank];
      }
    }
  }

  /** The slot in which the context stands. */
  int slot(int context) {
    return slots[context];
  }

  /** The context that stands in the slot. */
  int context(int slot) {
    for (int c = 0; c < contexts; c++) {
      if (slots[c] == slot) {
        return c;
      }
    }
    throw new IllegalArgumentException("no context in slot " + slot);
  }

  /** Another context in the same state, or the context itself if there is none. */
  int twin(int context) {
    for (int other : group[context]) {
      if (other != context && keys[other] == keys[context]) {
        return other;
      }
    }
    return context;
  }

  long fingerprint() {
    long sum = machine.sharedKey();
    for (int c = 0; c < contexts; c++) {
      sum += keys[c];
    }
    return Mix.of(sum);
  }

  /** The fingerprint where it matters who stepped last and how often CPUs were pre-empted. */
  long fingerprint(int last, int preemptions) {
    return Mix.then(Mix.then(fingerprint(), last < 0 ? 0 : keys[last]), preemptions);
  }
}
