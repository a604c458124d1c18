// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * "mm: introduce page->dma_pinned_flags, _count" and "mm: track gup pages with page->dma_pinned_*
 * fields", 12 October 2018 (kernel-facts 2.1).
 *
 * <p>A pin takes the page off the LRU and overwrites the whole first word with the flag. A failed
 * isolation means "not pinned", and nobody is told. The last unpin leaves {@code lru} linked to
 * itself.
 *
 * <p>gup_lock is taken without disabling interrupts, the decrement is made outside it: as posted.
 */
final class RfcOct implements PinDesign {
  private static final long PAGE_DMA_PINNED = 0x2;

  @Override
  public String id() {
    return "rfc-oct";
  }

  @Override
  public String summary() {
    return "12 Oct 2018: flag and count over lru, never put back";
  }

  @Override
  public long discriminators() {
    return PAGE_DMA_PINNED;
  }

  @Override
  public boolean countsInUnion() {
    return true;
  }

  private static boolean pageDmaPinned(Mm mm, long page) {
    assertHead(mm, page);
    return new PinnedUnion(mm).testFlags(page, PAGE_DMA_PINNED);
  }

  private static void assertHead(Mm mm, long page) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(mm.page().compoundHead(page) != page, "PageTail(page)");
    }
  }

  private static void setPageDmaPinned(Mm mm, long page) {
    assertHead(mm, page);
    new PinnedUnion(mm).writeFlagsOnce(page, PAGE_DMA_PINNED);
  }

  /** INIT_LIST_HEAD(&page->lru). */
  private static void clearPageDmaPinned(Mm mm, long page) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(!pageDmaPinned(mm, page), "!PageDmaPinnedFlags(page)");
    }
    mm.lru().list().init(page + PageLayout.LRU);
  }

  /** pin_page_for_dma; get_user_pages ignores what it returns. */
  @Override
  public boolean pin(Mm mm, Cpu cpu, long page) {
    Page pages = mm.page();
    Node node = mm.lru().node();
    PinnedUnion union = new PinnedUnion(mm);
    node.gupLock().lock();
    if (pageDmaPinned(mm, page)) {
      if (pages.kernel().debugVm()) {
        pages.bugOn(pages.test(page, PageFlag.LRU), "PageLRU(page) in pin_page_for_dma");
      }
      union.incCount(page);
    } else if (mm.lru().isolation().isolateLruPage(cpu, page)) {
      pages.clear(page, PageFlag.ACTIVE);
      pages.clear(page, PageFlag.UNEVICTABLE);
      pages.at(Ref.ISO, Site.PIN_PAGE_FOR_DMA);
      mm.lru().release().put(cpu, page, Ref.ISO);
      union.setCount(page, 1);
      setPageDmaPinned(mm, page);
    }
    node.gupLock().unlock();
    return true;
  }

  /** put_user_page. */
  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    Page pages = mm.page();
    if (pages.kernel().debugVm()) {
      pages.bugOn(pages.test(page, PageFlag.LRU), "PageLRU(page) in put_user_page");
      pages.bugOn(!pageDmaPinned(mm, page), "!PageDmaPinned(page) in put_user_page");
    }
    PinnedUnion union = new PinnedUnion(mm);
    if (union.decAndTest(page)) {
      Node node = mm.lru().node();
      node.gupLock().lock();
      if (union.countIsZero(page)) {
        clearPageDmaPinned(mm, page);
      }
      node.gupLock().unlock();
    }
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public boolean isPinned(Mm mm, long page) {
    return new PinnedUnion(mm).testFlags(page, PAGE_DMA_PINNED);
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return isPinned(mm, page) ? new PinnedUnion(mm).readCount(page) : 0;
  }

  @Override
  public boolean skipLruAdd(Mm mm, long page) {
    return pageDmaPinned(mm, page);
  }
}
