// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Mm;
import org.gupstress.memory.Note;
import org.gupstress.page.Compound;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Switch;
import org.gupstress.vm.PageTable;

/** How machines with processes begin: page 0 is the first process's, at its first pte. */
public final class ProcessBoot {
  private ProcessBoot() {}

  /** The first process runs and has page 0, which is exclusive and writable. */
  public static void exclusive(Mm mm) {
    mapped(mm, PageTable.WRITE | PageTable.DIRTY);
    setExclusive(mm);
  }

  /** The same, and the pte is read-only: as after clear_refs. */
  public static void exclusiveReadOnly(Mm mm) {
    mapped(mm, 0);
    setExclusive(mm);
  }

  /** The first process has a large page of two, each part mapped by a pte, exclusive, writable. */
  public static void large(Mm mm) {
    long head = mm.page().address(0);
    long tail = Compound.tail(head);
    mm.processes().get(0).boot();
    mm.lru().compound().bootPrep(head, Compound.TRANSHUGE_PAGE_DTOR);
    mm.memory().setBits64(head, PageFlag.SWAPBACKED.mask());
    mm.memory().write64(head + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    mm.pageTable().bootMap(0, head, PageTable.WRITE | PageTable.DIRTY);
    mm.pageTable().bootMap(1, tail, PageTable.WRITE | PageTable.DIRTY);
    mm.lru().bootOnLru(head);
    setExclusive(mm);
    if (mm.kernel().has(Switch.ANON_EXCLUSIVE)) {
      mm.page().set(tail, PageFlag.ANON_EXCLUSIVE);
    }
  }

  /** The child of a fork has exited: page 0 is the process's alone, and nothing says so. */
  public static void left(Mm mm) {
    mapped(mm, 0);
  }

  /** Process 0 has forked process 1, and both have page 0. */
  public static void shared(Mm mm) {
    mapped(mm, 0);
    long page = mm.page().address(0);
    int child = mm.processes().get(1).firstPte();
    mm.pageTable().bootMap(child, page);
    mm.processes().get(1).boot();
    mm.memory().note(Note.FORKED, 0, 0, 1);
  }

  /** The first process runs and has touched nothing, in a machine with a zero page. */
  public static void untouched(Mm mm) {
    Boot.zeroPage(mm);
    mm.processes().get(0).boot();
  }

  /** Pages that each CPU may allocate: this number of each, from this one on. */
  public static void free(Mm mm, int from, int ofEach) {
    int number = from;
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int i = 0; i < ofEach; i++) {
        mm.lru().bootFree(mm.cpu(cpu), mm.page().address(number++));
      }
    }
  }

  private static void mapped(Mm mm, long flags) {
    long page = mm.page().address(0);
    mm.processes().get(0).boot();
    mm.memory().setBits64(page, PageFlag.SWAPBACKED.mask());
    mm.memory().write64(page + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    mm.pageTable().bootMap(0, page, flags);
    mm.lru().bootOnLru(page);
  }

  private static void setExclusive(Mm mm) {
    if (mm.kernel().has(Switch.ANON_EXCLUSIVE)) {
      mm.page().set(mm.page().address(0), PageFlag.ANON_EXCLUSIVE);
    }
  }
}
