// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.page.Compound;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.vm.Faults;
import org.gupstress.vm.PageTable;

/** How machines begin. */
public final class Boot {
  private Boot() {}

  /** A page cache page, unmapped, on the LRU list that the flags name. */
  public static void cached(Mm mm, int number, long flags) {
    long page = mm.page().address(number);
    mm.memory().setBits64(page, flags);
    mm.addressSpace().bootAdd(number, page);
    mm.lru().bootOnLru(page);
    if ((flags & PageFlag.DIRTY.mask()) != 0) {
      mm.page().clear(page, PageFlag.DIRTY);
      mm.pageCache().setPageDirty(mm.cpu(0), page);
    }
  }

  /** A page cache page and its block hold this version, as after a write that has ended. */
  public static void onDisk(Mm mm, int number, int version) {
    long page = mm.page().address(number);
    mm.memory().write32(mm.page().content(page), version);
    mm.memory().write32(mm.addressSpace().disk(number), version);
  }

  /** A page cache page, mapped once, on the inactive list. */
  public static void mapped(Mm mm, int number) {
    cached(mm, number, 0);
    mm.pageTable().bootMap(number, mm.page().address(number));
  }

  /**
   * A page of a file with buffers, mapped shared and written by its process: a version newer than
   * its block.
   */
  public static void written(Mm mm, int number) {
    long page = mm.page().address(number);
    cached(mm, number, 0);
    mm.pageTable().bootMap(number, page, PageTable.WRITE | PageTable.DIRTY);
    mm.pageCache().pageMkwrite(mm.cpu(0), page);
    mm.dma(page);
    mm.pageCache().setPageDirty(mm.cpu(0), page);
  }

  /** A page cache page as after readahead, mapped once, still in the pagevec of a CPU. */
  public static void inPagevecOf(Mm mm, int cpu, int number) {
    long page = mm.page().address(number);
    mm.addressSpace().bootAdd(number, page);
    mm.pageTable().bootMap(number, page);
    mm.lru().bootInPagevec(cpu, page);
  }

  /** An anonymous page, mapped once, on the inactive list. */
  public static void anonymous(Mm mm, int number) {
    long page = mm.page().address(number);
    mm.memory().setBits64(page, PageFlag.SWAPBACKED.mask());
    mm.pageTable().bootMapAnonymous(number, page);
    mm.lru().bootOnLru(page);
  }

  /**
   * A device has so many pins on a page of cpu0 and keeps them: a bio may have the same page many
   * times.
   */
  public static void pinned(Mm mm, int number, int pins) {
    long page = mm.page().address(number);
    int register = Cpu.REGISTERS - 1;
    int taken = 0;
    for (; taken < pins; taken++) {
      mm.gup().pinPage(mm.cpu(0), page, register);
      if (mm.cpu(0).register(register) == 0) {
        break;
      }
    }
    mm.cpu(0).setRegister(register, 0);
    mm.memory().note(Note.PINS_LENT, page, taken);
  }

  /** An anonymous page that waits in the pagevec of a CPU and is of no interest but for that. */
  public static void queued(Mm mm, int cpu, int number, int pte) {
    long page = mm.page().address(number);
    mm.memory().setBits64(page, PageFlag.SWAPBACKED.mask());
    mm.pageTable().bootMapAnonymous(pte, page);
    mm.lru().bootInPagevec(cpu, page);
  }

  /** A page of a DAX device, mapped once. */
  public static void device(Mm mm, int number) {
    long page = mm.page().address(number);
    mm.lru().devices().boot(page);
    mm.pageTable().bootMapDevice(number, page);
  }

  /** The zero page: reserved, with the reference that it is born with. */
  public static void zeroPage(Mm mm) {
    long page = mm.page().address(Faults.ZERO_PAGE);
    mm.page().set(page, PageFlag.RESERVED);
    mm.page().bootRef(page, Ref.OWNER);
  }

  /** A page of the hugetlb pool and its tail, mapped once. */
  public static void hugetlb(Mm mm, int number) {
    long head = mm.page().address(number);
    mm.lru().hugetlb().bootActive(head);
    mm.pageTable().bootMapAnonymous(number, head);
  }

  /** An anonymous huge page of two pages, each mapped by a pte, on the inactive list. */
  public static void huge(Mm mm, int number) {
    long head = mm.page().address(number);
    mm.lru().compound().bootPrep(head, Compound.TRANSHUGE_PAGE_DTOR);
    mm.page().set(head, PageFlag.SWAPBACKED);
    mm.pageTable().bootMapAnonymous(number, head);
    mm.pageTable().bootMap(number + 1, Compound.tail(head), PageTable.WRITE);
    mm.lru().bootOnLru(head);
  }
}
