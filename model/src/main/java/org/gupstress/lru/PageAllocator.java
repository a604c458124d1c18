// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * mm/page_alloc.c, Linux 4.19, order 0: per-CPU free lists linked through {@code page->lru}.
 *
 * <p>The free path looks at mapcount, mapping, refcount and flags, never at the union: a page freed
 * in pinned state is accepted. Allocation ends with list_del, so a new page has poison in
 * {@code lru}.
 *
 * <p>Leaves out: the buddy lists (a CPU gets back what it freed itself), memory cgroups, page
 * initialisation beyond refcount and private.
 */
public final class PageAllocator {
  private final Memory memory;
  private final Page page;
  private final ListHead list;
  private final long[] freeLists;

  PageAllocator(Memory memory, Arena arena, Page page, ListHead list) {
    this.memory = memory;
    this.page = page;
    this.list = list;
    this.freeLists = new long[arena.cpus()];
    for (int cpu = 0; cpu < freeLists.length; cpu++) {
      freeLists[cpu] = arena.onCpu(cpu, "pcp", 16, 16);
      arena.define(freeLists[cpu], "cpu" + cpu + ".pcp.next");
      arena.define(freeLists[cpu] + 8, "cpu" + cpu + ".pcp.prev");
    }
  }

  void boot() {
    for (long head : freeLists) {
      list.init(head);
    }
  }

  /** alloc_page: refcount 1 for the caller; 0 where the CPU's free list is empty. */
  public long alloc(Cpu cpu) {
    long flags = cpu.irqSave();
    long head = freeLists[cpu.slot()];
    long entry = list.next(head);
    if (entry == head) {
      cpu.irqRestore(flags);
      return 0;
    }
    list.del(entry);
    cpu.irqRestore(flags);
    long p = entry - PageLayout.LRU;
    memory.write64(p + PageLayout.PRIVATE, 0);
    page.setRefcounted(p);
    memory.note(Note.ALLOCATED, p);
    return p;
  }

  /** free_unref_page: refcount is 0 and nobody else has the page. */
  void free(Cpu cpu, long p) {
    if (isBad(p)) {
      memory.note(Note.FREED, p, 1);
      return;
    }
    memory.write64(p + PageLayout.FLAGS, 0);
    memory.note(Note.FREED, p);
    long flags = cpu.irqSave();
    list.add(p + PageLayout.LRU, freeLists[cpu.slot()]);
    cpu.irqRestore(flags);
  }

  /** free_pages_check: whether bad_page complains. The page is leaked then, not reused. */
  private boolean isBad(long p) {
    return !memory.is32(p + PageLayout.MAPCOUNT, -1)
        || (memory.read64(p + PageLayout.MAPPING) & ~PageLayout.PAGE_MAPPING_ANON) != 0
        || !memory.is32(p + PageLayout.REFCOUNT, 0)
        || page.flags(p, PageFlag.CHECK_AT_FREE) != 0;
  }
}
