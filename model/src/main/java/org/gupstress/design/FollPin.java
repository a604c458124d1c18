// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Cpu;
import org.gupstress.page.Compound;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Switch;

/**
 * FOLL_PIN as each release has it (KERNEL.md 13.7, mm/gup.c): a pin is 1024 references, of a large
 * page one and a counter of its own since 5.18. The query may say "pinned" of a page with 1024
 * plain references, never "not pinned" of a pinned one.
 *
 * <p>Leaves out: the counter that pages of order 2 and above had before, FOLL_LONGTERM, vmstat
 * counters.
 */
final class FollPin implements PinDesign {
  private static final int GUP_PIN_COUNTING_BIAS = 1024;

  @Override
  public String id() {
    return "foll-pin";
  }

  @Override
  public String summary() {
    return "Linux 5.7: a pin is 1024 references";
  }

  @Override
  public int refsPerPin() {
    return GUP_PIN_COUNTING_BIAS;
  }

  @Override
  public int refsPerPin(Mm mm, long head) {
    return mm.page().hasPincount(head) ? 1 : GUP_PIN_COUNTING_BIAS;
  }

  /** {@code _refcount} has 31 bits, and others need some of them. */
  @Override
  public int pinsMax() {
    return Integer.MAX_VALUE / GUP_PIN_COUNTING_BIAS - 1;
  }

  /** try_grab_page. */
  @Override
  public boolean grabSlow(Mm mm, long page) {
    if (mm.page().isUncountedZero(page)) {
      return true;
    }
    long head = mm.page().compoundHead(page);
    if (!mm.memory().isPositive32(head + PageLayout.REFCOUNT)) {
      return false;
    }
    if (mm.page().hasPincount(head)) {
      mm.page().addRefs(head, Ref.GUP, 1);
      mm.memory().add32(Page.pincount(head), 1);
    } else {
      mm.page().addRefs(head, Ref.GUP, GUP_PIN_COUNTING_BIAS);
    }
    return true;
  }

  /** try_grab_compound_head. */
  @Override
  public boolean grabFast(Mm mm, long page) {
    if (mm.page().isUncountedZero(page)) {
      return true;
    }
    if (mm.memory().readOnce32(page + PageLayout.REFCOUNT) < 0) {
      return false;
    }
    if (!mm.page().kernel().has(Switch.GRAB_THEN_BIAS)) {
      return mm.page().getUnlessZero(page, Ref.GUP, GUP_PIN_COUNTING_BIAS);
    }
    if (!mm.page().getUnlessZero(page, Ref.GUP)) {
      return false;
    }
    if (mm.page().hasPincount(page)) {
      mm.memory().add32(Page.pincount(page), 1);
    } else {
      mm.page().addRefs(page, Ref.GUP, GUP_PIN_COUNTING_BIAS - 1);
    }
    if (mm.page().kernel().has(Switch.PIN_FENCE)) {
      // the second look at the pte must not be made before the pin can be seen
      mm.memory().mbAfterAtomic();
    }
    return true;
  }

  @Override
  public void undoGrab(Mm mm, Cpu cpu, long page) {
    putFolio(mm, cpu, page);
  }

  /** unpin_user_page. */
  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    boolean tells = mm.processes().exist() && mm.kernel().has(Switch.ANON_EXCLUSIVE);
    if (tells && mm.kernel().debugVm()) {
      mm.page()
          .bugOn(!isExclusive(mm, page), "!PageAnonExclusive(page) in sanity_check_pinned_pages");
    }
    putFolio(mm, cpu, page);
  }

  /** sanity_check_pinned_pages of one page: what is anonymous and pinned is exclusive. */
  private static boolean isExclusive(Mm mm, long head) {
    long anon = mm.memory().readBits64(head + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    return anon == 0
        || mm.page().test(head, PageFlag.ANON_EXCLUSIVE)
        || (mm.page().isCompound(head)
            && mm.page().test(Compound.tail(head), PageFlag.ANON_EXCLUSIVE));
  }

  /** gup_put_folio. */
  private static void putFolio(Mm mm, Cpu cpu, long page) {
    if (mm.page().isUncountedZero(page)) {
      return;
    }
    int refs = GUP_PIN_COUNTING_BIAS;
    if (mm.page().hasPincount(page)) {
      // relaxed: the count may be down while the reference is still there
      mm.memory().add32(Page.pincount(page), -1);
      refs = 1;
    }
    mm.lru().release().put(cpu, page, Ref.GUP, refs);
  }

  /** page_maybe_dma_pinned: unsigned, so that an overflowed count still says "pinned". */
  @Override
  public boolean isPinned(Mm mm, long page) {
    if (mm.page().hasPincount(page)) {
      return mm.memory().isPositive32(Page.pincount(page));
    }
    int references = mm.memory().readOnce32(page + PageLayout.REFCOUNT);
    return Integer.compareUnsigned(references, GUP_PIN_COUNTING_BIAS) >= 0;
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return mm.page().hasPincount(page)
        ? mm.memory().readOnce32(Page.pincount(page))
        : mm.memory().readOnce32(page + PageLayout.REFCOUNT) / GUP_PIN_COUNTING_BIAS;
  }
}
