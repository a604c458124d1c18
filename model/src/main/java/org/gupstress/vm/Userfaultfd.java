// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;

/**
 * UFFDIO_CONTINUE of a private mapping of shmem, mm/userfaultfd.c: what is in the page cache is
 * mapped, read-only (KERNEL.md 18.6).
 *
 * <p>Leaves out: the wait of the fault that it resolves, mmap_changing, shared mappings.
 */
public final class Userfaultfd {
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final Processes processes;
  private final FileOps files;

  Userfaultfd(Lru lru, PageTable table, Processes processes, FileOps files) {
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.processes = processes;
    this.files = files;
  }

  /** mfill_atomic_pte_continue; false: something is mapped already, or there is no memory. */
  public boolean continueAt(Cpu cpu, int index, long block) {
    MmStruct mm = processes.of(index);
    mm.readLock(cpu);
    long p = files.fault(cpu, 0, block);
    boolean done = p != 0 && install(index, p);
    if (p != 0) {
      page.unlock(p);
    }
    if (p != 0 && !done) {
      page.at(Ref.LOOKUP, Site.FILEMAP_FAULT);
      lru.release().put(cpu, p, Ref.LOOKUP);
    }
    mm.readUnlock(cpu);
    return done;
  }

  /** mfill_atomic_install_pte. */
  private boolean install(int index, long p) {
    table.ptl(index).lock();
    boolean isFree = table.readPte(index) == 0;
    if (isFree) {
      boolean dirties = page.kernel().has(Switch.CONTINUE_DIRTIES_PTE);
      table.addMapcount(p);
      table.setPte(index, p | PageTable.PRESENT | (dirties ? PageTable.DIRTY : 0));
      page.at(Ref.MAP, Site.FILEMAP_FAULT);
      page.rename(p, Ref.LOOKUP, Ref.MAP);
    }
    table.ptl(index).unlock();
    return isFree;
  }
}
