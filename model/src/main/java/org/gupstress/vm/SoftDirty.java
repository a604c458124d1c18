// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.Switch;

/**
 * clear_refs_write of /proc/pid/clear_refs with 4, fs/proc/task_mmu.c: write-protects all that a
 * process has, so that its next writes show (KERNEL.md 18.6).
 *
 * <p>Leaves out: the soft-dirty bit itself.
 */
public final class SoftDirty {
  private final Page page;
  private final PageTable table;
  private final Processes processes;
  private final PinQuery query;

  SoftDirty(Lru lru, PageTable table, Processes processes, PinQuery query) {
    this.page = lru.page();
    this.table = table;
    this.processes = processes;
    this.query = query;
  }

  /** Clears the soft-dirty bits of a process. */
  public void clearRefs(Cpu cpu, int number) {
    MmStruct mm = processes.get(number);
    boolean skips = page.kernel().has(Switch.SOFT_DIRTY_SKIPS_PINNED);
    if (skips) {
      mm.writeLock();
    } else {
      mm.readLock(cpu);
    }
    table.ptl(mm.firstPte()).lock();
    for (int pte = mm.firstPte(); pte < mm.firstPte() + mm.ptes(); pte++) {
      clearSoftDirty(mm, pte, skips);
    }
    table.ptl(mm.firstPte()).unlock();
    // flush_tlb_mm
    table.tlb().flush(cpu);
    if (skips) {
      mm.writeUnlock();
    } else {
      mm.readUnlock(cpu);
    }
  }

  private void clearSoftDirty(MmStruct mm, int index, boolean skips) {
    long pte = table.readPte(index);
    if (!PageTable.isPresent(pte) || (skips && isPinned(mm, pte))) {
      return;
    }
    // ptep_modify_prot_start, ptep_modify_prot_commit
    table.clearPte(index);
    table.setPte(index, pte & ~PageTable.WRITE);
  }

  /** pte_is_pinned. */
  private boolean isPinned(MmStruct mm, long pte) {
    return (pte & PageTable.WRITE) != 0
        && (!page.kernel().has(Switch.HAS_PINNED) || mm.hasPinned())
        && query.maybePinned(PageTable.pageOf(pte));
  }
}
