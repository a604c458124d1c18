// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.gupstress.page.Release.linux;

import java.util.List;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Release;

/**
 * What the postings of July and October 2018 have in common: a pin takes the page off the LRU and
 * overwrites the whole first word with the flag. A failed isolation means "not pinned", and nobody
 * is told. The last unpin leaves {@code lru} linked to itself.
 *
 * <p>gup_lock is taken without disabling interrupts, the decrement is made outside it: as posted.
 */
abstract class OneWordFlag implements PinDesign {
  /** The postings are patches to it: they rely on its LRU. */
  @Override
  public List<Release> releases() {
    return linux("4.19");
  }

  static final long PAGE_DMA_PINNED = 0x2;

  @Override
  public final boolean isNegativeControl() {
    return true;
  }

  @Override
  public final long discriminators() {
    return PAGE_DMA_PINNED;
  }

  @Override
  public final void name(FieldNames fields) {
    PinnedUnion.name(fields);
  }

  @Override
  public final boolean countsInUnion() {
    return true;
  }

  static boolean pageDmaPinned(Mm mm, long page) {
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
  public final boolean pin(Mm mm, Cpu cpu, long page) {
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
      mm.lru().release().put(cpu, page, Ref.ISO);
      union.setCount(page, 1);
      setPageDmaPinned(mm, page);
    }
    node.gupLock().unlock();
    return true;
  }

  /** Drops a count; the last clears the flag unless the lock shows that there are new ones. */
  static void dropCount(Mm mm, long page, boolean assertsOffLru) {
    PinnedUnion union = new PinnedUnion(mm);
    if (union.decAndTest(page)) {
      Node node = mm.lru().node();
      node.gupLock().lock();
      if (assertsOffLru && mm.page().kernel().debugVm()) {
        mm.page().bugOn(mm.page().test(page, PageFlag.LRU), "PageLRU(page) in put_page");
      }
      if (union.countIsZero(page)) {
        clearPageDmaPinned(mm, page);
      }
      node.gupLock().unlock();
    }
  }

  @Override
  public final boolean isPinned(Mm mm, long page) {
    return new PinnedUnion(mm).testFlags(page, PAGE_DMA_PINNED);
  }

  @Override
  public final int pinCount(Mm mm, long page) {
    return isPinned(mm, page) ? new PinnedUnion(mm).readCount(page) : 0;
  }

  @Override
  public final boolean skipLruAdd(Mm mm, long page) {
    return pageDmaPinned(mm, page);
  }
}
