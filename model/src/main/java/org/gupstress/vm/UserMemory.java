// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.vm.ProcessFaults.Kind;

/**
 * What a process does with its memory: loads, stores, madvise(MADV_DONTNEED), with the faults that
 * come of it (KERNEL.md 18.3).
 *
 * <p>A load or a store is made under the page table lock. So it sees the pte as it is: what a stale
 * entry of a TLB allows between the change of a pte and its flush is left out.
 */
public final class UserMemory {
  private static final int FAULTS_MAX = 3;

  private final Memory memory;
  private final Page page;
  private final PageTable table;
  private final Processes processes;
  private final ProcessFaults processFaults;
  private final Faults faults;

  UserMemory(
      Memory memory,
      Page page,
      PageTable table,
      Processes processes,
      ProcessFaults processFaults,
      Faults faults) {
    this.memory = memory;
    this.page = page;
    this.table = table;
    this.processes = processes;
    this.processFaults = processFaults;
    this.faults = faults;
  }

  /** The process writes: what the page holds is a version newer. False: it may not. */
  public boolean store(Cpu cpu, int index) {
    return access(cpu, index, true);
  }

  /** The process reads. */
  public boolean load(Cpu cpu, int index) {
    return access(cpu, index, false);
  }

  private boolean access(Cpu cpu, int index, boolean writes) {
    MmStruct mm = processes.of(index);
    for (int tries = 0; tries <= FAULTS_MAX; tries++) {
      if (isAccessed(mm, index, writes)) {
        return true;
      }
      mm.readLock(cpu);
      boolean again = processFaults.handle(cpu, mm, index, writes ? Kind.WRITE : Kind.READ);
      mm.readUnlock(cpu);
      if (!again) {
        return false;
      }
    }
    return false;
  }

  private boolean isAccessed(MmStruct mm, int index, boolean writes) {
    table.ptl(index).lock();
    long pmd = mm.readPmd();
    long entry = MmStruct.isTable(pmd) ? table.readPte(index) : pmd;
    boolean allows = PageTable.isPresent(entry) && (!writes || (entry & PageTable.WRITE) != 0);
    if (allows) {
      long p = PageTable.pageOf(entry);
      if (writes) {
        memory.add32(page.content(p), 1);
        memory.note(Note.STORED, p, mm.number());
      } else {
        int seen = memory.readOnce32(page.content(p));
        memory.note(Note.LOADED, p, mm.number(), seen);
      }
    }
    table.ptl(index).unlock();
    return allows;
  }

  /** madvise(MADV_DONTNEED) of one page. */
  public void dontNeed(Cpu cpu, int index) {
    MmStruct mm = processes.of(index);
    mm.readLock(cpu);
    faults.unmap(cpu, index);
    mm.readUnlock(cpu);
  }
}
