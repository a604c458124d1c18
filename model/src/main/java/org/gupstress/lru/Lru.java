// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import java.util.function.LongPredicate;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Compound;
import org.gupstress.page.DevPagemap;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/** One node with its pages, lists, pagevecs and free lists: what the layers above are built on. */
public final class Lru {
  private final Memory memory;
  private final Page page;
  private final ListHead list;
  private final Node node;
  private final Lruvec lruvec;
  private final PageAllocator allocator;
  private final PageRelease release;
  private final Pagevecs pagevecs;
  private final Isolation isolation;
  private final Aging aging;
  private final Workingset workingset;
  private final DevPagemap devices;
  private final Compound compound;
  private final HugetlbPool hugetlb;
  private final PageTail pageTail;
  private final Memcg memcg;
  private final PinHooks hooks;

  /**
   * @param slots of each pagevec; 15 in Linux 4.19
   * @param drainedRemotely whether anything calls lru_add_drain_all
   * @param shortage what the allocator does when pages run short
   */
  public Lru(
      Memory memory,
      Arena arena,
      Page page,
      PinHooks hooks,
      int slots,
      boolean drainedRemotely,
      Zone zone,
      Shortage shortage) {
    this.memory = memory;
    this.page = page;
    this.hooks = hooks;
    this.list = new ListHead(memory, page.kernel());
    this.node = new Node(memory, arena);
    this.lruvec = new Lruvec(page, list, node);
    this.allocator = new PageAllocator(memory, arena, page, list, zone, shortage, hooks);
    this.devices = new DevPagemap(memory, arena, page);
    this.compound = new Compound(memory, page);
    this.hugetlb = new HugetlbPool(memory, arena, page, compound, list);
    this.release = new PageRelease(page, node, lruvec, allocator, devices, hugetlb, hooks);
    this.pagevecs =
        new Pagevecs(memory, arena, page, node, lruvec, release, hooks, slots, drainedRemotely);
    this.isolation = new Isolation(memory, page, node, lruvec, pagevecs, release);
    this.workingset = new Workingset(memory, arena, page, node);
    this.aging = new Aging(memory, page, pagevecs, workingset);
    this.pageTail = new PageTail(page, list, lruvec, hooks);
    this.memcg = new Memcg(memory, page, node, lruvec, hooks);
  }

  public Page page() {
    return page;
  }

  public ListHead list() {
    return list;
  }

  public Node node() {
    return node;
  }

  public Lruvec lruvec() {
    return lruvec;
  }

  public PageAllocator allocator() {
    return allocator;
  }

  public PageRelease release() {
    return release;
  }

  public Pagevecs pagevecs() {
    return pagevecs;
  }

  public Isolation isolation() {
    return isolation;
  }

  public Aging aging() {
    return aging;
  }

  public Workingset workingset() {
    return workingset;
  }

  public DevPagemap devices() {
    return devices;
  }

  public Compound compound() {
    return compound;
  }

  public HugetlbPool hugetlb() {
    return hugetlb;
  }

  public PageTail pageTail() {
    return pageTail;
  }

  public Memcg memcg() {
    return memcg;
  }

  /** Where a pin design changes existing code. */
  public PinHooks hooks() {
    return hooks;
  }

  /**
   * Makes all lists anew from what the pages say of themselves. For a machine that goes on after
   * its lists were corrupted, as no kernel could: nobody runs, and what waits in pagevecs stays
   * there.
   *
   * @param lost pages that stay on no list: freed in a state in which the allocator refuses them
   */
  public void rebuild(LongPredicate lost) {
    node.boot();
    for (LruList l : LruList.values()) {
      list.init(node.head(l));
    }
    allocator.boot();
    for (int i = 0; i < page.count(); i++) {
      long p = page.address(i);
      page.clear(p, PageFlag.LOCKED);
      if (page.test(p, PageFlag.LRU)) {
        lruvec.add(p, lruvec.listOf(p));
      } else if (memory.is32(p + PageLayout.REFCOUNT, 0) && !lost.test(p)) {
        memory.write64(p + PageLayout.FLAGS, 0);
        memory.write64(p + PageLayout.MAPPING, 0);
        memory.write32(p + PageLayout.MAPCOUNT, -1);
        allocator.bootFree(p);
      }
    }
  }

  // ---- before the machine runs

  /** Empty lists, all pages without owner. */
  public void boot() {
    for (LruList l : LruList.values()) {
      list.init(node.head(l));
    }
    allocator.boot();
    hugetlb.boot();
    for (int i = 0; i < page.count(); i++) {
      memory.write32(page.address(i) + PageLayout.MAPCOUNT, -1);
      list.init(page.address(i) + PageLayout.LRU);
    }
  }

  /** Places a page at the head of the LRU list that its flags name. */
  public void bootOnLru(long p) {
    page.set(p, PageFlag.LRU);
    lruvec.add(p, lruvec.listOf(p));
  }

  /** Places a page into a CPU's lru_add pagevec, with the reference and the poison it has there. */
  public void bootInPagevec(int cpu, long p) {
    list.poison(p + PageLayout.LRU);
    page.bootRef(p, Pagevecs.Kind.LRU_ADD.ref());
    pagevecs.bootAdd(cpu, Pagevecs.Kind.LRU_ADD, p);
  }

  /** Places a page on a CPU's free list. */
  public void bootFree(Cpu cpu, long p) {
    allocator.free(cpu, p);
  }

  /** Places a page on the buddy list. */
  public void bootFree(long p) {
    allocator.bootFree(p);
  }
}
