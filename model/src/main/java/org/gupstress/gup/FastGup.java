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
import org.gupstress.vm.MmStruct;
import org.gupstress.vm.PageTable;

/**
 * gup_fast and gup_fast_pte_range of a process, mm/gup.c: the walk without a lock (KERNEL.md 18.5).
 * What came after 4.19 is behind its switch; with none, these are the accesses of 4.19.
 *
 * <p>A pmd that maps a page itself is walked like a pte, and read again alone. Leaves out: the
 * levels above the pmd, protnone and device ptes, secretmem and pages of files
 * (gup_fast_folio_allowed says yes to all anonymous pages), more than one page a call.
 */
final class FastGup {
  private final Memory memory;
  private final Page page;
  private final PageTable table;
  private final Grab grab;
  private final boolean recheckPte;

  FastGup(Memory memory, Lru lru, PageTable table, Grab grab, boolean recheckPte) {
    this.memory = memory;
    this.page = lru.page();
    this.table = table;
    this.grab = grab;
    this.recheckPte = recheckPte;
  }

  /** gup_fast: the head of the page with what a pin takes, or 0. */
  long walk(Cpu cpu, MmStruct mm, int index, GupFlags flags) {
    boolean pins = grab.isPin(flags);
    if (pins && page.kernel().has(Switch.HAS_PINNED)) {
      mm.setHasPinned();
    }
    boolean counts = pins && page.kernel().has(Switch.WRITE_PROTECT_SEQ);
    int seq = counts ? mm.readSeq() : 0;
    if ((seq & 1) != 0) {
      return 0;
    }
    cpu.irqDisable();
    table.tlb().beginWalk(cpu);
    long head = walkTable(cpu, mm, index, flags);
    table.tlb().endWalk(cpu);
    cpu.irqEnable();
    if (counts && head != 0) {
      // ordering: if fork has missed the pin, its sequence count is seen to be another
      memory.rmb();
      if (mm.readSeq() != seq) {
        grab.undo(cpu, head, flags);
        return 0;
      }
    }
    return head;
  }

  /** gup_fast_pmd_range and gup_fast_pte_range; interrupts are off. */
  private long walkTable(Cpu cpu, MmStruct mm, int index, GupFlags flags) {
    long pmd = mm.readPmd();
    if (pmd == 0) {
      return 0;
    }
    boolean isLeaf = MmStruct.isLeaf(pmd);
    long entry = isLeaf ? pmd : table.readPte(index);
    boolean isWritable = (entry & PageTable.WRITE) != 0;
    if (!PageTable.isPresent(entry)
        || (flags.write() && !isWritable)
        || PageTable.isSpecial(entry)) {
      return 0;
    }
    page.at(Ref.GUP, Site.GUP_PTE_RANGE);
    page.at(Ref.LOOKUP, Site.GUP_PTE_RANGE);
    long p = PageTable.pageOf(entry);
    long head = page.compoundHead(p);
    if (!grab.fast(cpu, head, flags)) {
      return 0;
    }
    if (page.kernel().has(Switch.RECHECK_HEAD) && page.headOf(p) != head) {
      grab.undo(cpu, head, flags);
      return 0;
    }
    if (hasChanged(mm, index, pmd, entry)) {
      grab.undo(cpu, head, flags);
      return 0;
    }
    memory.note(Note.GUP_GOT, head, index, flags.write() ? 1 : 0);
    if (!isWritable && grab.mustUnshare(p, head, flags)) {
      grab.undo(cpu, head, flags);
      return 0;
    }
    page.set(head, PageFlag.REFERENCED);
    return head;
  }

  /** The second look: at the pmd, too, since 6.1. */
  private boolean hasChanged(MmStruct mm, int index, long pmd, long entry) {
    if (!recheckPte) {
      return false;
    }
    boolean isLeaf = MmStruct.isLeaf(pmd);
    boolean looks = isLeaf || (mm.pmdAddress() != 0 && page.kernel().has(Switch.RECHECK_PMD));
    if (looks && mm.readPmd() != pmd) {
      return true;
    }
    return !isLeaf && table.readPte(index) != entry;
  }
}
