// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Compound;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * split_huge_page, mm/huge_memory.c, Linux 4.19, of an anonymous huge page of two pages that is
 * mapped by the ptes with the numbers of its pages.
 *
 * <p>Only a page that nobody holds but its ptes and the caller is split: any pin prevents it. While
 * the ptes are migration entries, slow gup waits; refcount and LRU are changed under lru_lock.
 *
 * <p>Leaves out: anon_vma and its lock (others who split the page have PG_locked), the deferred
 * split queue, swap cache and page cache (no extra references), mlocked pages, memory cgroups, ptes
 * that are read-only, or unmapped while they are migration entries.
 */
public final class HugeSplit {
  private static final long INHERITED = PageFlag.REFERENCED.mask()
      | PageFlag.SWAPBACKED.mask()
      | PageFlag.MLOCKED.mask()
      | PageFlag.UPTODATE.mask()
      | PageFlag.ACTIVE.mask()
      | PageFlag.LOCKED.mask()
      | PageFlag.UNEVICTABLE.mask()
      | PageFlag.DIRTY.mask();

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final Node node;
  private final PageTable table;

  public HugeSplit(Memory memory, Lru lru, PageTable table) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.node = lru.node();
    this.table = table;
  }

  /** Splits what the pte maps, as madvise(MADV_FREE) does of a part of it; whether it was split. */
  public boolean splitMapped(Cpu cpu, int pte) {
    page.at(Ref.LOOKUP, Site.SPLIT_HUGE_PAGE);
    long head = lookUpLocked(cpu, pte);
    if (head == 0) {
      return false;
    }
    boolean split = splitHugePage(cpu, head);
    page.unlock(head);
    lru.release().put(cpu, head, Ref.LOOKUP);
    return split;
  }

  /** The huge page that the pte maps a part of, with a reference and PG_locked, or 0. */
  private long lookUpLocked(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long head = PageTable.isPresent(pte) ? page.headOf(PageTable.pageOf(pte)) : 0;
    long locked = 0;
    if (head != 0 && page.isCompound(head)) {
      page.getHead(head, Ref.LOOKUP);
      if (page.trylock(head)) {
        locked = head;
      } else {
        lru.release().put(cpu, head, Ref.LOOKUP);
      }
    }
    table.ptl(index).unlock();
    return locked;
  }

  /** split_huge_page_to_list(head, NULL). */
  private boolean splitHugePage(Cpu cpu, long head) {
    long tail = Compound.tail(head);
    if (page.test(head, PageFlag.WRITEBACK) || !canSplit(head)) {
      return false;
    }
    int index = (int) memory.read64(head + PageLayout.INDEX);
    freeze(cpu, index, head);
    freeze(cpu, index + 1, tail);
    long flags = node.lruLock().lockIrqsave(cpu);
    boolean split = totalMapcount(head) == 0 && page.freeze(head, Ref.LOOKUP);
    if (split) {
      splitTail(cpu, head, tail);
      page.clear(head, PageFlag.HEAD);
      page.addRefs(head, Ref.LOOKUP, 1);
    }
    node.lruLock().unlockIrqrestore(cpu, flags);
    unfreeze(index, head);
    unfreeze(index + 1, tail);
    if (split) {
      page.unlock(tail);
      lru.release().put(cpu, tail, Ref.LOOKUP);
    }
    return split;
  }

  /** try_to_unmap_one, of freeze_page: the pte becomes a migration entry. */
  private void freeze(Cpu cpu, int index, long p) {
    table.ptl(index).lock();
    if (table.maps(index, p)) {
      table.setMigration(index, p);
      table.tlb().flush(cpu);
      table.removeMapcount(cpu, p);
      page.at(Ref.MAP, Site.TRY_TO_UNMAP);
      lru.release().put(cpu, p, Ref.MAP);
    }
    table.ptl(index).unlock();
  }

  /** remove_migration_pte: the pte maps the page again. */
  private void unfreeze(int index, long p) {
    table.ptl(index).lock();
    if (PageTable.isMigration(table.readPte(index))) {
      page.at(Ref.MAP, Site.REMOVE_MIGRATION_PTE);
      page.get(p, Ref.MAP);
      table.setPte(index, p | PageTable.PRESENT | PageTable.WRITE);
      table.addMapcount(p);
    }
    table.ptl(index).unlock();
  }

  /** can_split_huge_page: a look without a lock. */
  private boolean canSplit(long head) {
    return totalMapcount(head) == page.references(head) - 1;
  }

  private int totalMapcount(long head) {
    return memory.readOnce32(head + PageLayout.MAPCOUNT)
        + memory.readOnce32(Compound.tail(head) + PageLayout.MAPCOUNT)
        + Compound.PAGES;
  }

  /** __split_huge_page_tail: the order in which a tail becomes a page that others may get. */
  private void splitTail(Cpu cpu, long head, long tail) {
    memory.write64(tail + PageLayout.FLAGS, page.flags(head, INHERITED));
    memory.write64(tail + PageLayout.MAPPING, memory.read64(head + PageLayout.MAPPING));
    memory.write64(tail + PageLayout.INDEX, memory.read64(head + PageLayout.INDEX) + 1);
    lru.hooks().beforeSplit(cpu, head, tail);
    memory.wmb();
    lru.compound().clearHead(tail);
    // ordering: release; a speculative get that succeeds finds a page that is no tail any more
    page.unfreeze(tail, Ref.LOOKUP);
    lru.pageTail().lruAddPageTail(head, tail);
  }
}
