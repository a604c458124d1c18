// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.gupstress.page.Release.linux;

import java.util.List;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Release;

/**
 * What the review asked the postings to become (KERNEL.md 13.5): still the union, but a page that
 * cannot be isolated is not pinned and get_user_pages says so; the decision to unpin for good is
 * made under the lock; the last unpin restores what the LRU knew and puts the page back.
 *
 * <p>Only PINNED is tested on pages of any state. The other bits are read after it, when the whole
 * word is known to be the design's own, so they need not be free in pointers.
 *
 * <p>PG_active and PG_unevictable stay in {@code page->flags} while the page is pinned, and are set
 * again at unpin in case a skipped pagevec cleared them. A pinned page was isolated, so PG_lru was
 * set and the page is in no lru_add pagevec: __pagevec_lru_add_fn never meets one, and a debug
 * kernel asserts that instead of leaving a mark.
 *
 * <p>A page that is never on an LRU cannot be pinned at all: get_user_pages fails for pages of a
 * device, of hugetlb, and for the zero page.
 *
 * <p>Still wrong in this shape: isolate_lru_page enables interrupts under gup_lock.
 */
final class RfcFixed implements PinDesign {
  private static final long PINNED = 0x2;
  private static final long WAS_ACTIVE = 0x4;
  private static final long WAS_UNEVICTABLE = 0x8;
  private static final long ALL = PINNED | WAS_ACTIVE | WAS_UNEVICTABLE;

  @Override
  public String id() {
    return "rfc-fixed";
  }

  @Override
  public String summary() {
    return "the postings as the review asked: pin may fail, last unpin puts back";
  }

  /** The postings are patches to it: they rely on its LRU. */
  @Override
  public List<Release> releases() {
    return linux("4.19");
  }

  @Override
  public long discriminators() {
    return PINNED;
  }

  @Override
  public void name(FieldNames fields) {
    PinnedUnion.name(fields);
  }

  @Override
  public boolean countsInUnion() {
    return true;
  }

  @Override
  public boolean drainsOtherCpus() {
    return true;
  }

  /** Drains this CPU's pagevecs, then everybody's, before it gives up. */
  @Override
  public boolean pin(Mm mm, Cpu cpu, long page) {
    if (tryPin(mm, cpu, page)) {
      return true;
    }
    mm.lru().pagevecs().drain(cpu);
    if (tryPin(mm, cpu, page)) {
      return true;
    }
    mm.lru().pagevecs().drainAll(cpu);
    return tryPin(mm, cpu, page);
  }

  private static boolean tryPin(Mm mm, Cpu cpu, long page) {
    Node node = mm.lru().node();
    PinnedUnion union = new PinnedUnion(mm);
    boolean pinned = true;
    long flags = node.gupLock().lockIrqsave(cpu);
    if (union.testFlags(page, PINNED)) {
      union.incCount(page);
    } else if (mm.lru().isolation().isolateLruPage(cpu, page)) {
      union.setCount(page, 1);
      union.writeFlagsOnce(page, PINNED | lruState(mm.page(), page));
    } else {
      pinned = false;
    }
    node.gupLock().unlockIrqrestore(cpu, flags);
    return pinned;
  }

  private static long lruState(Page pages, long page) {
    long flags = pages.flags(page, PageFlag.ACTIVE.mask() | PageFlag.UNEVICTABLE.mask());
    return ((flags & PageFlag.ACTIVE.mask()) != 0 ? WAS_ACTIVE : 0)
        | ((flags & PageFlag.UNEVICTABLE.mask()) != 0 ? WAS_UNEVICTABLE : 0);
  }

  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    PinnedUnion union = new PinnedUnion(mm);
    if (!union.decUnlessOne(page)) {
      lastUnpin(mm, cpu, page, union);
    }
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  /** The rest of atomic_dec_and_lock_irqsave, and what is done with the lock held. */
  private static void lastUnpin(Mm mm, Cpu cpu, long page, PinnedUnion union) {
    Node node = mm.lru().node();
    long flags = node.gupLock().lockIrqsave(cpu);
    boolean last = union.decAndTest(page);
    if (last) {
      long word = union.flags(page, ALL);
      union.writeFlagsOnce(page, 0);
      if ((word & WAS_ACTIVE) != 0) {
        mm.page().set(page, PageFlag.ACTIVE);
      }
      if ((word & WAS_UNEVICTABLE) != 0) {
        mm.page().set(page, PageFlag.UNEVICTABLE);
      }
    }
    node.gupLock().unlockIrqrestore(cpu, flags);
    if (last) {
      mm.lru().isolation().putbackLruPage(cpu, page);
    }
  }

  @Override
  public boolean isPinned(Mm mm, long page) {
    return new PinnedUnion(mm).testFlags(page, PINNED);
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return isPinned(mm, page) ? new PinnedUnion(mm).readCount(page) : 0;
  }

  @Override
  public boolean skipLruAdd(Mm mm, long page) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(isPinned(mm, page), "PageDmaPinned(page) in __pagevec_lru_add_fn");
    }
    return false;
  }
}
