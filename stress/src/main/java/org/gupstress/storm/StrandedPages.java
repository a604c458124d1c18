// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The pages that reclaim cannot reach, and how those that were stranded came free.
 *
 * <p>Pages are added while all CPUs stand still; any CPU may free one.
 */
final class StrandedPages {
  private final AtomicLongArray bits;
  private final AtomicIntegerArray freed = new AtomicIntegerArray(Fate.values().length);

  StrandedPages(int pages) {
    this.bits = new AtomicLongArray((pages + Long.SIZE - 1) / Long.SIZE);
  }

  void add(int page) {
    bits.getAndAccumulate(page / Long.SIZE, bit(page), (word, bit) -> word | bit);
  }

  /** The page can be reached again. */
  void remove(int page) {
    bits.getAndAccumulate(page / Long.SIZE, bit(page), (word, bit) -> word & ~bit);
  }

  /** A page was freed; it counts if it was stranded. */
  void freed(int page, Fate fate) {
    if ((bits.get(page / Long.SIZE) & bit(page)) != 0) {
      remove(page);
      freed.incrementAndGet(fate.ordinal());
    }
  }

  private static long bit(int page) {
    return 1L << (page % Long.SIZE);
  }

  private long now() {
    long sum = 0;
    for (int i = 0; i < bits.length(); i++) {
      sum += Long.bitCount(bits.get(i));
    }
    return sum;
  }

  /**
   * How all pages came free that were ever stranded.
   *
   * @param rest what is said of those that are stranded still
   */
  Counts<Fate> fates(Fate rest) {
    long still = now();
    return Counts.of(Fate.class, fate -> freed.get(fate.ordinal()) + (fate == rest ? still : 0));
  }
}
