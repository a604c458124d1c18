// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.BitSet;
import org.gupstress.memory.KernelBug;

/**
 * What operations left behind that died of corrupted memory, until it is repaired.
 *
 * <p>Guarantees: whoever sees {@link #isDone} sees the pages of the operation that did it. Pages
 * are taken while all CPUs stand still.
 */
final class Damage {
  /** What an operation dies of that has found corrupted memory. */
  static final String CORRUPTION = "list corruption";

  private final BitSet pages = new BitSet();
  private final BitSet bad = new BitSet();
  private volatile boolean done;

  /** An operation died that had to do with these pages. */
  synchronized void add(BitSet touched) {
    pages.or(touched);
    done = true;
  }

  /** A page was in a pagevec of a CPU whose operation died. */
  synchronized void abandoned(int page) {
    pages.set(page);
  }

  /** Whether lists have to be made anew before the machine can go on. */
  boolean isDone() {
    return done;
  }

  /**
   * For an operation that waits: it may wait for one that has died, and nothing is repaired before
   * it ends.
   *
   * @throws KernelBug if an operation has died
   */
  void giveUpIfDone() {
    if (done) {
      throw new KernelBug(CORRUPTION);
    }
  }

  /** The pages that dead operations had to do with; forgets them. */
  synchronized BitSet takePages() {
    BitSet taken = (BitSet) pages.clone();
    pages.clear();
    done = false;
    return taken;
  }

  /** The allocator has refused a page, as bad_page does: nobody gets it any more. */
  synchronized void refuse(int page) {
    bad.set(page);
  }

  synchronized boolean isRefused(int page) {
    return bad.get(page);
  }
}
