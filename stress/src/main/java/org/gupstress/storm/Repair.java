// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.BitSet;
import org.gupstress.design.Mm;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * Makes the machine fit to go on after operations died, while all CPUs stand still: pages that they
 * had to do with get the references that their holders explain, and lists are made anew.
 */
final class Repair {
  private final Mm mm;
  private final Page pages;
  private final Holders holders;
  private final Detector detector;

  Repair(Mm mm, Holders holders, Detector detector) {
    this.mm = mm;
    this.pages = mm.page();
    this.holders = holders;
    this.detector = detector;
  }

  /** @param casualties the numbers of the pages that dead operations had to do with */
  void run(BitSet casualties) {
    endWriteback();
    holders.forEachWindow((from, to) -> {
      for (int p = casualties.nextSetBit(from);
          p >= 0 && p < to;
          p = casualties.nextSetBit(p + 1)) {
        if (holders.pins(p) == 0) {
          repair(p);
        }
      }
    });
    mm.lru().rebuild(page -> detector.damage().isRefused(pages.number(page)));
  }

  /** Ends writeback that nobody else would end, because whoever was to write the page died. */
  private void endWriteback() {
    BitSet queued = new BitSet();
    mm.writeback().queue().forEach(page -> queued.set(pages.number(page)));
    for (int p = queued.nextClearBit(0); p < pages.count(); p = queued.nextClearBit(p + 1)) {
      if (pages.test(pages.address(p), PageFlag.WRITEBACK)) {
        pages.clear(pages.address(p), PageFlag.WRITEBACK);
      }
    }
  }

  private void repair(int p) {
    long page = pages.address(p);
    int expected = holders.references(p);
    mm.memory().write32(page + PageLayout.REFCOUNT, expected);
    detector.stranded().remove(p);
    if (expected > 0 && !holders.isInPagevec(p)) {
      pages.set(page, PageFlag.LRU);
    }
  }
}
