// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Compound;
import org.gupstress.page.Page;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;

/**
 * struct hstate: the pool of huge pages, mm/hugetlb.c, Linux 4.19. Its pages are on no LRU, and are
 * linked through {@code lru} all their lives: on the active list while somebody has them, on the
 * free list of the node otherwise, under hugetlb_lock.
 *
 * <p>The list heads have the offsets of struct hstate on x86-64, where bit 4 of the free list's
 * address is set.
 *
 * <p>Leaves out: reservations, subpools, surplus and temporary pages, PG_private of the first tail
 * (page_huge_active), hugetlb_cgroup.
 */
public final class HugetlbPool {
  private static final int FREE_HUGE_PAGES = 40;
  private static final int HUGEPAGE_ACTIVELIST = 72;
  private static final int HUGEPAGE_FREELISTS = 88;
  private static final int SIZE = 104;

  private final Memory memory;
  private final Page page;
  private final Compound compound;
  private final ListHead list;
  private final boolean present;
  private final long lock;
  private final long hstate;

  HugetlbPool(Memory memory, Arena arena, Page page, Compound compound, ListHead list) {
    this.memory = memory;
    this.page = page;
    this.compound = compound;
    this.list = list;
    this.present = page.has(PageKind.HUGETLB);
    this.lock = present ? arena.shared("hugetlb_lock", 8, 8) : 0;
    this.hstate = present ? arena.shared("hstate", SIZE, 64) : 0;
    if (present) {
      arena.define(hstate + FREE_HUGE_PAGES, "free_huge_pages");
      arena.define(activeList(), "hugepage_activelist.next");
      arena.define(activeList() + 8, "hugepage_activelist.prev");
      arena.define(freeList(), "hugepage_freelist.next");
      arena.define(freeList() + 8, "hugepage_freelist.prev");
    }
  }

  /** The address of hugetlb_lock. */
  public long lock() {
    return lock;
  }

  public long activeList() {
    return hstate + HUGEPAGE_ACTIVELIST;
  }

  public long freeList() {
    return hstate + HUGEPAGE_FREELISTS;
  }

  /** free_huge_pages, by a look without the lock. */
  public long freeHugePages() {
    return memory.readOnce64(hstate + FREE_HUGE_PAGES);
  }

  /** Whether the address is the head of one of the pool's lists. */
  public boolean isHead(long addr) {
    return present && (addr == activeList() || addr == freeList());
  }

  void boot() {
    if (present) {
      list.init(activeList());
      list.init(freeList());
    }
  }

  /** A huge page that somebody has, before the machine runs; the reference is its owner's. */
  public void bootActive(long head) {
    compound.bootPrep(head, Compound.HUGETLB_PAGE_DTOR);
    list.add(head + PageLayout.LRU, activeList());
  }

  /** alloc_huge_page, dequeue_huge_page_node_exact: refcount 1 for the caller, or 0. */
  public long alloc() {
    memory.lock(lock);
    long entry = list.next(freeList());
    if (entry == freeList()) {
      memory.unlock(lock);
      return 0;
    }
    long head = entry - PageLayout.LRU;
    list.move(entry, activeList());
    memory.note(Note.ALLOCATED, head);
    page.setRefcounted(head);
    addFree(-1);
    memory.unlock(lock);
    return head;
  }

  /** free_huge_page, the destructor: the page goes back to the pool. */
  void free(long head) {
    if (!compound.isHugetlb(head)) {
      memory.bug("free_transhuge_page: not in this model");
    }
    memory.write64(head + PageLayout.PRIVATE, 0);
    memory.write64(head + PageLayout.MAPPING, 0);
    if (page.kernel().debugVm()) {
      page.bugOn(!memory.is32(head + PageLayout.REFCOUNT, 0), "page_count(page) in free_huge_page");
      page.bugOn(
          !memory.is32(head + PageLayout.MAPCOUNT, -1), "page_mapcount(page) in free_huge_page");
    }
    memory.note(Note.FREED, head);
    memory.lock(lock);
    list.move(head + PageLayout.LRU, freeList());
    addFree(1);
    memory.unlock(lock);
  }

  private void addFree(int pages) {
    memory.write64(hstate + FREE_HUGE_PAGES, memory.read64(hstate + FREE_HUGE_PAGES) + pages);
  }
}
