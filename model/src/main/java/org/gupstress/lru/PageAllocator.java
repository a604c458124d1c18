// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import java.util.Arrays;
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
 * in pinned state is accepted. With CONFIG_DEBUG_VM it looks when a page comes to a per-CPU list
 * and when it leaves one for a new owner; without, only when pages move between a per-CPU list and
 * the buddy list, and by then the flags are wiped: what a CPU frees and uses again itself is never
 * looked at. Allocation ends with list_del, so a new page has poison in {@code lru}.
 *
 * <p>Leaves out: higher orders and so the merging of buddies, migrate types, memory cgroups, the
 * OOM killer (an allocation fails instead), drain_all_pages, page initialisation beyond refcount,
 * private and content, the list on the stack on which free_pcppages_bulk collects what goes to the
 * buddy list.
 */
public final class PageAllocator {
  /** struct per_cpu_pages: the head of the list, and behind it how many are on it. */
  private static final int PCP_COUNT = 16;

  private static final int PCP_BYTES = 32;

  /** PAGE_FLAGS_CHECK_AT_PREP: a page that is given away has none. */
  private static final long ANY_FLAG =
      Arrays.stream(PageFlag.values()).mapToLong(PageFlag::mask).reduce(0, (a, b) -> a | b);

  private final Memory memory;
  private final Page page;
  private final ListHead list;
  private final Zone zone;
  private final Shortage shortage;
  private final PinHooks hooks;
  private final SpinLock zoneLock;
  private final long[] pcp;
  private final long freeArea;
  private final long nrFree;

  PageAllocator(
      Memory memory,
      Arena arena,
      Page page,
      ListHead list,
      Zone zone,
      Shortage shortage,
      PinHooks hooks) {
    this.memory = memory;
    this.page = page;
    this.list = list;
    this.zone = zone;
    this.shortage = shortage;
    this.hooks = hooks;
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

  /** The head of the buddy list. */
  public long freeArea() {
    return freeArea;
  }

  /** The head of the free list of a CPU. */
  public long pcp(int cpu) {
    return pcp[cpu];
  }

  /** Pages on the buddy list. */
  public int nrFree() {
    return memory.readOnce32(nrFree);
  }

  /** Pages on the free list of a CPU. */
  public int nrOnPcp(int cpu) {
    return memory.readOnce32(pcp[cpu] + PCP_COUNT);
  }

  /** Whether there is a buddy list, and pages are counted. */
  public boolean hasBuddy() {
    return zone.batch() > 0;
  }

  // ---- allocation

  /** alloc_page(GFP_KERNEL): refcount 1 for the caller; 0 is out of memory. */
  public long alloc(Cpu cpu) {
    memory.mightSleep();
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
    for (int retries = 0; p == 0 && retries < zone.retries(); retries++) {
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
    long p = takeFromPcp(cpu, head);
    cpu.irqRestore(flags);
    if (p == 0) {
      return 0;
    }
    memory.write64(p + PageLayout.PRIVATE, 0);
    page.at(Ref.ALLOC, Site.USUAL);
    page.setRefcounted(p);
    hooks.afterAlloc(cpu, p);
    return p;
  }

  /** __rmqueue_pcplist once the list is filled: the first page that check_new_pcp lets pass. */
  private long takeFromPcp(Cpu cpu, long head) {
    long entry = list.next(head);
    while (entry != head) {
      list.del(entry);
      count(cpu, -1);
      long p = entry - PageLayout.LRU;
      if (!page.kernel().debugVm() || !isBad(p, ANY_FLAG)) {
        // from here on nobody else can find it
        memory.note(Note.ALLOCATED, p);
        return p;
      }
      entry = list.next(head);
    }
    return 0;
  }

  /** rmqueue_bulk: fills the CPU's list from the buddy list; interrupts are off. */
  private void rmqueueBulk(Cpu cpu) {
    zoneLock.lock();
    int taken = 0;
    int moved = 0;
    for (; taken < zone.batch() && !list.isEmpty(freeArea); taken++) {
      long entry = list.next(freeArea);
      list.del(entry);
      // check_pcp_refill
      if (page.kernel().debugVm() || !isBad(entry - PageLayout.LRU, ANY_FLAG)) {
        list.addTail(entry, pcp[cpu.slot()]);
        moved++;
      }
    }
    memory.add32(nrFree, -taken);
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
    boolean mayBeFreed = freePcpPrepare(p);
    memory.note(Note.FREED, p);
    if (!mayBeFreed) {
      return;
    }
    long flags = cpu.irqSave();
    list.add(p + PageLayout.LRU, pcp[cpu.slot()]);
    count(cpu, 1);
    if (hasBuddy() && memory.read32(pcp[cpu.slot()] + PCP_COUNT) >= zone.pcpHigh()) {
      freePcppagesBulk(cpu);
    }
    cpu.irqRestore(flags);
  }

  /** free_pcp_prepare: whatever the flags say, they are gone, unless somebody looks first. */
  private boolean freePcpPrepare(long p) {
    if ((memory.read64(p + PageLayout.MAPPING) & PageLayout.PAGE_MAPPING_ANON) != 0) {
      memory.write64(p + PageLayout.MAPPING, 0);
    }
    if (page.kernel().debugVm() && isBad(p, PageFlag.CHECK_AT_FREE)) {
      return false;
    }
    // a load and a store in Linux; as all flags go, an update in between is lost either way
    memory.write64(p + PageLayout.FLAGS, 0);
    return true;
  }

  /** free_pcppages_bulk: a batch from the tail, the coldest, goes to the buddy list. */
  private void freePcppagesBulk(Cpu cpu) {
    long head = pcp[cpu.slot()];
    zoneLock.lock();
    int taken = 0;
    int moved = 0;
    for (; taken < zone.batch() && !list.isEmpty(head); taken++) {
      long entry = list.prev(head);
      list.del(entry);
      // bulkfree_pcp_prepare
      if (page.kernel().debugVm() || !isBad(entry - PageLayout.LRU, PageFlag.CHECK_AT_FREE)) {
        list.add(entry, freeArea);
        moved++;
      }
    }
    memory.add32(nrFree, moved);
    zoneLock.unlock();
    count(cpu, -taken);
  }

  /** A page that is nobody's goes to the buddy list before the machine runs. */
  void bootFree(long p) {
    memory.note(Note.FREED, p);
    list.add(p + PageLayout.LRU, freeArea);
    memory.add32(nrFree, 1);
  }

  /**
   * free_pages_check and check_new_page: whether bad_page complains. The page is leaked then, and
   * neither used nor given away.
   */
  private boolean isBad(long p, long flags) {
    boolean bad = !memory.is32(p + PageLayout.MAPCOUNT, -1)
        || memory.read64(p + PageLayout.MAPPING) != 0
        || !memory.is32(p + PageLayout.REFCOUNT, 0)
        || page.flags(p, flags) != 0;
    if (bad) {
      memory.note(Note.BAD_PAGE, p);
      // page_mapcount_reset
      memory.write32(p + PageLayout.MAPCOUNT, -1);
    }
    return bad;
  }
}
