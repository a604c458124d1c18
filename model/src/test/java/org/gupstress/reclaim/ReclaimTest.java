// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;

/** One pass of shrink_inactive_list: what it frees, keeps, activates. */
class ReclaimTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 3);

  private void shrink(LruList from, int pages) {
    machine.mm.reclaim().shrinkInactiveList(machine.cpu(0), from, pages);
  }

  @Test
  void aCleanCachedPageIsFreed() {
    machine.bootCached(0);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.mm.addressSpace().holders(machine.page(0))).isZero();
    assertThat(machine.memory.word(machine.page(0) + PageLayout.MAPPING)).isZero();
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEmpty();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  /** Age 1 with the mark of a shadow entry: the refault of mm/workingset.c needs it. */
  private static long shadowOfTheFirstEviction() {
    return 1 << 3 | 1 << 2;
  }

  @Test
  void theReferencesAreFrozenAtTwoUnderTheLockOfTheCache() {
    machine.bootCached(0);
    machine.forget();
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.accesses())
        .containsSubsequence(
            "page0._refcount += 1 unless 0",
            "clear PG_lru in page0.flags",
            "spin_unlock lru_lock",
            "page0.lru.next := LIST_POISON1",
            "page0.lru.prev := LIST_POISON2",
            "test_and_set PG_locked in page0.flags",
            "spin_lock i_pages",
            "cmpxchg page0._refcount 2 -> 0",
            "test PG_dirty in page0.flags",
            "inactive_age -= -1, left?",
            "slot0 := " + shadowOfTheFirstEviction(),
            "page0.mapping := 0",
            "spin_unlock i_pages");
  }

  @Test
  void aPinnedPageIsKeptOnTheListWithItsReferences() {
    machine.bootCached(0);
    machine.mm.gup().pinPage(machine.cpu(1), machine.page(0), 0);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.mm.addressSpace().holders(machine.page(0))).isEqualTo(1);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(1);
    assertThat(machine.has(0, PageFlag.LRU)).isTrue();
    assertThat(machine.has(0, PageFlag.LOCKED)).isFalse();
  }

  @Test
  void aFreezeFailsWithAnExtraReferenceAndSucceedsWithoutIt() {
    machine.bootCached(0);
    machine.mm.page().bootRef(machine.page(0), Ref.LOOKUP);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.refs(0)).isEqualTo(2);
    machine.mm.lru().release().put(machine.cpu(1), machine.page(0), Ref.LOOKUP);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.refs(0)).isZero();
  }

  @Test
  void aMappedFilePageIsUnmappedAndFreed() {
    machine.bootCached(0);
    machine.mm.pageTable().bootMap(0, machine.page(0));
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.mm.pageTable().readPte(0)).isZero();
    assertThat(machine.refs(0)).isZero();
  }

  @Test
  void aPageThatStaysMappedIsActivated() {
    machine.bootCached(0);
    // mapped at an index where try_to_unmap does not look, as a second process would
    machine.mm.pageTable().bootMap(1, machine.page(0));
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isZero();
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(1);
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void anAnonymousPageIsActivatedAsWithoutSwap() {
    machine.set(0, PageFlag.SWAPBACKED);
    machine.mm.pageTable().bootMapAnonymous(0, machine.page(0));
    machine.mm.lru().bootOnLru(machine.page(0));
    shrink(LruList.INACTIVE_ANON, 1);
    assertThat(machine.on(LruList.ACTIVE_ANON)).containsExactly(0);
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.mm.pageTable().mappings(machine.page(0))).isEqualTo(1);
  }

  @Test
  void dirtyPagesAndPagesUnderWritebackAreNotFreed() {
    machine.bootCached(0, PageFlag.DIRTY);
    machine.bootCached(1, PageFlag.WRITEBACK);
    shrink(LruList.INACTIVE_FILE, 2);
    for (int p = 0; p < 2; p++) {
      assertThat(machine.refs(p)).isEqualTo(1);
      assertThat(machine.mm.addressSpace().holders(machine.page(p))).isEqualTo(1);
      assertThat(machine.has(p, PageFlag.LRU)).isTrue();
    }
  }

  @Test
  void anMlockedPageGoesBackThroughThePagevecAndIsUnevictableThen() {
    machine.bootCached(0, PageFlag.MLOCKED);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.refs(0)).isEqualTo(2);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.UNEVICTABLE)).containsExactly(0);
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void aLockedPageIsKept() {
    machine.bootCached(0, PageFlag.LOCKED);
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.has(0, PageFlag.LOCKED)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void theScanBeginsAtTheTailAndTakesNoMoreThanAsked() {
    for (int p = 0; p < 3; p++) {
      machine.bootCached(p);
    }
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEqualTo(List.of(2, 1, 0));
    shrink(LruList.INACTIVE_FILE, 2);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(2);
    assertThat(machine.refs(0) + machine.refs(1)).isZero();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(1);
  }

  @Test
  void reclaimDrainsItsOwnPagevecsFirst() {
    machine.bootInPagevec(0, 0);
    machine.bootInPagevec(1, 1);
    shrink(LruList.INACTIVE_FILE, 3);
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.refs(1)).isEqualTo(2);
  }

  @Test
  void anEmptyListCostsOneLookUnderTheLock() {
    machine.forget();
    shrink(LruList.INACTIVE_FILE, 1);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock", "read inactive_file.next", "spin_unlock lru_lock")
        .noneMatch(access -> access.contains("page0"));
  }
}
