// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;

/**
 * handle_mm_fault and zap_pte_range, mm/memory.c, Linux 4.19: how ptes get their pages and lose
 * them.
 *
 * <p>Leaves out: mmap_sem (areas never change), copy on write of private file pages and of the zero
 * page, fault-around, waiting for writeback before a page becomes writable (no file system here
 * asks for stable pages). Where the machine has no zero page, a read of untouched memory brings a
 * page of its own.
 */
public final class Faults {
  /** The number of the zero page, in machines that have one. */
  public static final int ZERO_PAGE = Page.ZERO_PAGE;

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final Areas areas;
  private final FileOps files;

  public Faults(Memory memory, Lru lru, PageTable table, Areas areas, FileOps files) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.areas = areas;
    this.files = files;
  }

  /** handle_mm_fault: false is out of memory; true means that it is worth looking again. */
  public boolean handle(Cpu cpu, int index, boolean write) {
    if (page.has(PageKind.HUGE) && PageTable.isMigration(table.readPte(index))) {
      // do_swap_page
      table.migrationEntryWait(index);
      return true;
    }
    Vma area = areas.find(index);
    if (area.kind() != Vma.Kind.SHARED) {
      boolean findsZero = !write && page.has(PageKind.ZERO);
      return findsZero ? zero(index) : anonymous(cpu, index);
    }
    long pte = table.readPte(index);
    if (pte == 0) {
      return shared(cpu, index, area, write);
    }
    if (write && (pte & PageTable.WRITE) == 0) {
      makeWritable(cpu, index);
    }
    return true;
  }

  /** do_anonymous_page: the fresh page waits in this CPU's lru_add pagevec. */
  public boolean anonymous(Cpu cpu, int index) {
    return anonymous(cpu, index, PageTable.WRITE);
  }

  private boolean anonymous(Cpu cpu, int index, long flags) {
    long p = lru.allocator().alloc(cpu);
    if (p == 0) {
      return false;
    }
    table.ptl(index).lock();
    if (table.readPte(index) != 0) {
      table.ptl(index).unlock();
      page.at(Ref.ALLOC, Site.DO_ANONYMOUS_PAGE);
      lru.release().put(cpu, p, Ref.ALLOC);
      return true;
    }
    page.set(p, PageFlag.SWAPBACKED);
    memory.writeOnce32(p + PageLayout.MAPCOUNT, 0);
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    memory.write64(p + PageLayout.INDEX, index);
    if (page.kernel().has(Switch.ANON_EXCLUSIVE)) {
      page.set(p, PageFlag.ANON_EXCLUSIVE);
    }
    if (areas.find(index).locked()) {
      // lru_cache_add_active_or_unevictable of a VM_LOCKED area
      page.set(p, PageFlag.MLOCKED);
    } else {
      page.set(p, PageFlag.ACTIVE);
    }
    lru.pagevecs().lruCacheAdd(cpu, p);
    table.setPte(index, p | PageTable.PRESENT | flags);
    page.at(Ref.MAP, Site.DO_ANONYMOUS_PAGE);
    page.rename(p, Ref.ALLOC, Ref.MAP);
    table.ptl(index).unlock();
    return true;
  }

  /** do_anonymous_page of a process: what reads finds the zero page, where there is one. */
  boolean ofProcess(Cpu cpu, int index, boolean writes, boolean writable) {
    if (!writes && page.has(PageKind.ZERO)) {
      return zero(index);
    }
    // maybe_mkwrite(pte_mkdirty(entry))
    long dirty = writes ? PageTable.DIRTY : 0;
    return anonymous(cpu, index, dirty | (writable ? PageTable.WRITE : 0));
  }

  /** do_anonymous_page for a read: the zero page, without a reference. */
  private boolean zero(int index) {
    table.ptl(index).lock();
    if (table.readPte(index) == 0) {
      table.setPte(index, page.address(ZERO_PAGE) | PageTable.PRESENT | PageTable.SPECIAL);
    }
    table.ptl(index).unlock();
    return true;
  }

  /** hugetlb_no_page of anonymous memory: a page from the pool; false if that is empty. */
  public boolean hugetlb(int index) {
    long p = lru.hugetlb().alloc();
    if (p == 0) {
      return false;
    }
    table.ptl(index).lock();
    memory.writeOnce32(p + PageLayout.MAPCOUNT, 0);
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    table.setPte(index, p | PageTable.PRESENT | PageTable.WRITE);
    page.at(Ref.MAP, Site.HUGETLB_NO_PAGE);
    page.rename(p, Ref.ALLOC, Ref.MAP);
    table.ptl(index).unlock();
    return true;
  }

  /** do_read_fault and do_shared_fault. */
  private boolean shared(Cpu cpu, int index, Vma area, boolean write) {
    long p = files.fault(cpu, area.file(), area.blockOf(index));
    if (p == 0) {
      return false;
    }
    if (write) {
      files.pageMkwrite(cpu, p);
    }
    table.ptl(index).lock();
    boolean maps = table.readPte(index) == 0;
    if (maps) {
      long dirty = write ? PageTable.WRITE | PageTable.DIRTY : 0;
      table.addMapcount(p);
      table.setPte(index, p | PageTable.PRESENT | PageTable.YOUNG | dirty);
      page.at(Ref.MAP, Site.FILEMAP_FAULT);
      page.rename(p, Ref.LOOKUP, Ref.MAP);
    }
    table.ptl(index).unlock();
    if (maps && write) {
      // fault_dirty_shared_page
      files.setPageDirty(cpu, p);
    }
    page.unlock(p);
    if (!maps) {
      page.at(Ref.LOOKUP, Site.FILEMAP_FAULT);
      lru.release().put(cpu, p, Ref.LOOKUP);
    }
    return true;
  }

  /** do_wp_page of a shared mapping: wp_page_shared, do_page_mkwrite, finish_mkwrite_fault. */
  private void makeWritable(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    if (pte == 0 || (pte & PageTable.WRITE) != 0) {
      table.ptl(index).unlock();
      return;
    }
    long p = PageTable.pageOf(pte);
    page.at(Ref.LOOKUP, Site.DO_WP_PAGE);
    page.get(p, Ref.LOOKUP);
    table.ptl(index).unlock();
    page.lock(p);
    // truncated meanwhile: the pte is gone, too
    if (memory.read64(p + PageLayout.MAPPING) != 0) {
      files.pageMkwrite(cpu, p);
      table.ptl(index).lock();
      if (table.maps(index, p)) {
        long writable = PageTable.WRITE | PageTable.DIRTY | PageTable.YOUNG;
        table.setPte(index, p | PageTable.PRESENT | writable);
      }
      table.ptl(index).unlock();
      files.setPageDirty(cpu, p);
    }
    page.unlock(p);
    page.at(Ref.LOOKUP, Site.DO_WP_PAGE);
    lru.release().put(cpu, p, Ref.LOOKUP);
  }

  /** zap_pte_range of one pte: the process gives the page up; false if nothing was mapped. */
  public boolean unmap(Cpu cpu, int index) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    if (pte == 0) {
      table.ptl(index).unlock();
      return false;
    }
    long p = PageTable.pageOf(pte);
    table.setPte(index, 0);
    if (table.isOfProcesses()) {
      memory.note(Note.UNMAPPED, 0, index);
    }
    if (!PageTable.isNormal(pte)) {
      table.ptl(index).unlock();
      return true;
    }
    if ((pte & PageTable.DIRTY) != 0) {
      files.setPageDirty(cpu, p);
    }
    if ((pte & PageTable.YOUNG) != 0) {
      lru.aging().markPageAccessed(cpu, p);
    }
    table.removeMapcount(cpu, p);
    table.ptl(index).unlock();
    table.tlb().flush(cpu);
    page.at(Ref.MAP, Site.ZAP_PTE_RANGE);
    lru.pagevecs().release(cpu, p, Ref.MAP);
    return true;
  }

  /** A load or store of the process itself, as the hardware marks it; false: it would fault. */
  public boolean touch(int index, boolean write) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    boolean allowed = PageTable.isPresent(pte) && (!write || (pte & PageTable.WRITE) != 0);
    if (allowed && (pte & PageTable.YOUNG) == 0) {
      table.setPte(index, pte | PageTable.YOUNG);
    }
    table.ptl(index).unlock();
    return allowed;
  }
}
