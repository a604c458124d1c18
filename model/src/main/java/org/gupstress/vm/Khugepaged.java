// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;

/**
 * collapse_huge_page, mm/khugepaged.c: what a page table maps is copied to a page that the pmd maps
 * itself (KERNEL.md 18.7).
 *
 * <p>The table has one pte, and the new page is as large as the old one: which entry maps it is all
 * that is huge about it. Its table is given back when the pmd maps the new page; Linux keeps that
 * of anonymous memory for the split. Leaves out: ptes that map nothing; anon_vma and its lock.
 */
public final class Khugepaged {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final AnonRmap rmap;
  private final Processes processes;

  Khugepaged(Memory memory, Lru lru, PageTable table, AnonRmap rmap, Processes processes) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.rmap = rmap;
    this.processes = processes;
  }

  /** Collapses the table of a process; whether it has. */
  public boolean collapse(Cpu cpu, int number) {
    MmStruct mm = processes.get(number);
    long huge = lru.allocator().alloc(cpu);
    if (huge == 0) {
      return false;
    }
    mm.writeLock();
    boolean done = MmStruct.isTable(mm.readPmd()) && collapse(cpu, mm, huge);
    mm.writeUnlock();
    if (!done) {
      page.at(Ref.ALLOC, Site.COLLAPSE_HUGE_PAGE);
      lru.release().put(cpu, huge, Ref.ALLOC);
    }
    return done;
  }

  private boolean collapse(Cpu cpu, MmStruct mm, long huge) {
    int index = mm.firstPte();
    table.ptl(index).lock();
    // pmdp_collapse_flush
    mm.clearPmd();
    table.tlb().flush(cpu);
    table.ptl(index).unlock();
    if (page.kernel().has(Switch.COLLAPSE_IPI)) {
      table.tlb().removeTableSync(cpu);
    }
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long old = PageTable.isNormal(pte) ? PageTable.pageOf(pte) : 0;
    boolean isolated = old != 0 && isolate(cpu, old);
    if (!isolated) {
      mm.setTable();
    }
    table.ptl(index).unlock();
    if (isolated) {
      copy(cpu, mm, old, huge);
    }
    return isolated;
  }

  /** __collapse_huge_page_isolate: a page that anybody else holds stays where it is. */
  private boolean isolate(Cpu cpu, long old) {
    if (!page.trylock(old)) {
      return false;
    }
    int mapcount = memory.readOnce32(old + PageLayout.MAPCOUNT) + 1;
    boolean isolated = mapcount == page.references(old) && lru.isolation().isolateLruPage(cpu, old);
    if (!isolated) {
      page.unlock(old);
    }
    return isolated;
  }

  /** __collapse_huge_page_copy, and the pmd. */
  private void copy(Cpu cpu, MmStruct mm, long old, long huge) {
    int index = mm.firstPte();
    rmap.copy(huge, old);
    page.unlock(old);
    lru.isolation().putbackLruPage(cpu, old);
    table.ptl(index).lock();
    table.clearPte(index);
    table.removeMapcount(cpu, old);
    table.ptl(index).unlock();
    page.at(Ref.MAP, Site.COLLAPSE_HUGE_PAGE);
    lru.pagevecs().release(cpu, old, Ref.MAP);
    page.set(huge, PageFlag.UPTODATE);
    table.ptl(index).lock();
    rmap.addNew(cpu, huge, index);
    mm.setPmd(huge | PageTable.PRESENT | PageTable.WRITE | PageTable.DIRTY);
    // from here on the table is used for something else
    memory.note(Note.TABLE_FREED, 0, index);
    page.rename(huge, Ref.ALLOC, Ref.MAP);
    table.ptl(index).unlock();
  }
}
