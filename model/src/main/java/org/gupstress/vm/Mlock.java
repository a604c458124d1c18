// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * mlock and munlock of what a pte maps, mm/mlock.c, Linux 4.19. A page that cannot be isolated gets
 * PG_mlocked all the same, and is moved to the unevictable list whenever it comes to an LRU.
 *
 * <p>The area keeps its flags: only the page is locked, and only touched for reading. Leaves out:
 * NR_MLOCK and the events UNEVICTABLE_*, more than one page in __munlock_pagevec, munlock of huge
 * pages, a second area that has the page locked (so try_to_munlock finds none).
 */
public final class Mlock {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final Node node;
  private final PageTable table;

  public Mlock(Memory memory, Lru lru, PageTable table) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.node = lru.node();
    this.table = table;
  }

  /**
   * follow_page_pte with FOLL_TOUCH and FOLL_MLOCK: false if nothing is mapped, or the page is
   * locked, cut loose or a part of a huge one.
   */
  public boolean mlock(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    boolean locks = pte != 0 && touchAndLock(cpu, PageTable.pageOf(pte));
    table.ptl(index).unlock();
    return locks;
  }

  private boolean touchAndLock(Cpu cpu, long p) {
    lru.aging().markPageAccessed(cpu, p);
    boolean locks =
        !page.isPartOfHuge(p) && memory.read64(p + PageLayout.MAPPING) != 0 && page.trylock(p);
    if (locks) {
      lru.pagevecs().drain(cpu);
      lockPage(cpu, lru, p);
      page.unlock(p);
    }
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
    if (pte != 0) {
      munlockPagevec(cpu, p);
    }
    return pte != 0;
  }

  /**
   * __munlock_pagevec: takes the page off its list without PG_locked, and lets the reference of the
   * look-up be the isolation's. A page that is off the LRU is found evictable by whoever puts it
   * back.
   */
  private void munlockPagevec(Cpu cpu, long p) {
    node.lruLock().lockIrq(cpu);
    boolean isolated = page.testAndClear(p, PageFlag.MLOCKED) && page.test(p, PageFlag.LRU);
    if (isolated) {
      // __munlock_isolate_lru_page
      page.rename(p, Ref.LOOKUP, Ref.ISO);
      page.clear(p, PageFlag.LRU);
      lru.lruvec().del(p, lru.lruvec().listOf(p));
    }
    node.lruLock().unlockIrq(cpu);
    if (isolated) {
      page.lock(p);
      putback(cpu, p);
    } else {
      lru.pagevecs().release(cpu, p, Ref.LOOKUP);
    }
  }

  /** __putback_lru_fast_prepare and __putback_lru_fast, or __munlock_isolated_page. */
  private void putback(Cpu cpu, long p) {
    if (page.kernel().debugVm()) {
      page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in __putback_lru_fast_prepare");
    }
    boolean mappedOnce = memory.readOnce32(p + PageLayout.MAPCOUNT) <= 0;
    if (mappedOnce && !page.test(p, PageFlag.MLOCKED)) {
      page.testAndClear(p, PageFlag.UNEVICTABLE);
      page.unlock(p);
      page.rename(p, Ref.ISO, Ref.PVADD);
      lru.pagevecs().addNow(cpu, p);
    } else {
      page.get(p, Ref.LOOKUP);
      lru.isolation().putbackLruPage(cpu, p);
      page.unlock(p);
      lru.release().put(cpu, p, Ref.LOOKUP);
    }
  }
}
