// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * mlock and munlock of what a pte maps, mm/mlock.c, Linux 4.19. A page that cannot be isolated gets
 * PG_mlocked all the same, and is moved to the unevictable list whenever it comes to an LRU.
 *
 * <p>The area keeps its flags: only the page is locked. Leaves out: NR_MLOCK and the events
 * UNEVICTABLE_*, __munlock_pagevec (a page at a time), a second area that has the page locked.
 */
public final class Mlock {
  private final Lru lru;
  private final Page page;
  private final Node node;
  private final PageTable table;

  public Mlock(Lru lru, PageTable table) {
    this.lru = lru;
    this.page = lru.page();
    this.node = lru.node();
    this.table = table;
  }

  /** follow_page_pte with FOLL_MLOCK: false if nothing is mapped or the page is locked. */
  public boolean mlock(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long p = PageTable.pageOf(pte);
    boolean locks = pte != 0 && page.trylock(p);
    if (locks) {
      lru.pagevecs().drain(cpu);
      lockPage(cpu, lru, p);
      page.unlock(p);
    }
    table.ptl(index).unlock();
    return locks;
  }

  /** mlock_vma_page: PG_locked is held. */
  static void lockPage(Cpu cpu, Lru lru, long p) {
    if (!lru.page().testAndSet(p, PageFlag.MLOCKED) && lru.isolation().isolateLruPage(cpu, p)) {
      lru.isolation().putbackLruPage(cpu, p);
    }
  }

  /** The last pte that mapped the page is gone. */
  static void clearPageMlock(Cpu cpu, Lru lru, long p) {
    if (lru.page().testAndClear(p, PageFlag.MLOCKED) && lru.isolation().isolateLruPage(cpu, p)) {
      lru.isolation().putbackLruPage(cpu, p);
    }
  }

  /** munlock_vma_pages_range of one page: false if nothing is mapped. */
  public boolean munlock(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long p = PageTable.pageOf(pte);
    page.at(Ref.LOOKUP, Site.MUNLOCK);
    if (pte != 0) {
      page.get(p, Ref.LOOKUP);
    }
    table.ptl(index).unlock();
    if (pte == 0) {
      return false;
    }
    page.lock(p);
    munlockVmaPage(cpu, p);
    page.unlock(p);
    lru.release().put(cpu, p, Ref.LOOKUP);
    return true;
  }

  /** munlock_vma_page: a page that is off the LRU is found evictable by whoever puts it back. */
  private void munlockVmaPage(Cpu cpu, long p) {
    node.lruLock().lockIrq(cpu);
    boolean isolated = page.testAndClear(p, PageFlag.MLOCKED) && page.test(p, PageFlag.LRU);
    if (isolated) {
      // __munlock_isolate_lru_page
      page.get(p, Ref.ISO);
      page.clear(p, PageFlag.LRU);
      lru.lruvec().del(p, lru.lruvec().listOf(p));
    }
    node.lruLock().unlockIrq(cpu);
    if (isolated) {
      lru.isolation().putbackLruPage(cpu, p);
    }
  }
}
