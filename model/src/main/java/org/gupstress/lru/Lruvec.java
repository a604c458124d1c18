// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * struct lruvec: what include/linux/mm_inline.h does to the LRU lists of a node and to their sizes,
 * Linux 4.19. List and size change together.
 *
 * <p>Assumes that the caller holds lru_lock, or that the machine does not run. PG_lru is the
 * caller's business: who sets it before it adds, or clears it before it deletes, tells others to
 * keep off.
 */
public final class Lruvec {
  private final Page page;
  private final ListHead list;
  private final Node node;

  Lruvec(Page page, ListHead list, Node node) {
    this.page = page;
    this.list = list;
    this.node = node;
  }

  /** page_lru: the list that the flags of the page name. */
  public LruList listOf(long p) {
    return LruList.of(page.flags(p, LruList.DECIDING));
  }

  /** add_page_to_lru_list. */
  public void add(long p, LruList to) {
    node.addSize(to, page.hpageNrPages(p));
    list.add(p + PageLayout.LRU, node.head(to));
  }

  /** add_page_to_lru_list_tail. */
  public void addTail(long p, LruList to) {
    node.addSize(to, page.hpageNrPages(p));
    list.addTail(p + PageLayout.LRU, node.head(to));
  }

  /** list_add_tail to a page that is on the list; the head has been counted for both. */
  void addBehind(long tail, long head, LruList to) {
    list.addBefore(tail + PageLayout.LRU, head + PageLayout.LRU, node.head(to));
  }

  /** list_move of a page of a private list, with the size. */
  public void move(long p, LruList to) {
    node.addSize(to, page.hpageNrPages(p));
    list.move(p + PageLayout.LRU, node.head(to));
  }

  /** list_move_tail: within a list, whose size stays. */
  void moveTail(long p, LruList within) {
    list.moveTail(p + PageLayout.LRU, node.head(within));
  }

  /** del_page_from_lru_list. */
  public void del(long p, LruList from) {
    list.del(p + PageLayout.LRU);
    node.addSize(from, -page.hpageNrPages(p));
  }

  /**
   * del_page_from_lru_list(page, page_off_lru(page)): nobody holds the page, and the flag of its
   * list goes with the list.
   */
  void delOff(long p) {
    LruList from = listOf(p);
    if (from == LruList.UNEVICTABLE) {
      page.clearNonatomic(p, PageFlag.UNEVICTABLE);
    } else if (from.isActive()) {
      page.clearNonatomic(p, PageFlag.ACTIVE);
    }
    del(p, from);
  }

  /** Adjusts the size of a list from which a batch was moved away. */
  public void takeFromSize(LruList from, int pages) {
    node.addSize(from, -pages);
  }
}
