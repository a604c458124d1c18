// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.lru.LruList;
import org.gupstress.memory.Note;

/**
 * The operations of which programs are made. Pages are numbered like their ptes and cache slots.
 */
public final class Programs {
  private Programs() {}

  /** get_page and pin of a page the caller knows. */
  public static Operation pin(int page, int register) {
    return new Operation(
        "pin page" + page, (mm, cpu) -> mm.gup().pinPage(cpu, mm.page().address(page), register));
  }

  /** get_user_pages. */
  public static Operation gup(int pte, int register) {
    return new Operation("gup", (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register));
  }

  /** get_user_pages_fast. */
  public static Operation gupFast(int pte, int register) {
    return new Operation("gup_fast", (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register));
  }

  /** put_user_page of whatever the register holds. */
  public static Operation unpin(int register) {
    return new Operation("unpin", (mm, cpu) -> {
      long page = cpu.register(register);
      if (page != 0) {
        mm.memory().note(Note.PIN_RELEASE, page, register);
        mm.unpin(cpu, page);
        cpu.setRegister(register, 0);
      }
    });
  }

  /** put_page by a caller that was not converted; the register keeps the page. */
  public static Operation unconvertedPut(int register) {
    return new Operation("put_page", (mm, cpu) -> mm.gup().putPageUnconverted(cpu, register));
  }

  /** put_user_page of a page whose reference is gone already. */
  public static Operation lateUnpin(int register) {
    return new Operation("late unpin", (mm, cpu) -> {
      long page = cpu.register(register);
      if (page != 0) {
        mm.memory().note(Note.LATE_UNPIN, page, register);
        mm.design().unpin(mm, cpu, page);
        cpu.setRegister(register, 0);
      }
    });
  }

  /** lru_add_drain. */
  public static Operation drain() {
    return new Operation("drain", (mm, cpu) -> mm.lru().pagevecs().drain(cpu));
  }

  /** munmap or exit. */
  public static Operation unmap(int pte) {
    return new Operation("unmap", (mm, cpu) -> mm.faults().unmap(cpu, pte));
  }

  /** shrink_inactive_list of the file LRU. */
  public static Operation shrink(int pages) {
    return new Operation(
        "shrink", (mm, cpu) -> mm.reclaim().shrinkInactiveList(cpu, LruList.INACTIVE_FILE, pages));
  }

  /** mark_page_accessed. */
  public static Operation markAccessed(int page) {
    return new Operation(
        "mark_page_accessed",
        (mm, cpu) -> mm.lru().aging().markPageAccessed(cpu, mm.page().address(page)));
  }

  /** A page fault on anonymous memory. */
  public static Operation fault(int pte) {
    return new Operation("fault", (mm, cpu) -> mm.faults().anonymous(cpu, pte));
  }

  /** A page fault on memory of the hugetlb pool. */
  public static Operation faultHuge(int pte) {
    return new Operation("fault huge", (mm, cpu) -> mm.faults().hugetlb(pte));
  }

  /** split_huge_page of what the pte maps. */
  public static Operation split(int pte) {
    return new Operation("split", (mm, cpu) -> mm.hugeSplit().splitMapped(cpu, pte));
  }

  /** put_user_page and then split_huge_page, within one system call. */
  public static Operation unpinAndSplit(int register, int pte) {
    return new Operation("unpin and split", (mm, cpu) -> {
      unpin(register).body().run(mm, cpu);
      split(pte).body().run(mm, cpu);
    });
  }

  /** commit_charge of a page that may be on an LRU. */
  public static Operation charge(int page) {
    return new Operation(
        "charge", (mm, cpu) -> mm.lru().memcg().commitCharge(cpu, mm.page().address(page)));
  }

  /** Lets a CPU go on that waits for this one. */
  public static Operation signal() {
    return new Operation("signal", (mm, cpu) -> mm.memory().write64(mm.signalWord(), 1));
  }

  public static Operation waitForSignal() {
    return new Operation("wait", (mm, cpu) -> mm.memory().waitUntil64(mm.signalWord(), 1, 1));
  }
}
