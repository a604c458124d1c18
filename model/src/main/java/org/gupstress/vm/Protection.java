// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Switch;

/**
 * mprotect of all that a process has, mm/mprotect.c (KERNEL.md 18.6).
 *
 * <p>Memory that becomes writable again has read-only ptes, until the next write fault. From 5.19
 * on, those of exclusive pages become writable at once. Leaves out: NUMA hinting, areas that are
 * split.
 */
public final class Protection {
  private final Page page;
  private final PageTable table;
  private final Processes processes;

  Protection(Lru lru, PageTable table, Processes processes) {
    this.page = lru.page();
    this.table = table;
    this.processes = processes;
  }

  /** mprotect with PROT_READ, and PROT_WRITE if writable. */
  public void mprotect(Cpu cpu, int number, boolean writable) {
    MmStruct mm = processes.get(number);
    mm.writeLock();
    if (mm.has(MmPart.PROTECTION)) {
      mm.setWritable(writable);
    }
    table.ptl(mm.firstPte()).lock();
    for (int pte = mm.firstPte(); pte < mm.firstPte() + mm.ptes(); pte++) {
      changePte(pte, writable);
    }
    table.ptl(mm.firstPte()).unlock();
    table.tlb().flush(cpu);
    mm.writeUnlock();
  }

  /** change_pte_range of one pte. */
  private void changePte(int index, boolean writable) {
    long pte = table.readPte(index);
    if (!PageTable.isPresent(pte)) {
      return;
    }
    // ptep_modify_prot_start, ptep_modify_prot_commit
    table.clearPte(index);
    boolean keeps = writable && (isWritable(pte) || canBecomeWritable(pte));
    table.setPte(index, keeps ? pte | PageTable.WRITE : pte & ~PageTable.WRITE);
  }

  private static boolean isWritable(long pte) {
    return (pte & PageTable.WRITE) != 0;
  }

  /** can_change_pte_writable. */
  private boolean canBecomeWritable(long pte) {
    return page.kernel().has(Switch.ANON_EXCLUSIVE)
        && PageTable.isNormal(pte)
        && page.test(PageTable.pageOf(pte), PageFlag.ANON_EXCLUSIVE);
  }
}
