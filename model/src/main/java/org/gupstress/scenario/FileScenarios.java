// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Conditions.hasFlag;
import static org.gupstress.scenario.Conditions.isCutLoose;
import static org.gupstress.scenario.Conditions.isNewer;
import static org.gupstress.scenario.Conditions.isOnPrivateList;
import static org.gupstress.scenario.Conditions.overlap;
import static org.gupstress.scenario.Conditions.register;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.completion;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.invalidate;
import static org.gupstress.scenario.Programs.kswapd;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.mlock;
import static org.gupstress.scenario.Programs.pin;
import static org.gupstress.scenario.Programs.shrink;
import static org.gupstress.scenario.Programs.shrinkActive;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;
import static org.gupstress.scenario.Programs.writeback;

import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.reclaim.Reclaimer;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.Vma;

/**
 * Pins against what else happens to the pages of a file: writeback, truncation, migration, mlock,
 * and the parts of reclaim that {@link Catalogue} leaves out.
 */
final class FileScenarios {
  private FileScenarios() {}

  /** In the order of the audit. */
  static List<Scenario> all() {
    return List.of(
        writebackVsDma(),
        dirtyUnpinVsWriteback(),
        unpinWithoutDirtying(),
        truncatePinned(),
        truncateUnderWriteback(),
        migrateUnpinned(),
        isolatedAccounting(),
        mlockPinned(),
        pinVsDeactivation(),
        pinVsRefault(),
        kswapdMeetsDirectReclaim(),
        mappedTwice(),
        mappedTwiceTruncated(),
        julyAbba());
  }

  /** One file, mapped shared by one process. */
  private static Mm.Space sharedFile(int blocks, boolean buffered) {
    return new Mm.Space(List.of(Vma.shared(0, blocks, 0, 0)), blocks, 1, blocks, buffered, blocks);
  }

