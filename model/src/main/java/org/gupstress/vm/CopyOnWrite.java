// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;

/**
 * do_wp_page and wp_page_copy, mm/memory.c: a write fault, or an unshare fault, on a pte that is
 * read-only, of an anonymous page or of the zero page (KERNEL.md 18.3).
 *
 * <p>Whether the page is reused or copied is decided by one of three rules: how often it is mapped
 * (to 5.8), how many references it has (5.9 to 5.18), or whether it is exclusive and else the
 * references (from 5.19 on).
 *
 * <p>Leaves out: the swap cache and pages of KSM, which nothing here makes; userfaultfd; the rules
 * for large pages: one that is not exclusive is copied, as in 6.12; pages of files.
 */
final class CopyOnWrite {
  /** A page table, the swap cache and the pagevec of this CPU. */
  private static final int REFERENCES_MAX = 3;

  /** What the old rule has come to. */
  private enum Reuse {
    YES,
    NO,
    /** The pte has changed while the lock was dropped: look again. */
    AGAIN
  }

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final AnonRmap rmap;

  CopyOnWrite(Memory memory, Lru lru, PageTable table, AnonRmap rmap) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.rmap = rmap;
  }

  /**
   * do_wp_page with the page table lock held, which is dropped at its end.
   *
   * @param pte as it was read under that lock
   * @param unshare FAULT_FLAG_UNSHARE: the page becomes exclusive, and the pte stays read-only
   * @return false is out of memory
   */
  boolean doWpPage(Cpu cpu, MmStruct mm, int index, long pte, boolean unshare) {
    // if it may not be written, only FOLL_FORCE comes here
    boolean writable = mm.isWritable();
    long p = PageTable.pageOf(pte);
    if (PageTable.isSpecial(pte) || (mm.has(MmPart.FILE) && !rmap.isAnon(p))) {
      return copy(cpu, index, pte, unshare, writable);
    }
    Reuse reuse = rmap.isExclusive(p) ? Reuse.YES : mayReuse(cpu, index, pte, p);
    if (reuse == Reuse.NO) {
      return copy(cpu, index, pte, unshare, writable);
    }
    if (reuse == Reuse.YES) {
      if (page.kernel().has(Switch.ANON_EXCLUSIVE)) {
        page.set(p, PageFlag.ANON_EXCLUSIVE);
      }
      if (!unshare) {
        // wp_page_reuse
        long dirty = PageTable.YOUNG | PageTable.DIRTY;
        table.setPte(index, pte | dirty | (writable ? PageTable.WRITE : 0));
      }
    }
    table.ptl(index).unlock();
    return true;
  }

  private Reuse mayReuse(Cpu cpu, int index, long pte, long p) {
    if (page.kernel().has(Switch.REUSE_BY_REFCOUNT) || page.kernel().has(Switch.ANON_EXCLUSIVE)) {
      return mayReuseByReferences(cpu, p) ? Reuse.YES : Reuse.NO;
    }
    return mayReuseByMapcount(cpu, index, pte, p);
  }

  /** wp_can_reuse_anon_folio, and what stood in its place in do_wp_page before. */
  private boolean mayReuseByReferences(Cpu cpu, long p) {
    if (page.isCompound(page.headOf(p))) {
      return false;
    }
    boolean drains = page.kernel().has(Switch.DRAIN_BEFORE_REUSE);
    if (page.references(p) > (drains ? REFERENCES_MAX : 1)) {
      return false;
    }
    if (drains) {
      if (!page.test(p, PageFlag.LRU)) {
        // of this CPU alone: what waits on another one is copied
        lru.pagevecs().drain(cpu);
      }
      if (page.references(p) > 1) {
        return false;
      }
    }
    if (!page.trylock(p)) {
      return false;
    }
    boolean reuses = page.references(p) == 1;
    if (reuses) {
      rmap.move(p);
    }
    page.unlock(p);
    return reuses;
  }

  /** reuse_swap_page with the page locked, for which the page table lock may be dropped. */
  private Reuse mayReuseByMapcount(Cpu cpu, int index, long pte, long p) {
    if (!page.trylock(p)) {
      page.at(Ref.LOOKUP, Site.DO_WP_PAGE);
      page.get(p, Ref.LOOKUP);
      table.ptl(index).unlock();
      page.lock(p);
      table.ptl(index).lock();
      boolean isSame = table.readPte(index) == pte;
      if (!isSame) {
        page.unlock(p);
      }
      lru.release().put(cpu, p, Ref.LOOKUP);
      if (!isSame) {
        return Reuse.AGAIN;
      }
    }
    boolean reuses = memory.readOnce32(p + PageLayout.MAPCOUNT) <= 0;
    if (reuses) {
      rmap.move(p);
    }
    page.unlock(p);
    return reuses ? Reuse.YES : Reuse.NO;
  }

  /** wp_page_copy: the page is copied without any lock. */
  private boolean copy(Cpu cpu, int index, long pte, boolean unshare, boolean writable) {
    boolean isZero = PageTable.isSpecial(pte);
    long old = PageTable.pageOf(pte);
    page.at(Ref.LOOKUP, Site.DO_WP_PAGE);
    if (!isZero) {
      page.get(old, Ref.LOOKUP);
    }
    table.ptl(index).unlock();
    long fresh = lru.allocator().alloc(cpu);
    if (fresh != 0) {
      if (!isZero) {
        rmap.copy(fresh, old);
      }
      install(cpu, index, pte, fresh, !unshare && writable);
    }
    if (!isZero) {
      page.at(Ref.LOOKUP, Site.DO_WP_PAGE);
      lru.release().put(cpu, old, Ref.LOOKUP);
    }
    return fresh != 0;
  }

  /** The copy takes the place of what the pte maps, unless that has changed meanwhile. */
  private void install(Cpu cpu, int index, long pte, long fresh, boolean isWritable) {
    long old = PageTable.pageOf(pte);
    table.ptl(index).lock();
    if (table.readPte(index) != pte) {
      table.ptl(index).unlock();
      page.at(Ref.ALLOC, Site.DO_WP_PAGE);
      lru.release().put(cpu, fresh, Ref.ALLOC);
      return;
    }
    // ptep_clear_flush
    table.clearPte(index);
    table.tlb().flush(cpu);
    rmap.addNew(cpu, fresh, index);
    long flags = PageTable.PRESENT | PageTable.YOUNG | PageTable.DIRTY;
    table.setPte(index, fresh | flags | (isWritable ? PageTable.WRITE : 0));
    page.at(Ref.MAP, Site.DO_WP_PAGE);
    page.rename(fresh, Ref.ALLOC, Ref.MAP);
    boolean isZero = PageTable.isSpecial(pte);
    if (!isZero) {
      table.removeMapcount(cpu, old);
    }
    table.ptl(index).unlock();
    if (!isZero) {
      page.at(Ref.MAP, Site.DO_WP_PAGE);
      lru.release().put(cpu, old, Ref.MAP);
    }
  }
}
