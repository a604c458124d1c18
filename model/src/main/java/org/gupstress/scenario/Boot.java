// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.vm.PageTable;

/** How machines begin. */
public final class Boot {
  private Boot() {}

  /** A page cache page, unmapped, on the LRU list that the flags name. */
  public static void cached(Mm mm, int number, long flags) {
    long page = mm.page().address(number);
    mm.memory().setBits64(page, flags);
    mm.addressSpace().bootAdd(number, page);
    mm.lru().bootOnLru(page);
  }

  /** A page cache page, mapped once, on the inactive list. */
  public static void mapped(Mm mm, int number) {
    cached(mm, number, 0);
    mm.pageTable().bootMap(number, mm.page().address(number));
  }

  /**
   * A page of a file with buffers, mapped shared and written by its process: a version newer than
   * its block.
   */
  public static void written(Mm mm, int number) {
    long page = mm.page().address(number);
    cached(mm, number, 0);
    mm.pageTable().bootMap(number, page, PageTable.WRITE | PageTable.DIRTY);
    mm.pageCache().pageMkwrite(mm.cpu(0), page);
    mm.dma(page);
    mm.pageCache().setPageDirty(mm.cpu(0), page);
  }

  /** A page cache page as after readahead, mapped once, still in the pagevec of a CPU. */
  public static void inPagevecOf(Mm mm, int cpu, int number) {
    long page = mm.page().address(number);
    mm.addressSpace().bootAdd(number, page);
    mm.pageTable().bootMap(number, page);
    mm.lru().bootInPagevec(cpu, page);
  }

  /** An anonymous page, mapped once, on the inactive list. */
  public static void anonymous(Mm mm, int number) {
    long page = mm.page().address(number);
    mm.memory().setBits64(page, PageFlag.SWAPBACKED.mask());
    mm.pageTable().bootMapAnonymous(number, page);
    mm.lru().bootOnLru(page);
  }
}
