// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import java.util.Set;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.OutOfRange;

/**
 * The mms of a machine, which share its ptes evenly: the nth address of one process is the nth of
 * each other, so that fork knows where to copy to. A machine without any has areas alone.
 */
public final class Processes {
  private final MmStruct[] mms;

  public Processes(
      Memory memory, Arena arena, PageTable table, int count, int ptes, Set<MmPart> parts) {
    this.mms = new MmStruct[count];
    for (int number = 0; number < count; number++) {
      mms[number] = new MmStruct(memory, arena, number, ptes / count, parts);
    }
    assert count == 0 || table.tables() == count;
  }

  /** Whether there are any. */
  public boolean exist() {
    return mms.length > 0;
  }

  public int count() {
    return mms.length;
  }

  /** The mm of a process. */
  public MmStruct get(int number) {
    OutOfRange.check("process", number, mms.length);
    return mms[number];
  }

  /** How many pmds map the page. */
  public int leavesOf(long page) {
    int found = 0;
    for (MmStruct mm : mms) {
      long pmd = mm.readPmd();
      found += MmStruct.isLeaf(pmd) && PageTable.pageOf(pmd) == page ? 1 : 0;
    }
    return found;
  }

  /** What maps an address: the pmd if that is a leaf, else the pte; 0 where there is no table. */
  public long entryOf(PageTable table, int pte) {
    long pmd = of(pte).readPmd();
    return MmStruct.isTable(pmd) ? table.readPte(pte) : pmd;
  }

  /** The mm in which a pte is. */
  public MmStruct of(int pte) {
    OutOfRange.check("pte", pte, mms.length == 0 ? 0 : mms.length * mms[0].ptes());
    return mms[pte / mms[0].ptes()];
  }
}
