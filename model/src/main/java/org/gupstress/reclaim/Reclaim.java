// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.fs.AddressSpace;
import org.gupstress.gup.PageTable;
import org.gupstress.lru.Isolation;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.Lru;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * shrink_inactive_list and shrink_page_list, mm/vmscan.c, Linux 4.19, for clean page cache pages.
 *
 * <p>A page goes from the LRU to a list on the reclaimer's stack, from there into its hands
 * (list_del leaves poison in {@code lru}), and on to the list of the kept or of the freed. None of
 * this holds lru_lock; PG_lru being clear is what tells others to keep off.
 *
 * <p>Leaves out: writeback and dirty pages (activated, as direct reclaim does), swap (anonymous
 * pages are activated, as without a swap device), accessed bits, buffer heads, NR_ISOLATED
 * throttling, priorities, shrink_active_list.
 */
public final class Reclaim {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final ListHead list;
  private final Node node;
  private final PageTable table;
  private final AddressSpace mapping;
  private final Stack[] stacks;

  /**
   * The list heads that shrink_inactive_list and shrink_page_list have on the stack of their CPU.
   */
  private record Stack(long pageList, long retPages, long freePages, long toFree) {}

  public Reclaim(Memory memory, Arena arena, Lru lru, PageTable table, AddressSpace mapping) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.list = lru.list();
    this.node = lru.node();
    this.table = table;
    this.mapping = mapping;
    this.stacks = new Stack[arena.cpus()];
    for (int cpu = 0; cpu < stacks.length; cpu++) {
      stacks[cpu] = new Stack(
          head(arena, cpu, "page_list"),
          head(arena, cpu, "ret_pages"),
          head(arena, cpu, "free_pages"),
          head(arena, cpu, "pages_to_free"));
    }
  }

  private static long head(Arena arena, int cpu, String name) {
    long head = arena.onCpu(cpu, name, 16, 16);
    arena.define(head, "cpu" + cpu + "." + name + ".next");
    arena.define(head + 8, "cpu" + cpu + "." + name + ".prev");
    return head;
  }

  /** The list head page_list on the stack of whoever isolates pages on this CPU. */
  public long pageList(Cpu cpu) {
    return stacks[cpu.number()].pageList;
  }

  /** shrink_inactive_list: scans at most {@code pages} pages from the tail of the list. */
  public void shrinkInactiveList(Cpu cpu, LruList from, int pages) {
    Stack stack = stacks[cpu.slot()];
    lru.pagevecs().drain(cpu);
    list.init(stack.pageList);
    node.lruLock().lockIrq(cpu);
    int taken = isolateLruPages(from, pages, stack.pageList);
    node.lruLock().unlockIrq(cpu);
    if (taken == 0) {
      return;
    }
    shrinkPageList(cpu, stack);
    list.init(stack.toFree);
    node.lruLock().lockIrq(cpu);
    putbackInactivePages(cpu, stack);
    node.lruLock().unlockIrq(cpu);
    freeList(cpu, stack.toFree);
  }

  /** isolate_lru_pages; lru_lock is held. */
  private int isolateLruPages(LruList from, int pages, long to) {
    long source = node.head(from);
    int taken = 0;
    for (int scan = 0; scan < pages && !list.isEmpty(source); scan++) {
      long entry = list.prev(source);
      Isolation.Result result = lru.isolation().isolateForReclaim(entry - PageLayout.LRU);
      switch (result) {
        case ISOLATED -> {
          list.move(entry, to);
          taken++;
        }
        case BUSY -> list.move(entry, source);
        case INVALID -> memory.bug("BUG() in isolate_lru_pages: page on an LRU without PG_lru");
      }
    }
    lru.pagevecs().takeFromSize(from, taken);
    return taken;
  }

  /** What shrink_page_list decides about a page. */
  private enum Verdict {
    FREE,
    KEEP,
    KEEP_LOCKED,
    ACTIVATE_LOCKED
  }

  private void shrinkPageList(Cpu cpu, Stack stack) {
    list.init(stack.retPages);
    list.init(stack.freePages);
    while (!list.isEmpty(stack.pageList)) {
      long entry = list.prev(stack.pageList);
      long p = entry - PageLayout.LRU;
      list.del(entry);
      memory.note(Note.IN_HAND, p);
      Verdict verdict = shrinkPage(cpu, p);
      if (verdict == Verdict.FREE) {
        page.clear(p, PageFlag.LOCKED);
        list.add(entry, stack.freePages);
        continue;
      }
      if (verdict == Verdict.ACTIVATE_LOCKED && !page.test(p, PageFlag.MLOCKED)) {
        page.set(p, PageFlag.ACTIVE);
        memory.note(Note.AGED, p);
      }
      if (verdict != Verdict.KEEP) {
        page.unlock(p);
      }
      list.add(entry, stack.retPages);
      if (page.kernel().debugVm()) {
        page.bugOn(
            page.flags(p, PageFlag.LRU.mask() | PageFlag.UNEVICTABLE.mask()) != 0,
            "PageLRU(page) || PageUnevictable(page) in shrink_page_list");
      }
    }
    freeList(cpu, stack.freePages);
    list.splice(stack.retPages, stack.pageList);
  }

  private Verdict shrinkPage(Cpu cpu, long p) {
    if (!page.trylock(p)) {
      return Verdict.KEEP;
    }
    if (page.test(p, PageFlag.MLOCKED)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    if (page.test(p, PageFlag.WRITEBACK)) {
      page.set(p, PageFlag.RECLAIM);
      return Verdict.ACTIVATE_LOCKED;
    }
    page.testAndClear(p, PageFlag.REFERENCED);
    memory.note(Note.AGED, p);
    if (page.test(p, PageFlag.SWAPBACKED)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    if (!memory.is32(p + PageLayout.MAPCOUNT, -1)) {
      table.tryToUnmap(cpu, p);
      if (!memory.is32(p + PageLayout.MAPCOUNT, -1)) {
        return Verdict.ACTIVATE_LOCKED;
      }
    }
    if (page.test(p, PageFlag.DIRTY)) {
      page.set(p, PageFlag.RECLAIM);
      return Verdict.ACTIVATE_LOCKED;
    }
    return removeMapping(cpu, p) ? Verdict.FREE : Verdict.KEEP_LOCKED;
  }

  /** __remove_mapping: only a page that nobody but the cache and the reclaimer holds. */
  private boolean removeMapping(Cpu cpu, long p) {
    long flags = mapping.pagesLock().lockIrqsave(cpu);
    // ordering: the cmpxchg orders the refcount before PG_dirty; the other way round a page could
    // be
    // dirtied and released between the two tests and its data be dropped.
    boolean removed = page.freeze(p, Ref.CACHE, Ref.ISO);
    if (removed && page.test(p, PageFlag.DIRTY)) {
      page.unfreeze(p, Ref.CACHE, Ref.ISO);
      removed = false;
    }
    if (removed) {
      mapping.delete(p);
    }
    mapping.pagesLock().unlockIrqrestore(cpu, flags);
    return removed;
  }

  /** putback_inactive_pages of what was kept; lru_lock is held. */
  private void putbackInactivePages(Cpu cpu, Stack stack) {
    while (!list.isEmpty(stack.pageList)) {
      long entry = list.prev(stack.pageList);
      long p = entry - PageLayout.LRU;
      if (page.kernel().debugVm()) {
        page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in putback_inactive_pages");
      }
      list.del(entry);
      if (page.test(p, PageFlag.MLOCKED)) {
        node.lruLock().unlockIrq(cpu);
        lru.isolation().putbackLruPage(cpu, p);
        node.lruLock().lockIrq(cpu);
        continue;
      }
      page.set(p, PageFlag.LRU);
      LruList to = LruList.of(page.flags(p, LruList.DECIDING));
      lru.pagevecs().addToLru(p, to);
      if (page.putTestzero(p, Ref.ISO)) {
        page.clear(p, PageFlag.LRU);
        page.clear(p, PageFlag.ACTIVE);
        lru.pagevecs().delFromLru(p, to);
        list.add(entry, stack.toFree);
      }
    }
  }

  /** free_unref_page_list. */
  private void freeList(Cpu cpu, long head) {
    while (!list.isEmpty(head)) {
      long entry = list.prev(head);
      list.del(entry);
      lru.release().free(cpu, entry - PageLayout.LRU);
    }
  }
}
