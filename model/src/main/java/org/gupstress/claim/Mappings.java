// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.Access;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.PageTable;

/**
 * What a pte and the page that it maps say of each other. By its mapping and index a page leads
 * back to its ptes: reclaim, migration and truncation find them so. Where a file hears of writes by
 * faults, a pte that may be written has said so. A page that is anonymous says PG_swapbacked, or
 * reclaim takes it for memory that nobody wants any more. Who unmaps a page of a file hands on that
 * its pte was young.
 *
 * <p>Judged when nobody runs; the last one when the operation ends. Ptes that a scenario's boot has
 * left otherwise are its own business.
 *
 * <p>Leaves out: machines with processes that fork, whose anonymous pages have more than one pte.
 */
final class Mappings {
  // of Actor.talk, between what Pins and Grabs have there: the page whose young pte is gone, plus 1
  private static final int OWED = 17;
  private static final long PAGE = 0x7f;

  private final ArenaMemory memory;
  private final Mm mm;
  private final Page pages;
  private final PageState state;
  private final Findings findings;
  private final boolean[] isAsBooted;

  Mappings(ArenaMemory memory, Mm mm, PageState state, Findings findings) {
    this.memory = memory;
    this.mm = mm;
    this.pages = mm.page();
    this.state = state;
    this.findings = findings;
    this.isAsBooted = new boolean[mm.processes().exist() ? 0 : mm.pageTable().count()];
  }

  /** The boot is over: what is not as it should be is meant so. */
  void booted() {
    for (int pte = 0; pte < isAsBooted.length; pte++) {
      int p = mapped(mm.pageTable().readPte(pte));
      isAsBooted[pte] = p >= 0 && (isLost(pte, p) || isUnheard(pte, p) || isDiscarded(p));
    }
  }

  /** No operation is running. */
  void quiescent() {
    for (int pte = 0; pte < isAsBooted.length; pte++) {
      int p = isAsBooted[pte] ? -1 : mapped(mm.pageTable().readPte(pte));
      if (p >= 0) {
        check(pte, p);
      }
    }
  }

  private void check(int pte, int p) {
    if (isLost(pte, p)) {
      findings.report(
          Harm.RMAP_MISMATCH,
          () -> String.format(
              "pte%d maps %s, whose mapping and index (%d) do not lead there",
              pte, state.name(p), memory.word(pages.address(p) + PageLayout.INDEX)));
    }
    if (isUnheard(pte, p)) {
      findings.report(
          Harm.WRITABLE_CLEAN,
          () -> "pte" + pte + " may be written, and neither it nor " + state.name(p)
              + " is dirty: the file has not heard of it");
    }
    if (isDiscarded(p)) {
      findings.report(
          Harm.NOT_SWAPBACKED,
          () -> state.name(p) + " is anonymous, mapped by pte" + pte + ", and not PG_swapbacked");
    }
  }

  /** The page that a pte maps with a reference, of those that reclaim may look at; or -1. */
  private int mapped(long pte) {
    int p = PageTable.isNormal(pte) ? pages.number(PageTable.pageOf(pte)) : -1;
    return p < 0 || state.isFree(p) || isOthers(p) || mapping(p) == 0 ? -1 : p;
  }

  /** Whether it belongs to a device, the kernel image or the hugetlb pool. */
  private boolean isOthers(int p) {
    return state.hasOwner(p) || (pages.has(PageKind.HUGETLB) && state.hasFlag(p, PageFlag.HEAD));
  }

  private long mapping(int p) {
    return memory.word(pages.address(p) + PageLayout.MAPPING);
  }

  private boolean isAnonymous(int p) {
    return mapping(p) == PageLayout.PAGE_MAPPING_ANON;
  }

  private boolean isLost(int pte, int p) {
    long index = memory.word(pages.address(p) + PageLayout.INDEX);
    if (isAnonymous(p)) {
      return index != pte;
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (mm.pageCache().file(file).mapping() == mapping(p)) {
        return !mm.areas().maps(pte, file, index);
      }
    }
    return true;
  }

  private boolean isUnheard(int pte, int p) {
    return !isAnonymous(p)
        && (mm.pageTable().readPte(pte) & (PageTable.WRITE | PageTable.DIRTY)) == PageTable.WRITE
        && !state.hasFlag(p, PageFlag.DIRTY);
  }

  private boolean isDiscarded(int p) {
    return isAnonymous(p) && !state.hasFlag(p, PageFlag.SWAPBACKED);
  }

  // ---- young

  /**
   * Something that is no page is about to be written. Who has the page locked migrates it, cleans
   * it or takes it from its file: page_referenced has asked before, or nobody will.
   */
  void beforeStore(Actor actor, HeldLocks held, Access access) {
    if (isAsBooted.length == 0 || access.a() != 0) {
      return;
    }
    int pte = mm.pageTable().indexOf(access.addr());
    long entry = pte < 0 ? 0 : mm.pageTable().readPte(pte);
    int p = (entry & PageTable.YOUNG) == 0 ? -1 : mapped(entry);
    if (p >= 0 && !isAnonymous(p) && !held.holds(pages.address(p) + PageLayout.FLAGS)) {
      owe(actor, p + 1);
    }
  }

  /** mark_page_accessed ran. */
  void accessed(Actor actor, int p) {
    if (owed(actor) == p) {
      owe(actor, 0);
    }
  }

  /** An operation has returned. */
  void operationEnded(Actor actor) {
    int p = owed(actor);
    if (p >= 0 && !state.isFree(p) && mapping(p) != 0) {
      findings.report(
          Harm.REFERENCED_LOST,
          () -> actor + " has unmapped " + state.name(p)
              + ", and does not hand on that its pte was young");
    }
  }

  private int owed(Actor actor) {
    return (int) (memory.ghost(actor.talk) >>> OWED & PAGE) - 1;
  }

  private void owe(Actor actor, long value) {
    long word = memory.ghost(actor.talk) & ~(PAGE << OWED);
    memory.setGhost(actor.talk, word | value << OWED);
  }
}
