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
  private final Node node;
  private final Pagevecs pagevecs;
  private final PinHooks hooks;

  PageTail(Page page, ListHead list, Node node, Pagevecs pagevecs, PinHooks hooks) {
    this.page = page;
    this.list = list;
    this.node = node;
    this.pagevecs = pagevecs;
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
    LruList to = LruList.of(page.flags(tail, LruList.DECIDING));
    if (page.test(head, PageFlag.LRU)) {
      list.addBefore(tail + PageLayout.LRU, head + PageLayout.LRU, node.head(to));
    } else {
      pagevecs.addToLru(tail, to);
      list.moveTail(tail + PageLayout.LRU, list.prev(tail + PageLayout.LRU));
    }
  }
}
