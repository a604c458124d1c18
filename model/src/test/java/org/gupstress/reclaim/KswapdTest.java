// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kswapd and direct reclaim do, and where they differ. */
class KswapdTest {
  private static final int PAGES = 12;

  private final LoggedMachine machine = machine("get-page");

  private static LoggedMachine machine(String design) {
    Mm.Space space = new Mm.Space(List.of(Vma.shared(0, PAGES, 0, 0)), PAGES, 1, PAGES, false, 4);
    Zone zone = new Zone(1, 2, 1, 2, 3);
    return LoggedMachine.of(design, new Mm.Shape(2, PAGES, 2, false, true, zone, space));
  }

  private int shrink(Reclaimer who) {
    return machine.mm.reclaim().inactive().shrink(machine.cpu(0), LruList.INACTIVE_FILE, 1, who);
  }

  @Test
  void kswapdReclaimsUntilTheHighWatermarkIsReached() {
    for (int p = 0; p < PAGES; p++) {
      machine.bootCached(p);
    }
    assertThat(machine.mm.reclaim().isBalanced()).isFalse();
    assertThat(machine.mm.reclaim().balancePgdat(machine.cpu(0))).isGreaterThanOrEqualTo(4);
    assertThat(machine.mm.reclaim().isBalanced()).isTrue();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isLessThan(PAGES);
  }

  @Test
  void kswapdGivesUpWhereNothingCanBeReclaimed() {
    for (int p = 0; p < 4; p++) {
      machine.bootCached(p);
      machine.mm.gup().pinPage(machine.cpu(1), machine.page(p), p);
    }
    assertThat(machine.mm.reclaim().balancePgdat(machine.cpu(0))).isZero();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(4);
    assertThat(machine.mm.reclaim().tryToFreePages(machine.cpu(0))).isZero();
  }

