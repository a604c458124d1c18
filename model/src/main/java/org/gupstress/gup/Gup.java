// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;
import org.gupstress.vm.Faults;
import org.gupstress.vm.FileOps;
import org.gupstress.vm.MmStruct;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.ProcessMemory;
import org.gupstress.vm.Processes;

/**
 * get_user_pages, mm/gup.c, Linux 4.19, for one page at a time. The page goes to a register of the
 * CPU, where whoever gives it back finds it; 0 there means the call failed.
 *
 * <p>The fast path works because unmap clears the pte before it drops the pte's reference: a
 * refcount of zero makes the speculative get fail, and a page that meanwhile belongs to somebody
 * else shows in the second read of the pte.
 *
 * <p>A tail page is handed on as its head: the look-up that the kernel makes for the caller's page
 * is made here. Beside a split, what keeps a walk from ending with the head of before is the flush
 * interrupt of bare x86, which waits for it: see {@link org.gupstress.page.Switch#FLUSH_IPI}.
 * FOLL_LONGTERM is handed on to the design and changes nothing else. Leaves out: other FOLL flags,
 * more than one page per call.
 *
 * <p>Where the machine has processes, the walks are those of {@link FastGup} and {@link SlowGup}.
 */
public final class Gup {
  /** Faults before a slow path that never finds its page gives up. */
  private static final int FAULTS = 3;

  private final Memory memory;
  private final Lru lru;
  private final PageTable table;
  private final Faults faults;
  private final FileOps files;
  private final Pinning pinning;
  private final boolean recheckPte;
  private final Processes processes;
  private final Grab grab;
  private final FastGup fast;
  private final SlowGup slow;

  /** @param recheckPte false leaves the second read of the pte out: a control that must fail */
  public Gup(
      Memory memory,
      Lru lru,
      PageTable table,
      Faults faults,
      FileOps files,
      Pinning pinning,
      boolean recheckPte,
      ProcessMemory ofProcesses) {
    this.memory = memory;
    this.lru = lru;
    this.table = table;
    this.faults = faults;
    this.files = files;
    this.pinning = pinning;
    this.recheckPte = recheckPte;
    this.processes = ofProcesses.processes();
    this.grab = new Grab(memory, lru, pinning);
    this.fast = new FastGup(memory, lru, table, grab, recheckPte);
    this.slow = new SlowGup(memory, lru, table, ofProcesses.faults(), files, grab);
  }

  /** get_user_pages_fast for reading the memory. */
  public void getUserPagesFast(Cpu cpu, int pte, int register) {
    getUserPagesFast(cpu, pte, register, false);
  }

  /** get_user_pages_fast; FOLL_WRITE: the caller will write to the page. */
  public void getUserPagesFast(Cpu cpu, int pte, int register, boolean write) {
    getUserPagesFast(cpu, pte, register, flags(write));
  }

  private static GupFlags flags(boolean write) {
    return write ? GupFlags.WRITE : GupFlags.NONE;
  }

  /** get_user_pages_fast. */
  public void getUserPagesFast(Cpu cpu, int pte, int register, GupFlags flags) {
    if (processes.exist()) {
      ofProcess(cpu, pte, register, flags, fast.walk(cpu, processes.of(pte), pte, flags));
      return;
    }
    cpu.irqDisable();
    table.tlb().beginWalk(cpu);
    long page = gupPteRange(cpu, pte, flags.write());
    table.tlb().endWalk(cpu);
    cpu.irqEnable();
    if (page == 0) {
      getUserPages(cpu, pte, register, flags);
    } else {
      finish(cpu, page, register, flags);
    }
  }

  /**
   * The end of get_user_pages of a process, and before it the slow path where the fast one has got
   * nothing.
   */
  private void ofProcess(Cpu cpu, int pte, int register, GupFlags flags, long gotFast) {
    if (gotFast != 0) {
      finish(cpu, gotFast, pte, register, flags);
      return;
    }
    MmStruct mm = processes.of(pte);
    mm.readLock(cpu);
    long got = slow.walk(cpu, mm, pte, flags);
    if (got == 0) {
      cpu.setRegister(register, 0);
    } else {
      finish(cpu, got, pte, register, flags);
    }
    mm.readUnlock(cpu);
  }

  private void finish(Cpu cpu, long head, int pte, int register, GupFlags flags) {
    if (flags.get()) {
      cpu.setRegister(register, head);
      return;
    }
    long pinned = pinning.pin(cpu, head, flags);
    if (pinned == 0) {
      grab.undo(cpu, head, flags);
    }
    cpu.setRegister(register, pinned);
    if (pinned != 0) {
      memory.note(Note.PIN_HELD, pinned, register, pte + 1L);
    }
  }

