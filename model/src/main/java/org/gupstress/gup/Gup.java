// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/**
 * get_user_pages, mm/gup.c, Linux 4.19, for one page at a time. The page goes to a register of the
 * CPU, where whoever gives it back finds it; 0 there means the call failed.
 *
 * <p>The fast path works because unmap clears the pte before it drops the pte's reference: a
 * refcount of zero makes the speculative get fail, and a page that meanwhile belongs to somebody
 * else shows in the second read of the pte.
 *
 * <p>A tail page is handed on as its head: the look-up that the kernel makes for the caller's page
 * is made here. Leaves out: write permission, FOLL flags, more than one page per call. In machines
 * that split huge pages only the slow path is used: what keeps gup_fast out of a split on x86, the
 * flush interrupt that waits for its disabled interrupts, is not modelled.
 */
public final class Gup {
  /** Faults before a slow path that never finds its page gives up. */
  private static final int FAULTS = 3;

  private final Memory memory;
  private final Lru lru;
  private final PageTable table;
  private final Pinning pinning;
  private final boolean recheckPte;

  /** What a page fault does about a pte; false if it cannot. */
  private interface Fault {
    boolean handle(Cpu cpu, int pte);
  }

  public Gup(Memory memory, Lru lru, PageTable table, Pinning pinning) {
    this(memory, lru, table, pinning, true);
  }

  /** @param recheckPte false leaves the second read of the pte out: a control that must fail */
  public Gup(Memory memory, Lru lru, PageTable table, Pinning pinning, boolean recheckPte) {
    this.memory = memory;
    this.lru = lru;
    this.table = table;
    this.pinning = pinning;
    this.recheckPte = recheckPte;
  }

  /** get_user_pages_fast. */
  public void getUserPagesFast(Cpu cpu, int pte, int register) {
    getUserPagesFast(cpu, pte, register, table::faultAnonymous);
  }

  /** get_user_pages_fast of memory that is only read. */
  public void getUserPagesFastRead(Cpu cpu, int pte, int register) {
    getUserPagesFast(cpu, pte, register, (on, index) -> {
      table.faultZero(index);
      return true;
    });
  }

  private void getUserPagesFast(Cpu cpu, int pte, int register, Fault fault) {
    cpu.irqDisable();
    long page = gupPteRange(cpu, pte);
    cpu.irqEnable();
    if (page == 0) {
      getUserPages(cpu, pte, register, fault);
    } else {
      finish(cpu, page, register);
    }
  }

  /** gup_pte_range: the page with a reference, or 0. */
  private long gupPteRange(Cpu cpu, int index) {
    long pte = table.readPte(index);
    if (!PageTable.isPresent(pte) || PageTable.isSpecial(pte) || !getPagemap(pte)) {
      return 0;
    }
    long head = lru.page().compoundHead(PageTable.pageOf(pte));
    long got = 0;
    if (pinning.grabFast(head)) {
      if (recheckPte && table.readPte(index) != pte) {
        pinning.undoGrab(cpu, head);
      } else {
        memory.note(Note.GUP_GOT, head, index);
        lru.page().set(head, PageFlag.REFERENCED);
        got = head;
      }
    }
    putPagemap(pte);
    return got;
  }

  /** get_dev_pagemap for the pte of a device page: false if the device is going away. */
  private boolean getPagemap(long pte) {
    return !PageTable.isDevmap(pte) || lru.devices().get();
  }

  private void putPagemap(long pte) {
    if (PageTable.isDevmap(pte)) {
      lru.devices().put();
    }
  }

  /** __get_user_pages: follow_page_pte, and a fault where nothing is mapped. */
  public void getUserPages(Cpu cpu, int pte, int register) {
    getUserPages(cpu, pte, register, table::faultAnonymous);
  }

  private void getUserPages(Cpu cpu, int pte, int register, Fault fault) {
    for (int faults = 0; faults < FAULTS; faults++) {
      long page = followPagePte(cpu, pte);
      if (page != 0) {
        finish(cpu, page, register);
        return;
      }
      if (!fault.handle(cpu, pte)) {
        break;
      }
    }
    cpu.setRegister(register, 0);
  }

  private long followPagePte(Cpu cpu, int index) {
    table.ptl().lock();
    long pte = table.readPte(index);
    while (PageTable.isMigration(pte)) {
      table.ptl().unlock();
      table.migrationEntryWait(index);
      table.ptl().lock();
      pte = table.readPte(index);
    }
    long page = 0;
    if (PageTable.isPresent(pte) && getPagemap(pte)) {
      long head = lru.page().headOf(PageTable.pageOf(pte));
      page = pinning.grabSlow(head) ? head : 0;
      putPagemap(pte);
    }
    if (page != 0) {
      lru.aging().markPageAccessed(cpu, page);
    }
    table.ptl().unlock();
    return page;
  }

  /** The common exit: the design has its say. */
  private void finish(Cpu cpu, long page, int register) {
    if (pinning.pin(cpu, page)) {
      cpu.setRegister(register, page);
      memory.note(Note.PIN_HELD, page, register);
    } else {
      pinning.undoGrab(cpu, page);
      cpu.setRegister(register, 0);
    }
  }

  /** get_page and pin of a page that the caller has by other means than a page table. */
  public void pinPage(Cpu cpu, long page, int register) {
    if (pinning.grabSlow(page)) {
      finish(cpu, page, register);
    } else {
      cpu.setRegister(register, 0);
    }
  }

  /** put_page by a caller that was never converted to the design's unpin. */
  public void putPageUnconverted(Cpu cpu, int register) {
    long page = cpu.register(register);
    if (page != 0) {
      memory.note(Note.PIN_RELEASE, page, register);
      lru.release().put(cpu, page, Ref.GUP);
    }
  }
}
