// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.design.Mm;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.PageTable;

/** What the locks of a machine are called; a large machine does not name its words. */
final class LockNames {
  private final Mm mm;

  LockNames(Mm mm) {
    this.mm = mm;
  }

  /** What a CPU waits for that waits for bits of a word, and not for a lock. */
  String ofBits(long addr) {
    int page = mm.page().number(addr);
    if (page < 0) {
      return of(addr);
    }
    return addr == mm.page().address(page) + PageLayout.FLAGS
        ? "PG_writeback of page " + page
        : "the pins of page " + page;
  }

  String of(long addr) {
    int page = mm.page().number(addr);
    if (page >= 0) {
      return "the lock of page " + page;
    }
    if (addr == mm.lru().node().lruLock().addr()) {
      return "lru_lock";
    }
    if (addr == mm.lru().node().gupLock().addr()) {
      return "gup_lock";
    }
    if (addr == mm.lru().allocator().zoneLock().addr()) {
      return "zone->lock";
    }
    if (addr == mm.writeback().queue().lock().addr()) {
      return "queue_lock";
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (addr == mm.pageCache().file(file).pagesLock().addr()) {
        return "i_pages of file " + file;
      }
    }
    for (int table = 0; table < mm.pageTable().tables(); table++) {
      if (addr == mm.pageTable().ptl(table * PageTable.PTRS_PER_PTE).addr()) {
        return "ptl " + table;
      }
    }
    return String.format("the word at 0x%x", addr);
  }
}
