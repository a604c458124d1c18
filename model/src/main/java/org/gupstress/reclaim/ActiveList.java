// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

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
import org.gupstress.page.Site;
import org.gupstress.vm.Rmap;

/**
 * shrink_active_list, mm/vmscan.c, Linux 4.19: active pages become inactive ones.
 *
 * <p>Leaves out: executable mappings, whose pages stay active.
 */
public final class ActiveList {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final ListHead list;
  private final Node node;
  private final Rmap rmap;
  private final IsolatePages pages;
  private final long[] hold;
  private final long[] inactive;
  private final long[] toFree;

  public ActiveList(Memory memory, Arena arena, Lru lru, Rmap rmap) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.list = lru.list();
    this.node = lru.node();
    this.rmap = rmap;
    this.pages = new IsolatePages(memory, lru);
    PrivateLists.beginFrame(arena);
    this.hold = PrivateLists.heads(arena, "l_hold");
    this.inactive = PrivateLists.heads(arena, "l_inactive");
    this.toFree = PrivateLists.heads(arena, "l_free");
  }

  /** Looks at so many pages from the tail of an active list. */
  public void shrink(Cpu cpu, LruList from, int count) {
    long held = hold[cpu.slot()];
    long moving = inactive[cpu.slot()];
    long freeing = toFree[cpu.slot()];
    lru.pagevecs().drain(cpu);
    list.init(held);
    list.init(moving);
    list.init(freeing);
    node.lruLock().lockIrq(cpu);
    int taken = pages.isolateLruPages(from, count, held);
    node.lruLock().unlockIrq(cpu);
    while (!list.isEmpty(held)) {
      long entry = list.prev(held);
      long p = entry - PageLayout.LRU;
      list.del(entry);
      memory.note(Note.IN_HAND, p);
      if (page.test(p, PageFlag.MLOCKED)) {
        lru.isolation().putbackLruPage(cpu, p);
        continue;
      }
      rmap.referenced(p, false);
      page.clear(p, PageFlag.ACTIVE);
      memory.note(Note.AGED, p);
      memory.note(Note.DEACTIVATED, p);
      list.add(entry, moving);
    }
    node.lruLock().lockIrq(cpu);
    moveActivePagesToLru(moving, freeing);
    node.addIsolated(from.isFile(), -taken);
    node.lruLock().unlockIrq(cpu);
    pages.freeList(cpu, freeing);
  }

  /** move_active_pages_to_lru; lru_lock is held. */
  private void moveActivePagesToLru(long from, long freeing) {
    while (!list.isEmpty(from)) {
      long entry = list.prev(from);
      long p = entry - PageLayout.LRU;
      if (page.kernel().debugVm()) {
        page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in move_active_pages_to_lru");
      }
      page.set(p, PageFlag.LRU);
      LruList to = lru.lruvec().listOf(p);
      lru.lruvec().move(p, to);
      pages.putOrCollect(p, to, freeing, Site.MOVE_ACTIVE_PAGES_TO_LRU);
    }
  }
}
