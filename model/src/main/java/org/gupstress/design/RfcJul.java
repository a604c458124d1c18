// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/**
 * "mm/fs: gup: don't unmap or drop filesystem buffers", version 2 of 1 July 2018 (KERNEL.md 13.2).
 * get_page and put_page count every reference to a page that is pinned, so a pin is given back with
 * put_page; try_to_unmap and page_mkclean leave pinned pages alone, and page_mkclean for
 * WB_SYNC_ALL waits until the page is no longer pinned.
 *
 * <p>What is taken before the pin and put after it releases the pin (Kara), and so is what was
 * taken without get_page: by a look-up in the page cache. A slow get_user_pages of a pinned page is
 * counted twice. gup_lock is held over the walk of page_mkclean, which takes the page table lock
 * under which follow_page_pte calls get_page.
 *
 * <p>The posting asks once for each mapping of a page, here it is once for each page.
 */
final class RfcJul extends OneWordFlag {
  @Override
  public String id() {
    return "rfc-jul";
  }

  @Override
  public String summary() {
    return "1 Jul 2018: flag and count over lru, counted by get_page and put_page";
  }

  /** put_page: the hook below does the rest. */
  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public boolean unpinsWithPutPage() {
    return true;
  }

  /** __get_page_for_pinned_dma. */
  @Override
  public void afterGet(Mm mm, long head) {
    if (pageDmaPinned(mm, head)) {
      Node node = mm.lru().node();
      node.gupLock().lock();
      if (pageDmaPinned(mm, head)) {
        new PinnedUnion(mm).incCount(head);
      }
      node.gupLock().unlock();
    }
  }

  /** __put_page_for_pinned_dma. */
  @Override
  public void beforePut(Mm mm, long head) {
    if (pageDmaPinned(mm, head)) {
      dropCount(mm, head, true);
    }
  }

  @Override
  public boolean mayUnmap(Mm mm, long page) {
    Node node = mm.lru().node();
    node.gupLock().lock();
    boolean pinned = pageDmaPinned(mm, page);
    node.gupLock().unlock();
    return !pinned;
  }

  /** The first half of page_mkclean_one; gup_lock is held afterwards if it goes on. */
  @Override
  public boolean beginMkclean(Mm mm, long page, boolean sync) {
    if (!sync && !mayUnmap(mm, page)) {
      return false;
    }
    // wait_for_dma_pinned_to_clear
    Node node = mm.lru().node();
    node.gupLock().lock();
    while (pageDmaPinned(mm, page)) {
      node.gupLock().unlock();
      new PinnedUnion(mm).waitUntilClear(page, PAGE_DMA_PINNED);
      node.gupLock().lock();
    }
    return true;
  }

  @Override
  public void endMkclean(Mm mm) {
    mm.lru().node().gupLock().unlock();
  }
}
