// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;

/** shrink_active_list: active pages become inactive ones. */
class ActiveListTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 3);

  private void shrink(int pages) {
    machine.mm.reclaim().active().shrink(machine.cpu(0), LruList.ACTIVE_FILE, pages);
  }

  @Test
  void pagesFromTheTailBecomeInactive() {
    for (int p = 0; p < 3; p++) {
      machine.bootCached(p, PageFlag.ACTIVE);
    }
    shrink(2);
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(2);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1, 0);
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(1);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(2);
    assertThat(machine.mm.lru().node().nrIsolated(true)).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  /** List to list: off the LRU under lru_lock, in hand without it, back under it. */
  @Test
  void thePageIsIsolatedWhileItIsJudged() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.forget();
    shrink(1);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock",
            "page0._refcount += 1 unless 0",
            "clear PG_lru in page0.flags",
            "page0.lru.next := &cpu0.l_hold",
            "NR_ISOLATED_FILE += 1",
            "spin_unlock lru_lock",
            "page0.lru.next := LIST_POISON1",
            "clear PG_active in page0.flags",
            "page0.lru.next := &cpu0.l_inactive",
            "spin_lock lru_lock",
            "set PG_lru in page0.flags",
            "page0.lru.next := &inactive_file",
            "page0._refcount -= 1, zero?",
            "NR_ISOLATED_FILE -= 1",
            "spin_unlock lru_lock");
    assertThat(machine.notes()).containsSubsequence(Note.IN_HAND, Note.DEACTIVATED);
  }

  @Test
  void aYoungPteIsMadeOldAndKeepsNothingActive() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.mm.pageTable().bootMap(0, machine.page(0), PageTable.YOUNG);
    shrink(1);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.mm.pageTable().readPte(0) & PageTable.YOUNG).isZero();
  }

  /** page_referenced of a page that is not locked: trylock_page, and no walk if that fails. */
  @Test
  void thePtesAreOnlyLookedAtWithThePageLocked() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.mm.pageTable().bootMap(0, machine.page(0), PageTable.YOUNG);
    machine.forget();
    shrink(1);
    assertThat(machine.accesses())
        .containsSubsequence(
            "page0._mapcount == -1?",
            "test_and_set PG_locked in page0.flags",
            "spin_lock ptl",
            "spin_unlock ptl",
            "clear PG_locked in page0.flags",
            "clear PG_active in page0.flags");
    machine.bootCached(1, PageFlag.ACTIVE, PageFlag.LOCKED);
    machine.mm.pageTable().bootMap(1, machine.page(1), PageTable.YOUNG);
    machine.forget();
    shrink(1);
    assertThat(machine.accesses()).doesNotContain("spin_lock ptl");
    assertThat(machine.mm.pageTable().readPte(1) & PageTable.YOUNG).isNotZero();
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1, 0);
  }

  @Test
  void anMlockedPageGoesToItsOwnListThroughThePagevec() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.set(0, PageFlag.MLOCKED);
    shrink(1);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.UNEVICTABLE)).containsExactly(0);
  }

  @Test
  void aPageOfWhichOnlyTheIsolationIsLeftIsFreed() {
    machine.set(0, PageFlag.ACTIVE);
    machine.mm.lru().bootOnLru(machine.page(0));
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    long held = machine.page(0);
    machine.forget();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    shrink(1);
    assertThat(machine.refs(0)).isEqualTo(1);
    machine.mm.lru().release().put(machine.cpu(0), held, Ref.GUP);
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEmpty();
    assertThat(machine.on(LruList.INACTIVE_ANON)).isEmpty();
  }
}
