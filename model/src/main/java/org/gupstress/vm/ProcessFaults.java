// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.memory.Cpu;

/**
 * handle_mm_fault of a process, mm/memory.c: private anonymous memory, with mmap_lock held for
 * reading (KERNEL.md 18.3).
 *
 * <p>Leaves out: the look at the pte without its lock that comes first (what it saw is looked at
 * again under it), huge pages that a fault brings, swap, areas of files.
 */
public final class ProcessFaults {
  private final PageTable table;
  private final Faults faults;
  private final CopyOnWrite copyOnWrite;

  public ProcessFaults(PageTable table, Faults faults, CopyOnWrite copyOnWrite) {
    this.table = table;
    this.faults = faults;
    this.copyOnWrite = copyOnWrite;
  }

  /** What is to be done at the address. */
  public enum Kind {
    READ,
    WRITE,
    /** FOLL_FORCE with FOLL_WRITE: the area need not be writable. */
    FORCED_WRITE,
    /** FAULT_FLAG_UNSHARE: for a pin that reads. */
    UNSHARE
  }

  /** False: the process may not, or there is no memory. True: it is worth looking again. */
  public boolean handle(Cpu cpu, MmStruct mm, int index, Kind kind) {
    boolean writable = mm.isWritable();
    if (kind == Kind.WRITE && !writable) {
      return false;
    }
    long pmd = mm.readPmd();
    if (MmStruct.isLeaf(pmd)) {
      return true;
    }
    if (!MmStruct.isTable(pmd)) {
      // pte_alloc
      table.ptl(index).lock();
      mm.setTable();
      table.ptl(index).unlock();
    }
    boolean writes = kind == Kind.WRITE || kind == Kind.FORCED_WRITE;
    table.ptl(index).lock();
    long pte = table.readPte(index);
    if (pte == 0) {
      table.ptl(index).unlock();
      return faults.ofProcess(cpu, index, writes, writable);
    }
    boolean isReadOnly = (pte & PageTable.WRITE) == 0;
    if (isReadOnly && (writes || kind == Kind.UNSHARE)) {
      return copyOnWrite.doWpPage(cpu, mm, index, pte, kind == Kind.UNSHARE);
    }
    table.ptl(index).unlock();
    return true;
  }
}
