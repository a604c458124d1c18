// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.page.PageFlag;
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
