// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;

/** Reading, writing and dirtying through the page cache. */
class PageCacheTest {
  private final LoggedMachine machine = LoggedMachine.withFile("get-page", 3, 2, false);
  private final PageCache cache = machine.mm.pageCache();
  private final AddressSpace file = machine.mm.addressSpace();

  private void bootFree(int number) {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(number));
  }

  @Test
  void aReadBringsTheBlockAndLeavesThePageToCacheAndPagevec() {
    bootFree(1);
    machine.memory.write32(file.disk(1), 7);
    assertThat(cache.read(machine.cpu(0), 0, 1)).isTrue();
    assertThat(file.pageAt(1)).isEqualTo(machine.page(1));
    assertThat(machine.content(1)).isEqualTo(7);
    assertThat(machine.refs(1)).isEqualTo(2);
    assertThat(machine.has(1, PageFlag.UPTODATE)).isTrue();
    assertThat(machine.has(1, PageFlag.LOCKED)).isFalse();
    assertThat(machine.has(1, PageFlag.DIRTY)).isFalse();
  }

  @Test
  void aReadWithoutMemoryFailsAndALaterReadFindsThePage() {
    assertThat(cache.read(machine.cpu(0), 0, 0)).isFalse();
    bootFree(0);
    assertThat(cache.read(machine.cpu(0), 0, 0)).isTrue();
    machine.forget();
    assertThat(cache.read(machine.cpu(1), 0, 0)).isTrue();
    assertThat(machine.notes()).doesNotContain(Note.ALLOCATED);
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void aLookUpReadsTheSlotAgainAfterItHasTheReference() {
    machine.bootCached(0);
    machine.forget();
    cache.findGetPage(machine.cpu(0), file, 0);
    assertThat(machine.accesses())
        .containsExactly(
            "read slot0",
            "test 0x1 in page0.lru.next",
            "page0._refcount += 1 unless 0",
            "read slot0");
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void aWriteIsAVersionNewerAndTagsTheSlotUnderTheLockOfTheCache() {
    machine.bootCached(0);
    machine.forget();
    cache.write(machine.cpu(0), 0, 0);
    assertThat(machine.accesses())
        .containsSubsequence(
            "wait for PG_locked in page0.flags",
            "page0.private += 1",
            "test_and_set PG_dirty in page0.flags",
            "spin_lock i_pages",
            "set 0x1 in slot0",
            "spin_unlock i_pages",
            "clear PG_locked in page0.flags");
    assertThat(machine.content(0)).isEqualTo(1);
    assertThat(machine.disk(0)).isZero();
    assertThat(file.hasTag(0, AddressSpace.DIRTY)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void dirtyingTwiceTagsOnce() {
    machine.bootCached(0);
    cache.setPageDirtyLock(machine.cpu(0), machine.page(0));
    machine.forget();
    cache.setPageDirtyLock(machine.cpu(0), machine.page(0));
    assertThat(machine.accesses()).noneMatch(access -> access.contains("i_pages"));
    assertThat(machine.notes()).doesNotContain(Note.DIRTIED);
  }

  @Test
  void dirtyingACutLoosePageTouchesNoSlot() {
    machine.bootCached(0);
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.mm.truncate().truncateInodePages(machine.cpu(0), 0, 0, 1);
    cache.setPageDirty(machine.cpu(0), machine.page(0));
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(file.hasTag(0, AddressSpace.DIRTY)).isFalse();
  }

  /** ra->prev_pos is of an open file: another reader of the same page has one of its own. */
  @Test
  void whoReadsAPageTwiceInARowHasUsedItOnce() {
    machine.bootCached(0);
    for (int times = 0; times < 3; times++) {
      cache.read(machine.cpu(0), 0, 0, 0);
    }
    assertThat(machine.has(0, PageFlag.REFERENCED)).isTrue();
    assertThat(machine.details(Note.ACCESSED)).hasSize(1);
    cache.read(machine.cpu(0), 1, 0, 0);
    assertThat(machine.details(Note.ACCESSED)).hasSize(2);
    assertThat(machine.has(0, PageFlag.REFERENCED)).isFalse();
  }

  @Test
  void aPageThatReclaimDroppedIsOfTheWorkingSetIfItIsReadSoon() {
    machine.bootCached(0);
    machine.mm.reclaim().shrinkInactiveList(machine.cpu(0), LruList.INACTIVE_FILE, 1);
    assertThat(file.pageAt(0)).isZero();
    machine.forget();
    cache.read(machine.cpu(0), 0, 0);
    assertThat(machine.notes()).contains(Note.REFAULT);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
  }

  @Test
  void aPageThatWasInvalidatedIsNotRefaulted() {
    machine.bootCached(0);
    machine.mm.truncate().invalidateMappingPage(machine.cpu(0), 0, 0);
    machine.forget();
    cache.read(machine.cpu(0), 0, 0);
    assertThat(machine.notes()).doesNotContain(Note.REFAULT);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isFalse();
  }

  @Test
  void migrationTakesPlaceTagsAndDirtWithIt() {
    machine.bootCached(0);
    cache.setPageDirty(machine.cpu(0), machine.page(0));
    machine.mm.page().bootRef(machine.page(0), Ref.ISO);
    machine.mm.page().bootRef(machine.page(1), Ref.ISO);
    assertThat(
            cache.migratePageMoveMapping(machine.cpu(0), machine.page(0), machine.page(1), false))
        .isTrue();
    assertThat(file.pageAt(0)).isEqualTo(machine.page(1));
    assertThat(file.hasTag(0, AddressSpace.DIRTY)).isTrue();
    assertThat(machine.has(0, PageFlag.DIRTY)).isFalse();
    assertThat(machine.has(1, PageFlag.DIRTY)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.refs(1)).isEqualTo(2);
    assertThat(machine.memory.word(machine.page(1) + PageLayout.MAPPING)).isEqualTo(file.mapping());
  }
}
