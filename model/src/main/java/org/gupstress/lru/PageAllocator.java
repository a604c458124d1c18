// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * mm/page_alloc.c, Linux 4.19, order 0: per-CPU free lists in front of one buddy list under
 * zone->lock, all linked through {@code page->lru}; watermarks, kswapd and direct reclaim.
 *
 * <p>The free path looks at mapcount, mapping, refcount and flags, never at the union: a page freed
 * in pinned state is accepted. Allocation ends with list_del, so a new page has poison in
 * {@code lru}.
 *
 * <p>Leaves out: higher orders and so the merging of buddies, migrate types, memory cgroups, the
 * OOM killer (an allocation fails instead), drain_all_pages, page initialisation beyond refcount,
 * private and content.
 */
public final class PageAllocator {
  /** struct per_cpu_pages: the head of the list, and behind it how many are on it. */
  private static final int PCP_COUNT = 16;

  private static final int PCP_BYTES = 32;

  /** MAX_RECLAIM_RETRIES. */
  private static final int RECLAIM_RETRIES = 16;

  private final Memory memory;
  private final Page page;
  private final ListHead list;
  private final Zone zone;
  private final Shortage shortage;
  private final SpinLock zoneLock;
  private final long[] pcp;
  private final long freeArea;
  private final long nrFree;

  PageAllocator(
      Memory memory, Arena arena, Page page, ListHead list, Zone zone, Shortage shortage) {
    this.memory = memory;
    this.page = page;
    this.list = list;
    this.zone = zone;
    this.shortage = shortage;
    this.pcp = new long[arena.cpus()];
    for (int cpu = 0; cpu < pcp.length; cpu++) {
      pcp[cpu] = head(arena, arena.onCpu(cpu, "pcp", PCP_BYTES, 16), "cpu" + cpu + ".pcp");
      arena.define(pcp[cpu] + PCP_COUNT, "cpu" + cpu + ".pcp.count");
    }
    this.zoneLock = new SpinLock(memory, arena, "zone_lock");
    this.freeArea = head(arena, arena.shared("free_area", 16, 16), "free_area");
    this.nrFree = arena.shared("NR_FREE_PAGES", 4, 8);
  }

  private static long head(Arena arena, long addr, String name) {
    arena.define(addr, name + ".next");
    arena.define(addr + 8, name + ".prev");
    return addr;
  }

  void boot() {
    for (long head : pcp) {
      list.init(head);
      memory.write32(head + PCP_COUNT, 0);
    }
    list.init(freeArea);
    memory.write32(nrFree, 0);
  }

  /** The lock of the buddy list. */
  public SpinLock zoneLock() {
    return zoneLock;
  }

  public Zone zone() {
    return zone;
  }

  /** Pages on the buddy list. */
  public int nrFree() {
    return memory.readOnce32(nrFree);
  }

  /** Pages on the free list of a CPU. */
  public int nrOnPcp(int cpu) {
    return memory.readOnce32(pcp[cpu] + PCP_COUNT);
  }

  private boolean hasBuddy() {
    return zone.batch() > 0;
  }

  // ---- allocation

  /** alloc_page: refcount 1 for the caller; 0 is out of memory. */
  public long alloc(Cpu cpu) {
    long p = getPageFromFreelist(cpu, zone.low());
    if (p == 0 && hasBuddy()) {
      p = slowpath(cpu);
    }
    return p;
  }

  /** __alloc_pages_slowpath. */
  private long slowpath(Cpu cpu) {
    shortage.wakeKswapd();
    long p = getPageFromFreelist(cpu, zone.min());
    for (int retries = 0; p == 0 && retries < RECLAIM_RETRIES; retries++) {
      shortage.tryToFreePages(cpu);
      p = getPageFromFreelist(cpu, zone.min());
    }
    return p;
  }

  private long getPageFromFreelist(Cpu cpu, int watermark) {
    return hasBuddy() && nrFree() <= watermark ? 0 : rmqueuePcplist(cpu);
  }

  private long rmqueuePcplist(Cpu cpu) {
    long flags = cpu.irqSave();
    long head = pcp[cpu.slot()];
    if (hasBuddy() && list.isEmpty(head)) {
      rmqueueBulk(cpu);
    }
    long entry = list.next(head);
    if (entry == head) {
      cpu.irqRestore(flags);
      return 0;
    }
    list.del(entry);
    count(cpu, -1);
    cpu.irqRestore(flags);
    long p = entry - PageLayout.LRU;
    memory.write64(p + PageLayout.PRIVATE, 0);
    page.at(Ref.ALLOC, Site.USUAL);
    page.setRefcounted(p);
    memory.note(Note.ALLOCATED, p);
    return p;
  }

  /** rmqueue_bulk: fills the CPU's list from the buddy list; interrupts are off. */
  private void rmqueueBulk(Cpu cpu) {
    zoneLock.lock();
    int moved = 0;
    while (moved < zone.batch() && !list.isEmpty(freeArea)) {
      long entry = list.next(freeArea);
      list.del(entry);
      list.addTail(entry, pcp[cpu.slot()]);
      moved++;
    }
    memory.add32(nrFree, -moved);
    zoneLock.unlock();
    count(cpu, moved);
  }

  private void count(Cpu cpu, int pages) {
    if (hasBuddy()) {
      long count = pcp[cpu.slot()] + PCP_COUNT;
      memory.write32(count, memory.read32(count) + pages);
    }
  }

  // ---- freeing

  /** free_unref_page: refcount is 0 and nobody else has the page. */
  void free(Cpu cpu, long p) {
    if (isBad(p)) {
      memory.note(Note.FREED, p, 1);
      return;
    }
    memory.write64(p + PageLayout.FLAGS, 0);
    memory.note(Note.FREED, p);
    long flags = cpu.irqSave();
    list.add(p + PageLayout.LRU, pcp[cpu.slot()]);
    count(cpu, 1);
    if (hasBuddy() && memory.read32(pcp[cpu.slot()] + PCP_COUNT) >= zone.pcpHigh()) {
      freePcppagesBulk(cpu);
    }
    cpu.irqRestore(flags);
  }

  /** free_pcppages_bulk: a batch from the tail, the coldest, goes to the buddy list. */
  private void freePcppagesBulk(Cpu cpu) {
    long head = pcp[cpu.slot()];
    zoneLock.lock();
    int moved = 0;
    while (moved < zone.batch() && !list.isEmpty(head)) {
      long entry = list.prev(head);
      list.del(entry);
      list.add(entry, freeArea);
      moved++;
    }
    memory.add32(nrFree, moved);
    zoneLock.unlock();
    count(cpu, -moved);
  }

  /** A page that is nobody's goes to the buddy list before the machine runs. */
  void bootFree(long p) {
    memory.note(Note.FREED, p);
    list.add(p + PageLayout.LRU, freeArea);
    memory.add32(nrFree, 1);
  }

  /** free_pages_check: whether bad_page complains. The page is leaked then, not reused. */
  private boolean isBad(long p) {
    return !memory.is32(p + PageLayout.MAPCOUNT, -1)
        || (memory.read64(p + PageLayout.MAPPING) & ~PageLayout.PAGE_MAPPING_ANON) != 0
        || !memory.is32(p + PageLayout.REFCOUNT, 0)
        || page.flags(p, PageFlag.CHECK_AT_FREE) != 0;
  }
}
