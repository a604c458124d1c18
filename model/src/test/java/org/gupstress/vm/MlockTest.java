// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mlock and munlock of a mapped page, pinned and not. */
class MlockTest {
  private static LoggedMachine mapped(String design) {
    LoggedMachine machine = LoggedMachine.withFile(design, 1, 1, false);
    machine.bootCached(0);
    machine.mm.pageTable().bootMap(0, machine.page(0));
    return machine;
  }

  @Test
  void aLockedPageComesToTheUnevictableListAndAnUnlockedOneBack() {
    LoggedMachine machine = mapped("get-page");
    assertThat(machine.mm.mlock().mlock(machine.cpu(0), 0)).isTrue();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.UNEVICTABLE)).containsExactly(0);
    assertThat(machine.mm.mlock().munlock(machine.cpu(0), 0)).isTrue();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.has(0, PageFlag.MLOCKED)).isFalse();
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void lockingTwiceIsolatesOnce() {
    LoggedMachine machine = mapped("get-page");
    machine.mm.mlock().mlock(machine.cpu(0), 0);
    machine.forget();
    machine.mm.mlock().mlock(machine.cpu(0), 0);
    assertThat(machine.accesses()).noneMatch(access -> access.startsWith("clear PG_lru"));
  }

  @Test
  void whatIsNotMappedOrLockedBySomebodyIsLeftAlone() {
    LoggedMachine machine = mapped("get-page");
    machine.set(0, PageFlag.LOCKED);
    assertThat(machine.mm.mlock().mlock(machine.cpu(0), 0)).isFalse();
    assertThat(machine.has(0, PageFlag.MLOCKED)).isFalse();
    machine.mm.faults().unmap(machine.cpu(0), 0);
    assertThat(machine.mm.mlock().mlock(machine.cpu(0), 0)).isFalse();
    assertThat(machine.mm.mlock().munlock(machine.cpu(0), 0)).isFalse();
  }

  /** FOLL_TOUCH comes before FOLL_MLOCK, and a page that its file has lost is left alone. */
  @Test
  void lockingTouchesThePageFirstAndThenAsksForItsMapping() {
    LoggedMachine machine = mapped("get-page");
    machine.forget();
    machine.mm.mlock().mlock(machine.cpu(0), 0);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock ptl",
            "set PG_referenced in page0.flags",
            "read page0.mapping",
            "test_and_set PG_locked in page0.flags",
            "test_and_set PG_mlocked in page0.flags",
            "spin_unlock ptl");
    LoggedMachine cutLoose = mapped("get-page");
    cutLoose.memory.write64(cutLoose.page(0) + PageLayout.MAPPING, 0);
    assertThat(cutLoose.mm.mlock().mlock(cutLoose.cpu(0), 0)).isFalse();
    assertThat(cutLoose.has(0, PageFlag.REFERENCED)).isTrue();
    assertThat(cutLoose.has(0, PageFlag.MLOCKED)).isFalse();
  }

  /** __munlock_pagevec: the page comes off its list before it is locked, and to one at once. */
  @Test
  void unlockingIsolatesWithoutThePageLockAndPutsBackWithoutAPagevec() {
    LoggedMachine machine = mapped("get-page");
    machine.mm.mlock().mlock(machine.cpu(0), 0);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    machine.forget();
    machine.mm.mlock().munlock(machine.cpu(0), 0);
    assertThat(machine.accesses())
        .containsSubsequence(
            "page0._refcount += 1",
            "spin_unlock ptl",
            "spin_lock lru_lock",
            "test_and_clear PG_mlocked in page0.flags",
            "clear PG_lru in page0.flags",
            "spin_unlock lru_lock",
            "wait for PG_locked in page0.flags",
            "read page0._mapcount",
            "test_and_clear PG_unevictable in page0.flags",
            "clear PG_locked in page0.flags",
            "spin_lock lru_lock",
            "set PG_lru in page0.flags",
            "spin_unlock lru_lock",
            "page0._refcount -= 1, zero?");
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void aPageThatIsMappedTwiceGoesBackThroughAPagevec() {
    LoggedMachine machine = LoggedMachine.withFile("get-page", 1, 2, false);
    machine.bootCached(0);
    machine.mm.pageTable().bootMap(0, machine.page(0));
    machine.mm.pageTable().bootMap(1, machine.page(0));
    machine.mm.mlock().mlock(machine.cpu(0), 0);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    machine.mm.mlock().munlock(machine.cpu(0), 0);
    assertThat(machine.on(LruList.UNEVICTABLE)).isEmpty();
    assertThat(machine.refs(0)).as("cache, ptes, pagevec").isEqualTo(4);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.has(0, PageFlag.LOCKED)).isFalse();
  }

  /** */
  @ParameterizedTest
  @CsvSource({"get-page, true", "rfc-oct, false", "rfc-nov, true", "rfc-fixed, true"})
  void aPageThatIsLockedWhilePinnedIsUnevictableOnceItIsUnpinned(String design, boolean comes) {
    LoggedMachine machine = mapped(design);
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 0);
    machine.mm.mlock().mlock(machine.cpu(1), 0);
    assertThat(machine.has(0, PageFlag.MLOCKED)).isTrue();
    machine.mm.unpin(machine.cpu(0), machine.page(0));
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    machine.mm.lru().pagevecs().drain(machine.cpu(1));
    assertThat(machine.has(0, PageFlag.UNEVICTABLE)).isEqualTo(comes);
  }
}
