// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.fs.AddressSpace;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * What two structures say of the same page: the page and the slot of its file, PG_writeback and the
 * queue of the device, NR_ISOLATED and the pages that are off their LRU.
 *
 * <p>What changes under one lock must agree whenever that is dropped. PG_dirty changes before the
 * tag of the slot does, and NR_ISOLATED behind the pages: they are judged when nobody runs.
 */
final class Agreement {
  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PageState state;
  private final Findings findings;
  private long queued;

  Agreement(ArenaMemory memory, Arena arena, Mm mm, PageState state, Findings findings) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.state = state;
    this.findings = findings;
  }

  /** A lock is dropped: what it protects must agree. */
  void unlocked(long lock) {
    if (lock == mm.writeback().queue().lock().addr()) {
      checkQueued();
      return;
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (lock == mm.pageCache().file(file).pagesLock().addr()) {
        checkSlots(mm.pageCache().file(file), false);
      }
    }
  }

  /** No operation is running. */
  void quiescent() {
    for (int file = 0; file < mm.pageCache().files(); file++) {
      checkSlots(mm.pageCache().file(file), true);
    }
    checkQueued();
    for (int p = 0; p < pages.count(); p++) {
      if (!state.isFree(p) && state.hasFlag(p, PageFlag.WRITEBACK) && !isQueued(p)) {
        differs(p, " is PG_writeback, and no device has it: who waits for it waits for ever");
      }
    }
    checkIsolated(false);
    checkIsolated(true);
  }

  private void checkSlots(AddressSpace file, boolean isQuiet) {
    for (int block = 0; block < file.blocks(); block++) {
      long page = file.pageAt(block);
      int p = page == 0 ? -1 : pages.number(page);
      if (p >= 0) {
        checkSlot(file, block, p, isQuiet);
      }
    }
  }

  private void checkSlot(AddressSpace file, int block, int p, boolean isQuiet) {
    long page = pages.address(p);
    if (memory.word(page + PageLayout.MAPPING) != file.mapping()
        || memory.word(page + PageLayout.INDEX) != block) {
      findings.report(
          Harm.CACHE_MISMATCH,
          () -> String.format(
              "block %d of the file is %s, whose mapping is %s and whose index is %d",
              block,
              state.name(p),
              arena.name(memory.word(page + PageLayout.MAPPING)),
              memory.word(page + PageLayout.INDEX)));
    }
    boolean writeback = state.hasFlag(p, PageFlag.WRITEBACK);
    if (writeback != file.isTaggedWriteback(block)) {
      findings.report(
          Harm.CACHE_MISMATCH,
          () -> state.name(p)
              + (writeback
                  ? " is PG_writeback, its slot is not tagged so"
                  : " is not PG_writeback," + " and its slot is tagged so"));
    }
    if (isQuiet && state.hasFlag(p, PageFlag.DIRTY) && !file.isTaggedDirty(block)) {
      findings.report(
          Harm.CACHE_MISMATCH,
          () -> state.name(p) + " is PG_dirty, and its slot is not tagged so: no flusher finds it");
    }
  }

  private boolean isQueued(int p) {
    queued = 0;
    mm.writeback().queue().forEach(page -> queued += page == pages.address(p) ? 1 : 0);
    return queued > 0;
  }

  private void checkQueued() {
    if (mm.writeback().queue().length() == 0) {
      return;
    }
    for (int p = 0; p < pages.count(); p++) {
      if (!state.hasFlag(p, PageFlag.WRITEBACK) && isQueued(p)) {
        differs(p, " waits to be written, and is not PG_writeback");
      }
    }
  }

  private void differs(int p, String how) {
    findings.report(Harm.WRITEBACK_MISMATCH, () -> state.name(p) + how);
  }

  /** No more are isolated than pages of the class are off their LRU; a design may account fewer. */
  private void checkIsolated(boolean file) {
    int off = 0;
    for (int p = 0; p < pages.count(); p++) {
      boolean isOff = !state.isFree(p) && !state.hasFlag(p, PageFlag.LRU) && state.linkedOn(p) == 0;
      off += isOff && state.hasFlag(p, PageFlag.SWAPBACKED) != file ? state.lruPages(p) : 0;
    }
    int most = off;
    int says = mm.lru().node().nrIsolated(file);
    if (says < 0 || says > off) {
      findings.report(
          Harm.MISCOUNTED,
          () -> (file ? "NR_ISOLATED_FILE" : "NR_ISOLATED_ANON") + " is " + says
              + ", off their LRU are " + most);
    }
  }

  /** A page is freed: nothing may lead to it. */
  void freed(int p) {
    for (int pte = 0; pte < mm.pageTable().count(); pte++) {
      if (state.mapsAnyOf(pte, p)) {
        int at = pte;
        findings.report(
            Harm.FREED_IN_USE, () -> state.name(p) + " is freed while pte" + at + " maps it");
      }
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (mm.pageCache().file(file).holders(pages.address(p)) > 0) {
        findings.report(Harm.FREED_IN_USE, () -> state.name(p) + " is freed while its file has it");
      }
    }
    if (mm.writeback().queue().length() != 0 && isQueued(p)) {
      findings.report(
          Harm.FREED_IN_USE, () -> state.name(p) + " is freed while a device is to write it");
    }
  }
}
