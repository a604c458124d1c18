// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * write_protect_page, mm/ksm.c: KSM makes a page read-only before it compares it with others
 * (KERNEL.md 18.6).
 *
 * <p>Leaves out: the comparison and the merging; so a page is only ever made read-only, which takes
 * its exclusiveness away.
 */
public final class Ksm {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final AnonRmap rmap;
  private final Processes processes;

  Ksm(Memory memory, Lru lru, PageTable table, AnonRmap rmap, Processes processes) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.rmap = rmap;
    this.processes = processes;
  }

  /** try_to_merge_one_page up to write_protect_page; whether the page is read-only now. */
  public boolean writeProtect(Cpu cpu, int index) {
    MmStruct mm = processes.of(index);
    mm.readLock(cpu);
    long p = followPage(index);
    boolean done = false;
    if (p != 0) {
      if (page.trylock(p)) {
        done = writeProtectPage(cpu, index, p);
        page.unlock(p);
      }
      lru.release().put(cpu, p, Ref.LOOKUP);
    }
    mm.readUnlock(cpu);
    return done;
  }

  /** follow_page with FOLL_GET. */
  private long followPage(int index) {
    page.at(Ref.LOOKUP, Site.WRITE_PROTECT_PAGE);
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long p = PageTable.isNormal(pte) ? PageTable.pageOf(pte) : 0;
    if (p != 0) {
      page.get(p, Ref.LOOKUP);
    }
    table.ptl(index).unlock();
    return p;
  }

  private boolean writeProtectPage(Cpu cpu, int index, long p) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    boolean done = PageTable.isOf(pte, p);
    if (done) {
      boolean exclusive = rmap.isExclusive(p);
      if (exclusive || (pte & (PageTable.WRITE | PageTable.DIRTY)) != 0) {
        // ptep_clear_flush
        table.clearPte(index);
        table.tlb().flush(cpu);
        done = isOurs(p) && (!exclusive || rmap.tryShare(p));
        table.setPte(index, done ? pte & ~(PageTable.WRITE | PageTable.DIRTY) : pte);
      }
    }
    table.ptl(index).unlock();
    return done;
  }

  /** Whether nobody holds the page but its ptes and KSM: not even a get_user_pages that reads. */
  private boolean isOurs(long p) {
    int mapcount = memory.readOnce32(p + PageLayout.MAPCOUNT) + 1;
    return mapcount + 1 == page.references(p);
  }
}
