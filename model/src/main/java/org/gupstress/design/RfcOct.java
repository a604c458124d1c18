// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Cpu;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/**
 * "mm: introduce page->dma_pinned_flags, _count" and "mm: track gup pages with page->dma_pinned_*
 * fields", 12 October 2018 (KERNEL.md 13.3): get_page and put_page count nothing any more, and
 * put_user_page gives a pin back.
 *
 * <p>The uncounted unpins of a device page count down the poison that is its hmm_data: after 512 of
 * them INIT_LIST_HEAD goes over pgmap.
 */
final class RfcOct extends OneWordFlag {
  @Override
  public String id() {
    return "rfc-oct";
  }

  @Override
  public String summary() {
    return "12 Oct 2018: flag and count over lru, never put back";
  }

  /** put_user_page. */
  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    Page pages = mm.page();
    if (pages.kernel().debugVm()) {
      pages.bugOn(pages.test(page, PageFlag.LRU), "PageLRU(page) in put_user_page");
      pages.bugOn(!pageDmaPinned(mm, page), "!PageDmaPinned(page) in put_user_page");
    }
    dropCount(mm, page, false);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public void beforeRelink(Mm mm, long page, String function) {
    if (mm.page().kernel().debugVm()) {
      mm.page().bugOn(pageDmaPinned(mm, page), "PageDmaPinned(page) in " + function);
    }
  }
}
