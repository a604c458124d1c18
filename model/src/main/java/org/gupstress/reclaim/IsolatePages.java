// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.lru.Isolation;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.Lru;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/** What shrink_inactive_list and shrink_active_list have in common: taking pages off, freeing. */
final class IsolatePages {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final ListHead list;

  IsolatePages(Memory memory, Lru lru) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.list = lru.list();
  }

  /** isolate_lru_pages, from the tail, with NR_ISOLATED; lru_lock is held. How many it took. */
  int isolateLruPages(LruList from, int pages, long to) {
    long source = lru.node().head(from);
    page.at(Ref.ISO, Site.ISOLATE_LRU_PAGES);
    int taken = 0;
    int scanned = 0;
    for (; scanned < pages && !list.isEmpty(source); scanned++) {
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
    lru.lruvec().takeFromSize(from, taken);
    lru.node().addIsolated(from.isFile(), taken);
    memory.note(Note.SCANNED, from.ordinal(), scanned, taken);
    return taken;
  }

  /** A page is on a list of the LRU again: drops the isolation, and unlinks it if that was all. */
  void putOrCollect(long p, LruList on, long toFree, Site site) {
    page.at(Ref.ISO, site);
    if (page.putTestzero(p, Ref.ISO)) {
      page.clearNonatomic(p, PageFlag.LRU);
      page.clearNonatomic(p, PageFlag.ACTIVE);
      lru.lruvec().del(p, on);
      list.add(p + PageLayout.LRU, toFree);
    }
  }

  /** free_unref_page_list. */
  void freeList(Cpu cpu, long head) {
    while (!list.isEmpty(head)) {
      long entry = list.prev(head);
      list.del(entry);
      lru.release().free(cpu, entry - PageLayout.LRU);
    }
  }
}
