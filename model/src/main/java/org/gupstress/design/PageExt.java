// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/**
 * A counter beside struct page, indexed by page frame number, as page_ext would hold it (KERNEL.md
 * 13.6). The natural oracle: it touches neither the union nor the LRU.
 *
 * <p>Costs 8 bytes for every page of the machine. Reference and count are not updated together.
 */
final class PageExt implements PinDesign {
  @Override
  public String id() {
    return "page-ext";
  }

  @Override
  public String summary() {
    return "a separate counter for every page, outside struct page";
  }

  @Override
  public int bytesOutsidePage() {
    return 8;
  }

  @Override
  public void name(FieldNames fields) {
    fields.outsidePage(0, "pins");
  }

  @Override
  public boolean grabSlow(Mm mm, long page) {
    mm.page().get(page, Ref.GUP);
    mm.memory().addFull32(mm.ext(page), 1);
    return true;
  }

  @Override
  public boolean grabFast(Mm mm, long page) {
    if (!mm.page().getUnlessZero(page, Ref.GUP)) {
      return false;
    }
    // ordering: full barrier; the count is visible before the pte is read again.
    mm.memory().addFull32(mm.ext(page), 1);
    return true;
  }

  @Override
  public void undoGrab(Mm mm, Cpu cpu, long page) {
    unpin(mm, cpu, page);
  }

  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.memory().add32(mm.ext(page), -1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public boolean isPinned(Mm mm, long page) {
    return pinCount(mm, page) > 0;
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return mm.memory().readOnce32(mm.ext(page));
  }

  @Override
  public void beforeFree(Mm mm, long page) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(!mm.memory().is32(mm.ext(page), 0), "page_ext pins at free");
    }
  }
}