  /** Every eighth of 512 pages can be reclaimed, and 40 must be looked at: 512 >> 4 are too few. */
  @Test
  void kswapdLooksHarderUntilItLooksAtEnoughAndThenGoesOnAsItIs() {
    LoggedMachine large = large(8);
    large.mm.reclaim().balancePgdat(large.cpu(0));
    List<Long> priorities = large.details(Note.SCAN_PRIORITY);
    assertThat(large.mm.reclaim().isBalanced()).isTrue();
    assertThat(priorities.subList(0, 10))
        .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L);
    assertThat(priorities.subList(10, priorities.size())).isNotEmpty().containsOnly(3L);
  }

  @Test
  void kswapdLooksHarderWhereNothingCameOfIt() {
    LoggedMachine large = large(1024);
    large.mm.reclaim().balancePgdat(large.cpu(0));
    assertThat(large.details(Note.SCAN_PRIORITY))
        .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  /** A machine whose pages are all cached, of which one in so many is held by the cache alone. */
  private static LoggedMachine large(int oneIn) {
    int pages = 512;
    Mm.Space space = new Mm.Space(List.of(Vma.shared(0, pages, 0, 0)), pages, 1, pages, false, 4);
    Zone zone = new Zone(1, 2, 10, 20, 40);
    LoggedMachine large =
        LoggedMachine.of("get-page", new Mm.Shape(2, pages, 2, false, true, zone, space));
    for (int p = 0; p < pages; p++) {
      large.bootCached(p);
      if (p % oneIn != oneIn - 1) {
        large.mm.page().bootRef(large.page(p), Ref.GUP);
      }
    }
    return large;
  }

  /** Found by a storm: the page was written to the first file, whosever it had been. */
  @Test
  void aDirtyPageThatWasTruncatedIsNotWritten() {
    machine.bootCached(0, PageFlag.DIRTY, PageFlag.RECLAIM);
    // the reference that is left is now that of somebody else than the cache
    machine.mm.addressSpace().delete(machine.page(0));
    assertThat(shrink(Reclaimer.KSWAPD)).isZero();
    assertThat(machine.has(0, PageFlag.WRITEBACK)).isFalse();
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(machine.mm.writeback().queue().length()).isZero();
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
  }

  @Test
  void aPassTurnsActivePagesOverWhileThereAreMoreOfThem() {
    for (int p = 0; p < 4; p++) {
      machine.bootCached(p, PageFlag.ACTIVE);
    }
    machine.mm.reclaim().tryToFreePages(machine.cpu(0));
    assertThat(machine.notes()).contains(Note.DEACTIVATED);
    assertThat(machine.size(LruList.ACTIVE_FILE)).isLessThan(4);
  }

  @Test
  void aDirtyPageIsMarkedFirstAndWrittenByKswapdTheNextTime() {
    machine.bootCached(0);
    machine.mm.pageCache().setPageDirty(machine.cpu(0), machine.page(0));
    assertThat(shrink(Reclaimer.KSWAPD)).isZero();
    assertThat(machine.has(0, PageFlag.RECLAIM)).isTrue();
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0);
    machine.mm.reclaim().active().shrink(machine.cpu(0), LruList.ACTIVE_FILE, 1);
    shrink(Reclaimer.DIRECT);
    assertThat(machine.mm.writeback().queue().length()).isZero();
    machine.mm.reclaim().active().shrink(machine.cpu(0), LruList.ACTIVE_FILE, 1);
    shrink(Reclaimer.KSWAPD);
    assertThat(machine.mm.writeback().queue().length()).isEqualTo(1);
    assertThat(machine.has(0, PageFlag.DIRTY)).isFalse();
    machine.mm.writeback().complete(machine.cpu(1));
    machine.mm.lru().pagevecs().drain(machine.cpu(1));
    assertThat(shrink(Reclaimer.DIRECT)).isEqualTo(1);
  }

  /** Dirt is judged before the reference that would have kept the page where it is. */
  @Test
  void aDirtyReferencedPageIsActivatedByDirectReclaim() {
    machine.bootCached(0, PageFlag.REFERENCED);
    machine.mm.pageCache().setPageDirty(machine.cpu(0), machine.page(0));
    shrink(Reclaimer.DIRECT);
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0);
    assertThat(machine.has(0, PageFlag.RECLAIM)).isTrue();
  }

  @Test
  void directReclaimGoesAwayWhereTooManyAreIsolatedAndKswapdDoesNot() {
    machine.bootCached(0);
    machine.mm.lru().node().addIsolated(true, 1);
    machine.forget();
    assertThat(shrink(Reclaimer.DIRECT)).isZero();
    assertThat(machine.notes()).contains(Note.THROTTLED);
    assertThat(shrink(Reclaimer.KSWAPD)).isEqualTo(1);
  }

  /** eight inactive pages stand one isolated page, seven do not. */
  @ParameterizedTest
  @CsvSource({"get-page, false", "rfc-oct, true", "rfc-nov, true", "rfc-fixed, true"})
  void aPinThatTakesThePageOffTheLruThrottlesReclaimEarlier(String design, boolean throttled) {
    LoggedMachine eight = machine(design);
    for (int p = 0; p < 8; p++) {
      eight.bootCached(p);
    }
    eight.mm.lru().node().addIsolated(true, 1);
    InactiveList inactive = eight.mm.reclaim().inactive();
    assertThat(inactive.tooManyIsolated(true, Reclaimer.DIRECT)).isFalse();
    eight.mm.gup().pinPage(eight.cpu(0), eight.page(0), 0);
    assertThat(inactive.tooManyIsolated(true, Reclaimer.DIRECT)).isEqualTo(throttled);
  }

  @Test
  void aYoungPageIsKeptOnceAndReclaimedWhenItWasNotUsedAgain() {
    machine.bootCached(0);
    machine.mm.pageTable().bootMap(0, machine.page(0), PageTable.YOUNG);
    assertThat(shrink(Reclaimer.DIRECT)).isZero();
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(shrink(Reclaimer.DIRECT)).isEqualTo(1);
  }
}
