// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compaction of one page: what moves, what stays, and what goes with it. */
class MigrationTest {
  private final LoggedMachine machine = LoggedMachine.withFile("get-page", 2, 1, true);

  @BeforeEach
  void thereIsAFreePage() {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(1));
  }

  private boolean migrate() {
    return machine.mm.migration().migrate(machine.cpu(0), machine.page(0));
  }

  @Test
  void aDirtyMappedPageWithBuffersMovesWithAllThatItIs() {
    Boot.written(machine.mm, 0);
    machine.set(0, PageFlag.REFERENCED, PageFlag.UPTODATE);
    assertThat(migrate()).isTrue();
    assertThat(machine.mm.addressSpace().pageAt(0)).isEqualTo(machine.page(1));
    assertThat(machine.content(1)).isEqualTo(1);
    for (PageFlag flag :
        new PageFlag[] {PageFlag.DIRTY, PageFlag.PRIVATE, PageFlag.REFERENCED, PageFlag.UPTODATE}) {
      assertThat(machine.has(1, flag)).as(flag.id()).isTrue();
    }
    assertThat(machine.refs(0)).isZero();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.refs(1)).as("cache, buffers").isEqualTo(2);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1);
    assertThat(machine.mm.pageTable().readPte(0)).isZero();
    assertThat(machine.mm.lru().node().nrIsolated(true)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  /** ISOLATE_ASYNC_MIGRATE: all that could be done with these is to wait. */
  @Test
  void aPageUnderWritebackAndADirtyOneThatIsLockedAreNotIsolated() {
    machine.bootCached(0, PageFlag.WRITEBACK);
    machine.forget();
    assertThat(migrate()).isFalse();
    assertThat(machine.accesses()).noneMatch(access -> access.startsWith("clear PG_lru"));
    machine.mm.page().clear(machine.page(0), PageFlag.WRITEBACK);
    machine.set(0, PageFlag.DIRTY, PageFlag.LOCKED);
    assertThat(migrate()).isFalse();
    assertThat(machine.accesses()).noneMatch(access -> access.startsWith("clear PG_lru"));
    assertThat(machine.has(0, PageFlag.LOCKED)).isTrue();
  }

  @Test
  void theReferencesAreFrozenUnderTheLockOfTheCacheBeforeTheSlotChanges() {
    machine.bootCached(0);
    machine.forget();
    migrate();
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock",
            "clear PG_lru in page0.flags",
            "page0.lru.next := &cpu0.migratepages",
            "spin_unlock lru_lock",
            "test_and_set PG_locked in page0.flags",
            "test_and_set PG_locked in page1.flags",
            "spin_lock i_pages",
            "cmpxchg page0._refcount 2 -> 0",
            "slot0 := &page1",
            "page0._refcount := 1",
            "spin_unlock i_pages",
            "page1.private := 0",
            "page0.mapping := 0",
            "page0.lru.next := LIST_POISON1");
  }

  @Test
  void aPinnedPageStaysAndComesBackToTheLru() {
    machine.bootCached(0);
    machine.mm.gup().pinPage(machine.cpu(1), machine.page(0), 0);
    assertThat(migrate()).isFalse();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.has(0, PageFlag.LOCKED)).isFalse();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0)))
        .as("the page that was not needed")
        .isEqualTo(machine.page(1));
  }

  @Test
  void whatIsOffTheLruOrLockedOrUnderWritebackOrWithoutRoomStays() {
    machine.bootCached(0);
    machine.set(0, PageFlag.LOCKED);
    assertThat(migrate()).isFalse();
    assertThat(migrate()).as("locked").isFalse();
    machine.mm.page().clear(machine.page(0), PageFlag.LOCKED);
    machine.set(0, PageFlag.WRITEBACK);
    assertThat(migrate()).as("written").isFalse();
    machine.mm.page().clear(machine.page(0), PageFlag.WRITEBACK);
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isNotZero();
    assertThat(migrate()).as("no room").isFalse();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    machine.mm.lru().isolation().isolateLruPage(machine.cpu(0), machine.page(0));
    assertThat(migrate()).as("off the LRU").isFalse();
  }

  @Test
  void anAnonymousPageWithAnExtraReferenceIsNotEvenIsolated() {
    machine.set(0, PageFlag.SWAPBACKED);
    machine.mm.pageTable().bootMapAnonymous(0, machine.page(0));
    machine.mm.lru().bootOnLru(machine.page(0));
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.forget();
    assertThat(migrate()).isFalse();
    assertThat(machine.accesses()).noneMatch(access -> access.contains("clear PG_lru"));
  }

  @Test
  void anUnevictablePageMovesToItsOwnList() {
    machine.bootCached(0, PageFlag.MLOCKED, PageFlag.UNEVICTABLE);
    assertThat(migrate()).isTrue();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.UNEVICTABLE)).containsExactly(1);
  }
}
