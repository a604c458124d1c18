// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import org.gupstress.memory.Memory;
import org.gupstress.memory.View;

/**
 * Compound pages of order 1: a head and one tail, prep_compound_page, mm/page_alloc.c, Linux 4.19.
 *
 * <p>References and pins are counted at the head. The tail keeps the head's address with bit 0 set
 * in the first word of the union, destructor and order in the second.
 *
 * <p>Leaves out: other orders, mappings of the whole by one entry (compound_mapcount stays -1; what
 * a huge entry maps is counted in the head's _mapcount), allocation while the machine runs.
 */
public final class Compound {
  /** Pages of a compound page of order 1. */
  public static final int PAGES = 2;

  /** Destructors: enum compound_dtor_id. */
  public static final int HUGETLB_PAGE_DTOR = 2;

  public static final int TRANSHUGE_PAGE_DTOR = 3;

  private static final int DTOR_MASK = 0xff;
  private static final int ORDER_1 = 1 << 8;

  private final Memory memory;
  private final Page page;

  public Compound(Memory memory, Page page) {
    this.memory = memory;
    this.page = page;
  }

  private Memory view() {
    return memory.through(View.COMPOUND);
  }

  /** The first tail of a head. */
  public static long tail(long head) {
    return head + PageLayout.SIZE;
  }

  /** prep_compound_page and set_compound_page_dtor, before the machine runs. */
  public void bootPrep(long head, int dtor) {
    long tail = tail(head);
    page.set(head, PageFlag.HEAD);
    memory.write64(tail + PageLayout.MAPPING, PageLayout.TAIL_MAPPING);
    if (page.kernel().has(Switch.LARGE_PINCOUNT)) {
      memory.write32(tail + PageLayout.PINCOUNT, 0);
    }
    view().writeOnce64(tail + PageLayout.COMPOUND_HEAD, head + 1);
    view().write32(tail + PageLayout.COMPOUND_DTOR, dtor | ORDER_1);
    view().write32(tail + PageLayout.COMPOUND_MAPCOUNT, -1);
  }

  /** clear_compound_head: the tail is a page of its own. */
  public void clearHead(long tail) {
    view().writeOnce64(tail + PageLayout.COMPOUND_HEAD, 0);
  }

  /** PageHuge of a head: by the destructor in its first tail. */
  public boolean isHugetlb(long head) {
    int word = view().read32(tail(head) + PageLayout.COMPOUND_DTOR);
    return (word & DTOR_MASK) == HUGETLB_PAGE_DTOR;
  }
}
