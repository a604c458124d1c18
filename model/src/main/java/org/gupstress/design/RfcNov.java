// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.gupstress.page.Release.linux;

import java.util.List;
import org.gupstress.lru.Node;
import org.gupstress.memory.Accessor;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Release;

/**
 * The second RFC of 10 November 2018 (KERNEL.md 13.4).
 *
 * <p>A pin proceeds even where isolation failed; a second flag remembers whether it succeeded, and
 * only then does the last unpin put the page back. The flag constants 0x2 and 0x4 are used as bit
 * numbers, so the masks are 0x4 and 0x10.
 */
final class RfcNov implements PinDesign {
  private static final long PAGE_DMA_PINNED = 1L << 0x2;
  private static final long PAGE_DMA_PINNED_WAS_LRU = 1L << 0x4;

  @Override
  public String id() {
    return "rfc-nov";
  }

  @Override
  public String summary() {
    return "10 Nov 2018: pins even if isolation failed, puts back only what it isolated";
  }

  /** The postings are patches to it: they rely on its LRU. */
  @Override
  public List<Release> releases() {
    return linux("4.19");
  }

  @Override
  public boolean isNegativeControl() {
    return true;
  }

  @Override
  public long discriminators() {
    return PAGE_DMA_PINNED | PAGE_DMA_PINNED_WAS_LRU;
  }

  @Override
  public void name(FieldNames fields) {
    PinnedUnion.name(fields);
  }

  @Override
  public boolean countsInUnion() {
    return true;
  }

  @Accessor
  private static boolean testFlag(Mm mm, long page, long flag) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(mm.page().compoundHead(page) != page, "PageTail(page)");
    }
    return new PinnedUnion(mm).testFlags(page, flag);
  }

  /** pin_page_for_dma. */
  @Override
  public boolean pin(Mm mm, Cpu cpu, long page) {
    Page pages = mm.page();
    Node node = mm.lru().node();
    PinnedUnion union = new PinnedUnion(mm);
    node.gupLock().lock();
    if (testFlag(mm, page, PAGE_DMA_PINNED)) {
      if (pages.kernel().debugVm()) {
        pages.bugOn(pages.test(page, PageFlag.LRU), "PageLRU(page) in pin_page_for_dma");
      }
      union.incCount(page);
    } else {
      if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        union.setFlags(page, PAGE_DMA_PINNED_WAS_LRU);
      }
      union.setCount(page, 1);
      union.setFlags(page, PAGE_DMA_PINNED);
    }
    node.gupLock().unlock();
    return true;
  }

  /** put_user_page. */
  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    Page pages = mm.page();
    Node node = mm.lru().node();
    PinnedUnion union = new PinnedUnion(mm);
    if (union.decAndTest(page)) {
      node.gupLock().lock();
      if (pages.kernel().debugVm()) {
        pages.bugOn(pages.test(page, PageFlag.LRU), "PageLRU(page) in put_user_page");
        pages.bugOn(!testFlag(mm, page, PAGE_DMA_PINNED), "!PageDmaPinned(page) in put_user_page");
      }
      if (union.countIsZero(page)) {
        union.clearFlags(page, PAGE_DMA_PINNED);
        if (testFlag(mm, page, PAGE_DMA_PINNED_WAS_LRU)) {
          union.clearFlags(page, PAGE_DMA_PINNED_WAS_LRU);
          mm.lru().isolation().putbackLruPage(cpu, page);
        }
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
  public boolean restoresToLru(Mm mm, long page) {
    return new PinnedUnion(mm).testFlags(page, PAGE_DMA_PINNED_WAS_LRU);
  }

  @Override
  public boolean skipLruAdd(Mm mm, long page) {
    return testFlag(mm, page, PAGE_DMA_PINNED);
  }

  @Override
  public void beforeRelink(Mm mm, long page, String function) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(testFlag(mm, page, PAGE_DMA_PINNED), "PageDmaPinned(page) in " + function);
    }
  }

  /** The assertion that the posting adds to put_page. */
  @Override
  public void beforePut(Mm mm, long head) {
    if (mm.page().kernel().debugVm() && testFlag(mm, head, PAGE_DMA_PINNED)) {
      int references = mm.memory().readOnce32(head + PageLayout.REFCOUNT);
      mm.page()
          .bugOn(
              references < new PinnedUnion(mm).readCount(head),
              "PageDmaPinned(page) && page_ref_count(page) < dma_pinned_count in put_page");
    }
  }
}
