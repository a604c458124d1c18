// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Switch;
import org.gupstress.vm.PageTable;

/**
 * Whether an anonymous page belongs to one process alone where it must: who may write it, who has
 * it pinned. Before 5.19 nothing says so of a page, and what counts is how often it is mapped.
 *
 * <p>What is so of ptes is judged when their lock is dropped; a pinned page, always.
 */
final class Exclusivity {
  private final ArenaMemory memory;
  private final Mm mm;
  private final PageTable table;
  private final PageState state;
  private final Findings findings;
  private final boolean isTold;

  Exclusivity(ArenaMemory memory, Mm mm, PageState state, Findings findings) {
    this.memory = memory;
    this.mm = mm;
    this.table = mm.pageTable();
    this.state = state;
    this.findings = findings;
    this.isTold = mm.kernel().has(Switch.ANON_EXCLUSIVE);
  }

  /** A lock is dropped: it may be that of a page table. */
  void unlocked(long lock) {
    for (int number = 0; number < table.tables(); number++) {
      if (table.lockOf(number).addr() == lock) {
        checkTable(table.firstOf(number), mm.processes().get(number).ptes());
      }
    }
  }

  private void checkTable(int first, int ptes) {
    for (int pte = first; pte < first + ptes; pte++) {
      long entry = table.readPte(pte);
      int p = PageTable.isPresent(entry) && !PageTable.isSpecial(entry)
          ? mm.page().number(PageTable.pageOf(entry))
          : -1;
      if (p >= 0 && isAnon(p)) {
        check(pte, p, (entry & PageTable.WRITE) != 0);
      }
    }
  }

  private void check(int pte, int p, boolean isWritable) {
    if (isWritable && isShared(p)) {
      findings.report(
          Harm.WRITABLE_SHARED,
          () -> "pte" + pte + " may write to " + state.name(p) + ", which is " + why(p));
    }
    if (isTold && state.hasFlag(p, PageFlag.ANON_EXCLUSIVE) && mappings(p) > 1) {
      findings.report(
          Harm.EXCLUSIVE_SHARED,
          () -> state.name(p) + " is PG_anon_exclusive, and mapped " + mappings(p) + " times");
    }
    checkPinned(p);
  }

  /** A page is pinned, or its flags have changed. */
  void checkPinned(int p) {
    if (state.live(p) > 0 && mm.design().hasQuery() && isAnon(p) && isShared(p)) {
      findings.report(
          Harm.PINNED_SHARED,
          () -> state.name(p) + " has " + state.live(p) + " live pin(s), and is " + why(p));
    }
  }

  /**
   * get_user_pages has taken a page that is to be written, of memory that is private: it is no
   * file's. Whether it is another process's, too, shows when the pin is held: fork may yet make the
   * call fail.
   */
  void gotForWriting(int p, int pte) {
    if (!isAnon(p)) {
      findings.report(
          Harm.FORCED_SHARED,
          () -> state.name(p) + " is got for writing at pte" + pte + ", and is a page of a file");
    }
  }

  private boolean isShared(int p) {
    return isTold ? !state.hasFlag(p, PageFlag.ANON_EXCLUSIVE) : mappings(p) > 1;
  }

  private String why(int p) {
    return isTold ? "not PG_anon_exclusive" : "mapped " + mappings(p) + " times";
  }

  private int mappings(int p) {
    return memory.half(mm.page().address(p) + PageLayout.MAPCOUNT) + 1;
  }

  private boolean isAnon(int p) {
    long mapping = memory.word(mm.page().address(p) + PageLayout.MAPPING);
    return (mapping & PageLayout.PAGE_MAPPING_ANON) != 0;
  }
}
