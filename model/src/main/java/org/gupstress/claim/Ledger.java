// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.EnumMap;
import java.util.Map;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Ref;

/**
 * How many references of each reason a page has: exact ghost state, changed in the same step as the
 * refcount. GUP (1024 per pin in foll-pin) has half a word, every other reason a quarter of one: in
 * four words there is room for fourteen.
 */
final class Ledger {
  private static final int WORDS = 4;
  private static final Ref[] REASONS = Ref.values();

  private final ArenaMemory memory;
  private final int first;

  Ledger(ArenaMemory memory, int pages) {
    this.memory = memory;
    this.first = memory.reserveGhost(WORDS * pages);
  }

  /** The number of the quarter of a word in which a reason begins: GUP has the first two. */
  private static int slot(Ref reason) {
    return reason == Ref.GUP ? 0 : 2 + reason.ordinal() - (reason.compareTo(Ref.GUP) > 0 ? 1 : 0);
  }

  private static int word(Ref reason) {
    return slot(reason) / 4;
  }

  private static int shift(Ref reason) {
    return slot(reason) % 4 * Short.SIZE;
  }

  private static long mask(Ref reason) {
    return reason == Ref.GUP ? 0xffffffffL : 0xffff;
  }

  /** Outstanding references; negative if more were dropped than taken. */
  int count(int page, Ref reason) {
    long field = memory.ghost(first + WORDS * page + word(reason)) >>> shift(reason);
    return reason == Ref.GUP ? (int) field : (short) field;
  }

  void add(int page, Ref reason, long amount) {
    int at = first + WORDS * page + word(reason);
    long old = memory.ghost(at);
    long field = (old >>> shift(reason)) + amount & mask(reason);
    memory.setGhost(at, (old & ~(mask(reason) << shift(reason))) | (field << shift(reason)));
  }

  /** References that a driver may hold in a register from one operation to the next. */
  int plain(int page) {
    return count(page, Ref.GUP) + count(page, Ref.LOOKUP) + count(page, Ref.ALLOC);
  }

  /** Whether somebody holds a reference that was not dropped. */
  boolean isHeld(int page) {
    for (Ref reason : REASONS) {
      if (count(page, reason) > 0) {
        return true;
      }
    }
    return false;
  }

  int sum(int page) {
    int sum = 0;
    for (Ref reason : REASONS) {
      sum += count(page, reason);
    }
    return sum;
  }

  /** Outstanding references by reason, without reasons that have none. */
  Map<Ref, Integer> counts(int page) {
    Map<Ref, Integer> counts = new EnumMap<>(Ref.class);
    for (Ref reason : REASONS) {
      int n = count(page, reason);
      if (n != 0) {
        counts.put(reason, n);
      }
    }
    return counts;
  }

  /** "page cache, get_user_pages x2". */
  String describe(int page) {
    return Ref.holders(counts(page));
  }
}