  /** gup_pte_range: the page with a reference, or 0. */
  private long gupPteRange(Cpu cpu, int index, boolean write) {
    long pte = table.readPte(index);
    if (!allows(pte, write) || PageTable.isSpecial(pte) || !getPagemap(pte)) {
      return 0;
    }
    lru.page().at(Ref.GUP, Site.GUP_PTE_RANGE);
    long head = lru.page().compoundHead(PageTable.pageOf(pte));
    long got = 0;
    memory.note(Note.GRAB, head);
    if (!pinning.grabFast(cpu, head)) {
      memory.note(Note.REFUSED, head);
    } else {
      if (lru.page().kernel().debugVm()) {
        boolean isTail = lru.page().headOf(head) != head;
        lru.page().bugOn(isTail, "PageTail(page) in page_cache_get_speculative");
      }
      if (hasMoved(pte, head)) {
        undoGrab(cpu, head);
      } else if (recheckPte && table.readPte(index) != pte) {
        undoGrab(cpu, head);
      } else {
        memory.note(Note.GUP_GOT, head, index);
        if (lru.page().kernel().debugVm()) {
          boolean moved = lru.page().headOf(PageTable.pageOf(pte)) != head;
          lru.page().bugOn(moved, "compound_head(page) != head in gup_pte_range");
        }
        lru.page().set(head, PageFlag.REFERENCED);
        got = head;
      }
    }
    putPagemap(pte);
    return got;
  }

  /** The second look at the head, which has come with 5.14. */
  private boolean hasMoved(long pte, long head) {
    return lru.page().kernel().has(Switch.RECHECK_HEAD)
        && lru.page().headOf(PageTable.pageOf(pte)) != head;
  }

  private static boolean allows(long pte, boolean write) {
    return PageTable.isPresent(pte) && (!write || (pte & PageTable.WRITE) != 0);
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

  /** __get_user_pages for reading the memory. */
  public void getUserPages(Cpu cpu, int pte, int register) {
    getUserPages(cpu, pte, register, GupFlags.NONE);
  }

  /** __get_user_pages; FOLL_WRITE: the caller will write to the page. */
  public void getUserPages(Cpu cpu, int pte, int register, boolean write) {
    getUserPages(cpu, pte, register, flags(write));
  }

  /** __get_user_pages: follow_page_pte, and a fault where the pte does not allow it. */
  public void getUserPages(Cpu cpu, int pte, int register, GupFlags flags) {
    if (processes.exist()) {
      ofProcess(cpu, pte, register, flags, 0);
      return;
    }
    for (int tries = 0; tries < FAULTS; tries++) {
      long page = followPagePte(cpu, pte, flags.write());
      if (page != 0) {
        finish(cpu, page, register, flags);
        return;
      }
      if (!faults.handle(cpu, pte, flags.write())) {
        break;
      }
    }
    cpu.setRegister(register, 0);
  }

  private long followPagePte(Cpu cpu, int index, boolean write) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    long page = 0;
    lru.page().at(Ref.GUP, Site.FOLLOW_PAGE_PTE);
    if (allows(pte, write) && getPagemap(pte)) {
      long head = lru.page().headOf(PageTable.pageOf(pte));
      page = grabSlow(cpu, head) ? head : 0;
      putPagemap(pte);
    }
    if (page != 0) {
      // FOLL_TOUCH
      if (write && (pte & PageTable.DIRTY) == 0 && !lru.page().test(page, PageFlag.DIRTY)) {
        files.setPageDirty(cpu, page);
      }
      lru.aging().markPageAccessed(cpu, page);
    }
    table.ptl(index).unlock();
    return page;
  }

  private boolean grabSlow(Cpu cpu, long head) {
    memory.note(Note.GRAB, head);
    boolean grabbed = pinning.grabSlow(cpu, head);
    if (!grabbed) {
      memory.note(Note.REFUSED, head);
    }
    return grabbed;
  }

  private void undoGrab(Cpu cpu, long head) {
    pinning.undoGrab(cpu, head);
    memory.note(Note.REFUSED, head);
  }

  /** The common exit: the design has its say. */
  private void finish(Cpu cpu, long page, int register, GupFlags flags) {
    long pinned = pinning.pin(cpu, page, flags);
    if (pinned == 0) {
      undoGrab(cpu, page);
    }
    cpu.setRegister(register, pinned);
    if (pinned != 0) {
      memory.note(Note.PIN_HELD, pinned, register);
    }
  }

  /** get_page and pin of a page that the caller has by other means than a page table. */
  public void pinPage(Cpu cpu, long page, int register) {
    if (grabSlow(cpu, page)) {
      finish(cpu, page, register, GupFlags.NONE);
    } else {
      cpu.setRegister(register, 0);
    }
  }

  /** put_page by a caller that was never converted to the design's unpin. */
  public void putPageUnconverted(Cpu cpu, int register) {
    long page = cpu.register(register);
    if (page != 0) {
      memory.note(Note.PIN_RELEASE, page, register);
      lru.page().at(Ref.GUP, Site.PUT_PAGE);
      lru.release().put(cpu, page, Ref.GUP);
    }
  }
}
