// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * The ptes of one process under one page table lock, and what changes them: the anonymous fault
 * (do_anonymous_page), zap_pte_range and try_to_unmap_one, Linux 4.19.
 *
 * <p>A pte is the address of its struct page with bit 0 as the present bit. The ptes of device
 * pages and of the zero page hold no reference. A huge mapping of the hugetlb pool is a pte here:
 * gup_huge_pmd makes the accesses of gup_pte_range. Leaves out: the accessed and dirty bits, swap
 * entries other than migration's, other processes, faults on file pages (a gup that meets an
 * unmapped file page gets a fresh anonymous one, or fails), TLB flushes (an unmapped page is
 * released after the lock, as mmu_gather does).
 */
public final class PageTable {
  /** The number of the zero page, in machines that have one. */
  public static final int ZERO_PAGE = 0;

  private static final long PRESENT = 1;
  private static final long SPECIAL = 0x8;
  private static final long DEVMAP = 0x10;

  /** Of a pte that is not present. */
  private static final long MIGRATION = 0x2;

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final SpinLock ptl;
  private final long ptes;
  private final int count;

  public PageTable(Memory memory, Arena arena, Lru lru, int count) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.count = count;
    this.ptl = new SpinLock(memory, arena, "ptl");
    this.ptes = arena.shared("pte", 8L * count, 8);
    for (int i = 0; i < count; i++) {
      arena.define(pte(i), "pte" + i);
    }
  }

  private long pte(int index) {
    return ptes + 8L * index;
  }

  public SpinLock ptl() {
    return ptl;
  }

  /** One read of a pte: 0 if not present. */
  public long readPte(int index) {
    return memory.readOnce64(pte(index));
  }

  static long pageOf(long pte) {
    return pte & -PageLayout.SIZE;
  }

  static boolean isPresent(long pte) {
    return (pte & PRESENT) != 0;
  }

  static boolean isSpecial(long pte) {
    return (pte & SPECIAL) != 0;
  }

  static boolean isDevmap(long pte) {
    return (pte & DEVMAP) != 0;
  }

  /** vm_normal_page: whether the pte holds a reference to a page that is counted as mapped. */
  private static boolean isNormal(long pte) {
    return !isSpecial(pte) && !isDevmap(pte);
  }

  static boolean isMigration(long pte) {
    return (pte & (PRESENT | MIGRATION)) == MIGRATION;
  }

  /** migration_entry_wait: until the pte is present again. */
  void migrationEntryWait(int index) {
    memory.waitUntil64(pte(index), PRESENT, PRESENT);
  }

  /** Whether the pte maps the page. */
  public boolean maps(int index, long p) {
    long pte = readPte(index);
    return isPresent(pte) && pageOf(pte) == p;
  }

  /** How many ptes map the page with a reference. */
  public int mappings(long p) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += memory.readOnce64(pte(i)) == (p | PRESENT) ? 1 : 0;
    }
    return found;
  }

  /** Maps a page before the machine runs, with the reference of the pte. */
  public void bootMap(int index, long p) {
    memory.write64(pte(index), p | PRESENT);
    memory.add32(p + PageLayout.MAPCOUNT, 1);
    page.bootRef(page.headOf(p), Ref.MAP);
  }

  /** Maps a device page before the machine runs. */
  public void bootMapDevice(int index, long p) {
    memory.write64(pte(index), p | PRESENT | DEVMAP);
  }

  /** Maps an anonymous page before the machine runs. */
  public void bootMapAnonymous(int index, long p) {
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    bootMap(index, p);
  }

  /**
   * do_anonymous_page: the fresh page waits in this CPU's lru_add pagevec. False: out of memory.
   */
  public boolean faultAnonymous(Cpu cpu, int index) {
    long p = lru.allocator().alloc(cpu);
    if (p == 0) {
      return false;
    }
    ptl.lock();
    if (readPte(index) != 0) {
      ptl.unlock();
      lru.release().put(cpu, p, Ref.ALLOC);
      return true;
    }
    page.set(p, PageFlag.SWAPBACKED);
    memory.writeOnce32(p + PageLayout.MAPCOUNT, 0);
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    page.set(p, PageFlag.ACTIVE);
    lru.pagevecs().lruCacheAdd(cpu, p);
    memory.write64(pte(index), p | PRESENT);
    page.rename(p, Ref.ALLOC, Ref.MAP);
    ptl.unlock();
    return true;
  }

  /** do_anonymous_page for a read: the zero page, without a reference. */
  void faultZero(int index) {
    ptl.lock();
    if (readPte(index) == 0) {
      memory.write64(pte(index), page.address(ZERO_PAGE) | PRESENT | SPECIAL);
    }
    ptl.unlock();
  }

  /** hugetlb_no_page of anonymous memory: a page from the pool; false if that is empty. */
  public boolean faultHuge(int index) {
    long p = lru.hugetlb().alloc();
    if (p == 0) {
      return false;
    }
    ptl.lock();
    memory.writeOnce32(p + PageLayout.MAPCOUNT, 0);
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    memory.write64(pte(index), p | PRESENT);
    page.rename(p, Ref.ALLOC, Ref.MAP);
    ptl.unlock();
    return true;
  }

  /** The huge page that the pte maps a part of, with a reference and PG_locked, or 0. */
  long lookUpHugeLocked(Cpu cpu, int index) {
    ptl.lock();
    long pte = readPte(index);
    long head = isPresent(pte) ? page.headOf(pageOf(pte)) : 0;
    long locked = 0;
    if (head != 0 && page.isCompound(head)) {
      page.getHead(head, Ref.LOOKUP);
      if (page.trylock(head)) {
        locked = head;
      } else {
        lru.release().put(cpu, head, Ref.LOOKUP);
      }
    }
    ptl.unlock();
    return locked;
  }

  /** try_to_unmap_one for a split: the pte becomes a migration entry; page locked. */
  void freeze(Cpu cpu, int index, long p) {
    ptl.lock();
    if (maps(index, p)) {
      memory.write64(pte(index), p | MIGRATION);
      memory.add32(p + PageLayout.MAPCOUNT, -1);
      lru.release().put(cpu, p, Ref.MAP);
    }
    ptl.unlock();
  }

  /** remove_migration_pte: the pte maps the page again. */
  void unfreeze(int index, long p) {
    ptl.lock();
    if (isMigration(readPte(index))) {
      page.get(p, Ref.MAP);
      memory.write64(pte(index), p | PRESENT);
      memory.add32(p + PageLayout.MAPCOUNT, 1);
    }
    ptl.unlock();
  }

  /** zap_pte_range: the process gives the page up; false if nothing was mapped. */
  public boolean unmap(Cpu cpu, int index) {
    ptl.lock();
    long pte = readPte(index);
    if (pte == 0) {
      ptl.unlock();
      return false;
    }
    memory.write64(pte(index), 0);
    if (isNormal(pte)) {
      memory.add32(pageOf(pte) + PageLayout.MAPCOUNT, -1);
    }
    ptl.unlock();
    if (isNormal(pte)) {
      lru.release().release(cpu, pageOf(pte), Ref.MAP);
    }
    return true;
  }

  /** try_to_unmap of a file page, which is mapped at its index if it is mapped; page locked. */
  public void tryToUnmap(Cpu cpu, long p) {
    int index = (int) memory.read64(p + PageLayout.INDEX);
    ptl.lock();
    if (readPte(index) == (p | PRESENT)) {
      memory.write64(pte(index), 0);
      memory.add32(p + PageLayout.MAPCOUNT, -1);
      lru.release().put(cpu, p, Ref.MAP);
    }
    ptl.unlock();
  }
}
