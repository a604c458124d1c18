// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.fs.AddressSpace;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * What must hold when no operation is running: every reference has its holder, every page without
 * pins can be reached, nothing was lost, no lock is held.
 */
final class Quiescence {
  private static final Ref[] PAGEVEC_REFS = {Ref.PVADD, Ref.PVROT, Ref.PVDEACT, Ref.PVACT};

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PinDesign design;
  private final PageState state;
  private final Pins pins;
  private final Findings findings;

  Quiescence(
      ArenaMemory memory, Arena arena, Mm mm, PageState state, Pins pins, Findings findings) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.design = mm.design();
    this.state = state;
    this.pins = pins;
    this.findings = findings;
  }

  /**
   * All CPUs are between operations.
   *
   * @param isEnd whether everything has run
   * @param keepsPins whether pins may be live at the end
   */
  void check(boolean isEnd, boolean keepsPins) {
    for (int p = 0; p < pages.count(); p++) {
      checkReferences(p, isEnd && !keepsPins);
      pins.quiescent(p, isEnd, keepsPins);
      checkMapping(p);
      if (!state.isFree(p) && state.live(p) == 0) {
        checkReachable(p);
        checkAging(p);
      }
    }
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      checkPagevecs(cpu);
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      checkWritten(mm.pageCache().file(file));
    }
    checkLock(mm.lru().node().lruLock().addr());
    checkLock(mm.lru().node().gupLock().addr());
    mm.ownLocks().forEach(lock -> checkLock(lock.addr()));
    checkLock(mm.lru().allocator().zoneLock().addr());
    checkLock(mm.writeback().queue().lock().addr());
    for (int table = 0; table < mm.pageTable().tables(); table++) {
      checkLock(mm.pageTable().lockOf(table).addr());
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      checkLock(mm.pageCache().file(file).pagesLock().addr());
    }
    if (pages.has(PageKind.HUGETLB)) {
      checkLock(mm.lru().hugetlb().lock());
    }
    if (pages.has(PageKind.DEVICE)) {
      checkPagemap();
    }
  }

  private void checkReferences(int p, boolean isEnd) {
    long page = pages.address(p);
    checkPlain(p, isEnd);
    int slots = 0;
    for (int file = 0; file < mm.pageCache().files(); file++) {
      slots += mm.pageCache().file(file).holders(page);
    }
    check(p, Ref.CACHE, slots);
    check(p, Ref.PRIV, state.hasFlag(p, PageFlag.PRIVATE) ? 1 : 0);
    check(p, Ref.MAP, mappings(p));
    check(p, Ref.ISO, state.live(p) > 0 || holds(p) ? state.ledger.count(p, Ref.ISO) : 0);
    check(p, Ref.OWNER, state.isBuiltIn(p) ? 1 : 0);
    for (int i = 0; i < PAGEVEC_REFS.length; i++) {
      check(p, PAGEVEC_REFS[i], pagevecSlots(i, page));
    }
  }

  /**
   * References that a driver holds from one operation to the next: those of its pins, and as many
   * plain ones as registers have the page; at the end there is none.
   */
  private void checkPlain(int p, boolean isEnd) {
    boolean isUncounted =
        pages.isUncountedZero(pages.address(p)) && state.ledger.count(p, Ref.GUP) == 0;
    int ofPins = isUncounted ? 0 : state.live(p) * design.refsPerPin(mm, pages.address(p));
    int plain = state.ledger.plain(p) - ofPins;
    if (state.ledger.count(p, Ref.GUP) >= ofPins
        && plain > 0
        && !isEnd
        && plain <= pins.registers().claimants(p) - state.live(p)) {
      return;
    }
    check(p, Ref.ALLOC, 0);
    check(p, Ref.LOOKUP, 0);
    check(p, Ref.GUP, ofPins);
  }

  /** Ptes that map the page or its tails. */
  private int mappings(int p) {
    int mappings = state.isTail(p) ? 0 : mm.pageTable().mappings(pages.address(p));
    mappings += mm.processes().leavesOf(pages.address(p));
    for (int tail = p + 1; tail < pages.count() && state.isTailOf(tail, p); tail++) {
      mappings += mm.pageTable().mappings(pages.address(tail));
    }
    return mappings;
  }

  /** The driver holds its dev_pagemap, and so does each of its pages. */
  private void checkPagemap() {
    int expected = 1;
    for (int p = 0; p < pages.count(); p++) {
      expected += state.isDevice(p) ? 1 : 0;
    }
    int found = mm.lru().devices().references();
    if (found != expected) {
      int holders = expected;
      findings.report(
          found > expected ? Harm.REF_LEAKED : Harm.REF_MISMATCH,
          () -> "expected " + holders + " reference(s) to the dev_pagemap, found " + found);
    }
  }

  /** Whoever takes the last slot empties it: the next page would be written behind it. */
  private void checkPagevecs(int cpu) {
    Pagevecs pagevecs = mm.lru().pagevecs();
    for (Pagevecs.Kind kind : Pagevecs.Kind.values()) {
      int count = pagevecs.count(cpu, kind);
      if (count < 0 || count >= pagevecs.slots()) {
        findings.report(
            Harm.LIST_INCONSISTENT,
            () -> "the " + kind.ref().holder() + " of cpu" + cpu + " has " + count + " page(s) in "
                + pagevecs.slots() + " slots, and nobody empties it");
      }
    }
  }

  private int pagevecSlots(int ref, long page) {
    int slots = 0;
    for (Pagevecs.Kind kind : Pagevecs.Kind.values()) {
      if (kind.ref() == PAGEVEC_REFS[ref]) {
        for (int cpu = 0; cpu < mm.cpus(); cpu++) {
          slots += mm.lru().pagevecs().contains(cpu, kind, page) ? 1 : 0;
        }
      }
    }
    return slots;
  }

  private void check(int p, Ref reason, int holders) {
    int count = state.ledger.count(p, reason);
    if (count == holders) {
      return;
    }
    Harm harm = count > holders ? Harm.REF_LEAKED : Harm.REF_MISMATCH;
    findings.report(
        harm,
        () -> String.format(
            "%s: expected %d reference(s) for %s, found %d; _refcount is %d (%s)%s",
            state.name(p),
            holders,
            reason.holder(),
            count,
            state.refcount(p),
            state.ledger.describe(p),
            state.holders.of(p, reason)));
  }

  private boolean isInPagevec(int p) {
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      if (mm.lru().pagevecs().contains(cpu, Pagevecs.Kind.LRU_ADD, pages.address(p))) {
        return true;
      }
    }
    return false;
  }

  private void checkReachable(int p) {
    if (state.hasFlag(p, PageFlag.LRU) || state.hasOwner(p) || isInPagevec(p) || holds(p)) {
      return;
    }
    findings.report(
        Harm.STRANDED,
        () -> String.format(
            "%s has no pins, is on no LRU and in no pagevec; _refcount is %d (%s)",
            state.name(p), state.refcount(p), state.ledger.describe(p)));
  }

  /** Whether the design has the page in its own hands; whoever isolated it will put it back. */
  private boolean holds(int p) {
    return state.ledger.count(p, Ref.ISO) > 0 && design.holds(mm, pages.address(p));
  }

  private void checkAging(int p) {
    // munlock is right to take PG_unevictable away
    if (state.hasFlag(p, PageFlag.MLOCKED)) {
      if (!state.hasFlag(p, PageFlag.UNEVICTABLE) && !isInPagevec(p)) {
        findings.report(
            Harm.UNEVICTABLE_LOST, () -> state.name(p) + " is PG_mlocked and not PG_unevictable");
      }
      checkAging(p, PageFlag.UNEVICTABLE, Harm.UNEVICTABLE_LOST);
    }
    checkAging(p, PageFlag.ACTIVE, Harm.ACTIVE_LOST);
    checkAging(p, PageFlag.REFERENCED, Harm.REFERENCED_LOST);
  }

  private void checkAging(int p, PageFlag flag, Harm harm) {
    if (state.isExpected(p, flag) && !state.hasFlag(p, flag)) {
      findings.report(harm, () -> state.name(p) + " has no " + flag.id() + " any more");
    }
  }

  /** Whoever holds a pin may still write, and has to say so before it gives the pin back. */
  private void checkWritten(AddressSpace file) {
    for (int block = 0; block < file.blocks(); block++) {
      long page = file.pageAt(block);
      int p = pages.number(page);
      if (p < 0 || state.live(p) > 0) {
        continue;
      }
      int content = memory.half(pages.content(page));
      int disk = memory.half(file.disk(block));
      if (content != disk && !isDirty(p)) {
        findings.report(
            Harm.LOST_WRITE,
            () -> String.format(
                "%s is clean and holds version %d, its block on the disk %d",
                state.name(p), content, disk));
      }
    }
  }

  /** The cache gives up a page that it takes for clean. */
  void dropped(int p) {
    long page = pages.address(p);
    AddressSpace file =
        mm.pageCache().file(mm.pageCache().file(memory.word(page + PageLayout.MAPPING)));
    int content = memory.half(pages.content(page));
    int disk = memory.half(file.disk(memory.word(page + PageLayout.INDEX)));
    if (content != disk) {
      findings.report(
          Harm.LOST_WRITE,
          () -> String.format(
              "%s is dropped and holds version %d, its block on the disk %d",
              state.name(p), content, disk));
    }
  }

  /** Truncation unmaps a page before its file loses it. A free page is another matter. */
  private void checkMapping(int p) {
    long page = pages.address(p);
    if (memory.word(page + PageLayout.MAPPING) == 0
        && !state.isFree(p)
        && !state.hasOwner(p)
        && mm.pageTable().mappings(page) > 0) {
      findings.report(
          Harm.ORPHAN_MAPPED, () -> state.name(p) + " is mapped, and no file has it any more");
    }
  }

  private boolean isDirty(int p) {
    return state.hasFlag(p, PageFlag.DIRTY)
        || state.hasFlag(p, PageFlag.WRITEBACK)
        || mm.pageTable().isDirty(pages.address(p));
  }

  private void checkLock(long addr) {
    if (memory.half(addr) != 0) {
      findings.report(
          Harm.LOCK_LEFT_HELD, () -> arena.name(addr) + " is held by nobody who is running");
    }
  }

  /** Pressure is over and nothing is pinned: all page cache pages must be gone. */
  void reclaimed() {
    for (int p = 0; p < pages.count(); p++) {
      checkReclaimed(p);
    }
  }

  private void checkReclaimed(int p) {
    if (!state.isFree(p)) {
      findings.report(
          Harm.NOT_RECLAIMED,
          () ->
              state.name(p) + " is clean, has no pins, and is held by " + state.ledger.describe(p));
    }
  }

  /**
   * What reclaim's counters know of must be all pages in use but those that are nobody's to reclaim
   * and those that a driver has allocated.
   */
  void accounted() {
    int inUse = 0;
    int counted = mm.lru().node().nrIsolated(false) + mm.lru().node().nrIsolated(true);
    for (LruList list : LruList.values()) {
      counted += mm.lru().node().lruSize(list);
    }
    for (int p = 0; p < pages.count(); p++) {
      if (!state.isFree(p) && !state.hasOwner(p) && state.ledger.count(p, Ref.ALLOC) == 0) {
        inUse += state.lruPages(p);
        counted += !state.hasFlag(p, PageFlag.LRU) && isInPagevec(p) ? state.lruPages(p) : 0;
      }
    }
    if (counted != inUse) {
      String text = String.format(
          "%d page(s) are in use; LRU sizes, NR_ISOLATED and pagevecs have %d", inUse, counted);
      findings.report(Harm.ACCOUNTING, () -> text);
    }
  }

  /** Pages that say they are pinned and are not. */
  int falsePositives() {
    int count = 0;
    for (int p = 0; p < pages.count(); p++) {
      boolean free = state.isFree(p);
      count += !free && state.live(p) == 0 && design.isPinned(mm, pages.address(p)) ? 1 : 0;
    }
    return count;
  }
}
