// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * lru_add_page_tail, mm/swap.c, Linux 4.19: a page that was a tail until now gets its place on an
 * LRU.
 *
 * <p>Leaves out: tails that go to the list of a caller (reclaim of a huge page), reclaim
 * statistics.
 */
public final class PageTail {
  private final Page page;
  private final ListHead list;
  private final Lruvec lruvec;
  private final PinHooks hooks;

  PageTail(Page page, ListHead list, Lruvec lruvec, PinHooks hooks) {
    this.page = page;
    this.list = list;
    this.lruvec = lruvec;
    this.hooks = hooks;
  }

  /**
   * Beside the head if that is on an LRU, where it has been counted with it; alone otherwise.
   * lru_lock is held, the tail is a page of its own already, the head has PG_head still.
   */
  public void lruAddPageTail(long head, long tail) {
    if (page.kernel().debugVm()) {
      page.bugOn(page.test(tail, PageFlag.LRU), "PageLRU(page_tail) in lru_add_page_tail");
    }
    hooks.beforeRelink(tail, "lru_add_page_tail");
    page.set(tail, PageFlag.LRU);
    LruList to = lruvec.listOf(tail);
    if (page.test(head, PageFlag.LRU)) {
      lruvec.addBehind(tail, head, to);
    } else {
      lruvec.add(tail, to);
      list.moveTail(tail + PageLayout.LRU, list.prev(tail + PageLayout.LRU));
    }
  }
}