  /** */
  private static Scenario writebackVsDma() {
    return Spec.named(
            "writeback-vs-dma",
            "a page is written back and reclaim drops its buffers while a device writes to it")
        .cpus(2, 2, 2, 0, 1)
        .space(sharedFile(1, true))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(gupWrite(0, 0), dma(0), dirtyUnpin(0))
            : List.of(writeback(0), complete(), shrink(1), writeback(0)))
        .writing()
        .sometimes(
            "the page was written back while it was pinned",
            m -> m.pages().live(0) > 0 && hasFlag(m, 0, PageFlag.WRITEBACK))
        .sometimes(
            "the device wrote to a page that was clean",
            m -> m.pages().live(0) > 0 && !hasFlag(m, 0, PageFlag.DIRTY) && isNewer(m, 0));
  }

  /**
   * The test of PG_dirty comes after the last DMA, and whoever cleans the page reads it after
   * that: what the test finds dirty is written.
   */
  private static Scenario dirtyUnpinVsWriteback() {
    return Spec.named(
            "dirty-unpin-vs-writeback",
            "put_user_pages_dirty_lock tests PG_dirty while the flusher clears it")
        .cpus(2, 2, 3, 1, 0)
        .space(sharedFile(1, false))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(gupWrite(0, 0), dma(0), dirtyUnpin(0))
            : List.of(writeback(0), complete(), writeback(0), complete()))
        .writing()
        .sometimes(
            "the page was unpinned while the flusher cleaned it",
            m -> overlap(m, "writeback", "put_user_pages_dirty_lock"))
        .sometimes(
            "the page was dirty again while it was written",
            m -> hasFlag(m, 0, PageFlag.DIRTY) && hasFlag(m, 0, PageFlag.WRITEBACK));
  }

  /** Dirtied by get_user_pages (FOLL_TOUCH) and not again: a driver without set_page_dirty. */
  private static Scenario unpinWithoutDirtying() {
    return Spec.named(
            "unpin-without-dirtying",
            "a driver trusts that the page is dirty since it was pinned; the flusher runs")
        .load(Load.UNDIRTIED_DMA)
        .misbehaving(0, "does not dirty what its device has written")
        .cpus(2, 2, 2, 0, 1)
        .space(sharedFile(1, false))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(gupWrite(0, 0), dma(0), unpin(0))
            : List.of(writeback(0), complete()))
        .writing()
        .sometimes(
            "the page was written back while it was pinned",
            m -> m.pages().live(0) > 0 && hasFlag(m, 0, PageFlag.WRITEBACK));
  }

  /** KERNEL.md 10. */
  private static Scenario truncatePinned() {
    return Spec.named(
            "truncate-pinned", "one block is truncated and another invalidated under its pin")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .space(sharedFile(2, false))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          Boot.mapped(mm, 1);
        })
        .program((role, rounds, design) -> role == 0
            ? List.of(gupFast(0, 0), unpin(0), gupFast(1, 1), unpin(1), drain())
            : List.of(truncate(0), invalidate(1)))
        .sometimes("the truncated page was pinned", m -> m.pages().live(0) > 0 && isCutLoose(m, 0))
        .sometimes(
            "the invalidated page was pinned", m -> m.pages().live(1) > 0 && isCutLoose(m, 1))
        .sometimes("the truncated page was freed", m -> m.pages().isFree(0));
  }

  private static Scenario truncateUnderWriteback() {
    return Spec.named(
            "truncate-under-writeback", "a block is truncated while the device writes its page")
        .cpus(3, 3, 3, 0, 1, 2)
        .space(sharedFile(1, false))
        .boot(mm -> {
          Boot.written(mm, 0);
          mm.writeback().writePage(mm.cpu(0), 0, 0, false);
        })
        .program((role, rounds, design) -> switch (role) {
          case 0 -> List.of(gupFast(0, 0), unpin(0), complete(), drain());
          case 1 -> List.of(truncate(0));
          // whoever wants the lock of the page waits for truncation, which waits for the device
          default -> List.of(completion().patiently());
        })
        .writing()
        .sometimes(
            "truncation met the page under writeback",
            m -> "truncate".equals(m.running(1)) && hasFlag(m, 0, PageFlag.WRITEBACK))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0)
        .sometimes("the page was freed", m -> m.pages().isFree(0));
  }

  /** */
  private static Scenario migrateUnpinned() {
    return Spec.named(
            "migrate-unpinned",
            "compaction wants a page while it is pinned and unpinned, and again afterwards")
        .cpus(2, 2, 2, 0, 1)
        .pages(3)
        .space(sharedFile(1, false))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
          mm.lru().bootFree(mm.cpu(1), mm.page().address(2));
        })
        .program((role, rounds, design) -> role == 0
            ? List.of(gupFast(0, 0), unpin(0), drain(), signal())
            : List.of(migrate(0, 0), waitForSignal(), migrate(0, 1)))
        .duty(
            Harm.NOT_MOVED,
            "the page of block 0 has no pins, and compaction did not move it",
            m -> register(m, 1, 1) == 1)
        .sometimes("the page moved before it was pinned", m -> m.pages().isFree(0))
        .sometimes(
            "the page was pinned while compaction had it on its list",
            m -> "gup_fast".equals(m.running(0)) && isOnPrivateList(m, 0))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** */
  private static Scenario isolatedAccounting() {
    return Spec.named(
            "isolated-accounting", "a page is pinned while reclaim isolates and frees another")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 1, 0);
          Boot.cached(mm, 0, 0);
        })
        .program((role, rounds, design) ->
            role == 0 ? List.of(pin(0, 0), unpin(0), drain()) : List.of(shrink(1)))
        .accountingForPages()
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0)
        .sometimes(
            "a page was isolated while the other was pinned",
            m -> m.pages().live(0) > 0 && m.mm().lru().node().nrIsolated(true) > 0);
  }

  /** */
  private static Scenario mlockPinned() {
    return Spec.named("mlock-pinned", "a page is mlocked while it is pinned and unpinned")
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) ->
            role == 0 ? List.of(gupFast(0, 0), unpin(0), drain()) : List.of(mlock(0)))
        .sometimes(
            "the page was mlocked while it was pinned",
            m -> m.pages().live(0) > 0 && hasFlag(m, 0, PageFlag.MLOCKED))
        .sometimes("mlock overlapped gup_fast", m -> overlap(m, "mlock", "gup_fast"))
        .sometimes(
            "the page came to the unevictable list or into a pagevec",
            m -> hasFlag(m, 0, PageFlag.MLOCKED)
                && (hasFlag(m, 0, PageFlag.UNEVICTABLE) || !hasFlag(m, 0, PageFlag.LRU)));
  }

  /** R-05 with the lists of shrink_active_list. */
  private static Scenario pinVsDeactivation() {
    return Spec.named(
            "pin-vs-deactivation", "an active page is pinned while shrink_active_list has it")
        .cpus(2, 2, 2, 1, 0)
        .boot(mm -> {
          Boot.cached(mm, 0, PageFlag.ACTIVE.mask());
          mm.pageTable().bootMap(0, mm.page().address(0));
        })
        .program((role, rounds, design) ->
            role == 1 ? List.of(shrinkActive(1), shrink(1)) : List.of(gupFast(0, 0), unpin(0)))
        .sometimes(
            "gup_fast got the page while it was on a list of shrink_active_list",
            m -> "shrink_active".equals(m.running(0))
                && "gup_fast".equals(m.running(1))
                && isOnPrivateList(m, 0))
        .sometimes(
            "the page was deactivated",
            m -> hasFlag(m, 0, PageFlag.LRU) && !hasFlag(m, 0, PageFlag.ACTIVE))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  private static Scenario pinVsRefault() {
    return Spec.named(
            "pin-vs-refault",
            "reclaim drops a page that get_user_pages wants, so that it is read and pinned anew")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .space(sharedFile(1, false))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          Boot.onDisk(mm, 0, 1);
          mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
        })
        .program((role, rounds, design) ->
            role == 0 ? List.of(gupFast(0, 0), unpin(0)) : List.of(shrink(1)))
        .duty(
            Harm.CACHE_MISMATCH,
            "page1 was read in and is not PG_uptodate",
            m -> m.mm().addressSpace().pageAt(0) != m.mm().page().address(1)
                || hasFlag(m, 1, PageFlag.UPTODATE))
        .sometimes(
            "the page that was read anew is of the working set",
            m -> hasFlag(m, 1, PageFlag.ACTIVE))
        .sometimes("the page that was read anew was pinned", m -> m.pages().live(1) > 0)
        .sometimes("the old page was pinned", m -> m.pages().live(0) > 0);
  }

  private static Scenario kswapdMeetsDirectReclaim() {
    return Spec.named(
            "kswapd-meets-direct", "a page was pinned once; kswapd and direct reclaim want it")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 0, 0);
          Boot.cached(mm, 1, 0);
        })
        .program((role, rounds, design) -> role == 0
            ? List.of(pin(0, 0), unpin(0), drain(), signal(), shrink(2))
            : List.of(waitForSignal(), kswapd(2)))
        .sometimes("both reclaimed at once", m -> overlap(m, "shrink", "kswapd"))
        .sometimes(
            "direct reclaim found too many pages isolated",
            m -> "shrink".equals(m.running(0))
                && "kswapd".equals(m.running(1))
                && m.mm().reclaim().inactive().tooManyIsolated(true, Reclaimer.DIRECT))
        .sometimes("a page was reclaimed", m -> m.pages().isFree(1));
  }

  /** One block, mapped shared by two processes. */
  private static Mm.Space sharedByTwo() {
    return new Mm.Space(List.of(Vma.shared(0, 1, 0, 0), Vma.shared(1, 1, 0, 0)), 2, 1, 1, false, 1);
  }

  /** Block 0 in the page tables of two processes, both of which have used it. */
  private static void bootMappedTwice(Mm mm) {
    long page = mm.page().address(0);
    Boot.cached(mm, 0, 0);
    mm.pageTable().bootMap(0, page, PageTable.YOUNG);
    mm.pageTable().bootMap(1, page, PageTable.YOUNG);
  }

  /** Nobody pins it: whoever walks over the ptes of a page has to come to the second one. */
  private static Scenario mappedTwice() {
    return Spec.named(
            "mapped-twice", "reclaim and compaction want a page that two processes have mapped")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .space(sharedByTwo())
        .boot(mm -> {
          bootMappedTwice(mm);
          mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
        })
        .program((role, rounds, design) ->
            role == 0 ? List.of(shrink(1), shrinkActive(1), shrink(1)) : List.of(migrate(0, 0)))
        .sometimes("two young ptes made the page active", m -> hasFlag(m, 0, PageFlag.ACTIVE))
        .sometimes("the page moved", m -> register(m, 1, 0) == 1)
        .sometimes(
            "reclaim dropped the page",
            m -> m.pages().isFree(0) && m.mm().addressSpace().pageAt(0) == 0);
  }

  private static Scenario mappedTwiceTruncated() {
    return Spec.named(
            "mapped-twice-truncated",
            "a block is truncated that two processes have mapped, while one of them gives it up")
        .cpus(2, 2, 2, 0, 1)
        .space(sharedByTwo())
        .boot(FileScenarios::bootMappedTwice)
        .program(
            (role, rounds, design) -> role == 0 ? List.of(unmap(0)) : List.of(truncate(0), drain()))
        .sometimes("truncation overlapped munmap", m -> overlap(m, "unmap", "truncate"))
        .sometimes("the page was freed", m -> m.pages().isFree(0));
  }

  /** */
  private static Scenario julyAbba() {
    return Spec.named(
            "july-abba", "get_page under the page table lock meets the walk of page_mkclean")
        .cpus(2, 2, 2, 0, 1)
        .space(sharedFile(1, false))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(gup(0, 0), unpin(0))
            : List.of(gupFast(0, 0), unpin(0), writeback(0), complete()))
        .writing()
        .sometimes("get_user_pages met the flusher", m -> overlap(m, "gup", "writeback"))
        .sometimes("two pins were live at once", m -> m.pages().live(0) == 2);
  }
}
