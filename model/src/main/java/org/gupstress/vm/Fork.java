// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;

/**
 * copy_page_range of private anonymous memory, mm/memory.c, as fork calls it, and exit_mmap
 * (KERNEL.md 18.2).
 *
 * <p>mmap_lock of the parent is held for writing, and both page table locks. From 5.9 on what may
 * be pinned is copied for the child at once; from 5.11 on gup_fast learns by a sequence count that
 * ptes were write-protected beside it.
 *
 * <p>Leaves out: mmap_lock of the child, whom nobody knows yet; page tables of the child, which it
 * has; areas that are not copied; swap and migration entries; the flush of the child's TLB.
 */
public final class Fork {
  /** What has become of a pte. */
  private enum Copied {
    YES,
    /** The child has the page that was allocated for it. */
    TO_SPARE,
    /** -EAGAIN: it needs a page for a copy, and nothing was done. */
    AGAIN
  }

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final AnonRmap rmap;
  private final Processes processes;
  private final Faults faults;
  private final PinQuery query;

  Fork(
      Memory memory,
      Lru lru,
      PageTable table,
      AnonRmap rmap,
      Processes processes,
      Faults faults,
      PinQuery query) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.rmap = rmap;
    this.processes = processes;
    this.faults = faults;
    this.query = query;
  }

  /** fork: false is out of memory, and the child has what it has got so far. */
  public boolean fork(Cpu cpu, int parent, int child) {
    MmStruct from = processes.get(parent);
    MmStruct to = processes.get(child);
    boolean counts = page.kernel().has(Switch.WRITE_PROTECT_SEQ);
    from.writeLock();
    if (counts) {
      from.advanceSeq();
      // ordering: who sees a pin that the checks below miss sees the count as well
      memory.wmb();
    }
    boolean done = copyPageRange(cpu, from, to);
    if (counts) {
      memory.wmb();
      from.advanceSeq();
    }
    // dup_mmap: flush_tlb_mm
    table.tlb().flush(cpu);
    to.setRuns(true);
    memory.note(Note.FORKED, 0, parent, child);
    from.writeUnlock();
    return done;
  }

  private boolean copyPageRange(Cpu cpu, MmStruct from, MmStruct to) {
    long spare = 0;
    lock(from, to);
    for (int i = 0; i < from.ptes(); i++) {
      Copied copied = copyPte(cpu, from, from.firstPte() + i, to.firstPte() + i, spare);
      if (copied == Copied.TO_SPARE) {
        spare = 0;
      } else if (copied == Copied.AGAIN) {
        unlock(from, to);
        spare = lru.allocator().alloc(cpu);
        if (spare == 0) {
          return false;
        }
        lock(from, to);
        i--;
      }
    }
    unlock(from, to);
    if (spare != 0) {
      page.at(Ref.ALLOC, Site.COPY_PRESENT_PAGE);
      lru.release().put(cpu, spare, Ref.ALLOC);
    }
    return true;
  }

  private void lock(MmStruct from, MmStruct to) {
    table.ptl(to.firstPte()).lock();
    table.ptl(from.firstPte()).lock();
  }

  private void unlock(MmStruct from, MmStruct to) {
    table.ptl(from.firstPte()).unlock();
    table.ptl(to.firstPte()).unlock();
  }

  /** copy_present_pte. */
  private Copied copyPte(Cpu cpu, MmStruct mm, int from, int to, long spare) {
    long pte = table.readPte(from);
    if (!PageTable.isPresent(pte)) {
      return Copied.YES;
    }
    if (PageTable.isNormal(pte)) {
      long p = PageTable.pageOf(pte);
      page.at(Ref.MAP, Site.COPY_PRESENT_PTE);
      if (!duplicate(cpu, mm, p)) {
        if (spare == 0) {
          return Copied.AGAIN;
        }
        copyPresentPage(cpu, p, spare, to);
        return Copied.TO_SPARE;
      }
    }
    if ((pte & PageTable.WRITE) != 0) {
      // ptep_set_wrprotect
      table.writeProtect(from);
    }
    table.setPte(to, pte & ~PageTable.WRITE);
    return Copied.YES;
  }

  /** A reference and a mapping for the child; false if the page may be pinned. */
  private boolean duplicate(Cpu cpu, MmStruct mm, long p) {
    boolean tells = page.kernel().has(Switch.ANON_EXCLUSIVE);
    if (!tells) {
      // page_needs_cow_for_dma comes first
      if (mayBePinned(mm, p)) {
        return false;
      }
      page.get(p, Ref.MAP);
    } else {
      page.get(p, Ref.MAP);
      // folio_try_dup_anon_rmap
      boolean mayBePinned = mayBePinned(mm, p);
      if (rmap.isExclusive(p)) {
        if (mayBePinned) {
          lru.release().put(cpu, p, Ref.MAP);
          return false;
        }
        rmap.clearExclusive(p);
      }
    }
    rmap.dup(p);
    return true;
  }

  private boolean mayBePinned(MmStruct mm, long p) {
    return page.kernel().has(Switch.HAS_PINNED) && mm.hasPinned() && query.maybePinned(p);
  }

  /** copy_present_page: the child gets a page of its own, the parent's pte stays as it is. */
  private void copyPresentPage(Cpu cpu, long p, long copy, int to) {
    rmap.copy(copy, p);
    rmap.addNew(cpu, copy, to);
    long flags = PageTable.PRESENT | PageTable.DIRTY | PageTable.WRITE;
    table.setPte(to, copy | flags);
    page.rename(copy, Ref.ALLOC, Ref.MAP);
  }

  /** exit_mmap: all that the process has mapped is unmapped. */
  public void exit(Cpu cpu, int number) {
    MmStruct mm = processes.get(number);
    for (int pte = mm.firstPte(); pte < mm.firstPte() + mm.ptes(); pte++) {
      faults.unmap(cpu, pte);
    }
    mm.setRuns(false);
  }
}
