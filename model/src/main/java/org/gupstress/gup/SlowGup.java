// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.page.Switch;
import org.gupstress.vm.FileOps;
import org.gupstress.vm.MmStruct;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.ProcessFaults;
import org.gupstress.vm.ProcessFaults.Kind;

/**
 * __get_user_pages and follow_page_pte of a process, mm/gup.c: under mmap_lock and the page table
 * lock, with a fault where there is no page, or none as it is wanted (KERNEL.md 18.5).
 *
 * <p>Leaves out: the locks of single areas, protnone, secretmem, pages of files, the drop of
 * mmap_lock by a fault that sleeps.
 */
final class SlowGup {
  /** Faults before a call that never finds its page gives up. */
  private static final int FAULTS = 3;

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final ProcessFaults faults;
  private final FileOps files;
  private final Grab grab;

  SlowGup(Memory memory, Lru lru, PageTable table, ProcessFaults faults, FileOps files, Grab grab) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.faults = faults;
    this.files = files;
    this.grab = grab;
  }

  /** What a look at the page table has come to, where it is no page. */
  private static final long NONE = 0;

  private static final long MUST_UNSHARE = -1;

  /** The head of the page with what a pin takes, or 0; mmap_lock is held for reading. */
  long walk(Cpu cpu, MmStruct mm, int index, GupFlags flags) {
    if (grab.isPin(flags) && page.kernel().has(Switch.HAS_PINNED)) {
      mm.setHasPinned();
    }
    boolean hasCopied = false;
    for (int tries = 0; tries <= FAULTS; tries++) {
      long found = followPage(cpu, mm, index, flags, hasCopied);
      if (found != NONE && found != MUST_UNSHARE) {
        return found;
      }
      Kind kind = found == MUST_UNSHARE
          ? Kind.UNSHARE
          : !flags.write() ? Kind.READ : flags.force() ? Kind.FORCED_WRITE : Kind.WRITE;
      if (!faults.handle(cpu, mm, index, kind)) {
        return 0;
      }
      // FOLL_COW, before 6.0
      hasCopied |= kind == Kind.FORCED_WRITE;
    }
    return 0;
  }

  private long followPage(Cpu cpu, MmStruct mm, int index, GupFlags flags, boolean hasCopied) {
    long pmd = mm.readPmd();
    if (pmd == 0) {
      return NONE;
    }
    table.ptl(index).lock();
    long entry = MmStruct.isLeaf(pmd) ? mm.readPmd() : table.readPte(index);
    long found = PageTable.isPresent(entry) ? take(cpu, mm, index, entry, flags, hasCopied) : NONE;
    table.ptl(index).unlock();
    return found;
  }

  private long take(
      Cpu cpu, MmStruct mm, int index, long entry, GupFlags flags, boolean hasCopied) {
    long p = PageTable.pageOf(entry);
    long head = page.headOf(p);
    boolean isWritable = (entry & PageTable.WRITE) != 0;
    if (flags.write() && !isWritable && !mayForce(mm, entry, p, flags, hasCopied)) {
      return NONE;
    }
    if (!isWritable && !PageTable.isSpecial(entry) && grab.mustUnshare(p, head, flags)) {
      return MUST_UNSHARE;
    }
    page.at(Ref.GUP, Site.FOLLOW_PAGE_PTE);
    page.at(Ref.LOOKUP, Site.FOLLOW_PAGE_PTE);
    if (!grab.slow(cpu, head, flags)) {
      return NONE;
    }
    memory.note(Note.GUP_GOT, head, index, flags.write() ? 1 : 0);
    if (!PageTable.isSpecial(entry)) {
      // FOLL_TOUCH
      boolean dirties = flags.write() && (entry & PageTable.DIRTY) == 0;
      if (dirties && !page.test(head, PageFlag.DIRTY)) {
        files.setPageDirty(cpu, head);
      }
      lru.aging().markPageAccessed(cpu, head);
    }
    return head;
  }

  /** can_follow_write_pte of a pte that is read-only. */
  private boolean mayForce(MmStruct mm, long entry, long p, GupFlags flags, boolean hasCopied) {
    if (!flags.force() || mm.isWritable() || PageTable.isSpecial(entry)) {
      return false;
    }
    return page.kernel().has(Switch.FORCE_NEEDS_EXCLUSIVE)
        ? page.test(p, PageFlag.ANON_EXCLUSIVE)
        : hasCopied && (entry & PageTable.DIRTY) != 0;
  }
}
