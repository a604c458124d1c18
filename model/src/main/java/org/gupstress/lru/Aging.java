// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;

/** mark_page_accessed, mm/swap.c, Linux 4.19: inactive, referenced, active. */
public final class Aging {
  private final Memory memory;
  private final Page page;
  private final Pagevecs pagevecs;
  private final Workingset workingset;

  Aging(Memory memory, Page page, Pagevecs pagevecs, Workingset workingset) {
    this.memory = memory;
    this.page = page;
    this.pagevecs = pagevecs;
    this.workingset = workingset;
  }

  /**
   * The second access activates. A page off the LRU is only activated if it waits in the pagevec of
   * the very CPU that accesses it; otherwise the activation is lost and PG_referenced with it.
   */
  public void markPageAccessed(Cpu cpu, long p) {
    long head = page.compoundHead(p);
    if (!page.test(head, PageFlag.ACTIVE)
        && !page.test(head, PageFlag.UNEVICTABLE)
        && page.test(head, PageFlag.REFERENCED)) {
      if (page.test(head, PageFlag.LRU)) {
        pagevecs.activatePage(cpu, head);
      } else {
        pagevecs.activateIfQueuedHere(cpu, head);
      }
      page.clear(head, PageFlag.REFERENCED);
      if (!page.test(head, PageFlag.SWAPBACKED)) {
        workingset.activation();
      }
    } else if (!page.test(head, PageFlag.REFERENCED)) {
      page.set(head, PageFlag.REFERENCED);
    }
    memory.note(Note.ACCESSED, head);
  }
}
