// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.junit.jupiter.api.Test;

/** Ways out of the cache that walk the file and not the LRU. */
class TruncateTest {
  private final LoggedMachine machine = LoggedMachine.withFile("get-page", 2, 2, true);
  private final Truncate truncate = machine.mm.truncate();

  private void truncate(int block) {
    truncate.truncateInodePages(machine.cpu(0), 0, block, block + 1);
  }

  @Test
  void aDirtyMappedPageWithBuffersIsFreed() {
    Boot.written(machine.mm, 0);
    truncate(0);
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.mm.pageTable().readPte(0)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  @Test
  void aPinnedPageIsCutLooseAndFreedByItsUnpin() {
    machine.bootCached(0);
    machine.mm.gup().pinPage(machine.cpu(1), machine.page(0), 0);
    truncate(0);
    assertThat(machine.memory.word(machine.page(0) + PageLayout.MAPPING)).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
    machine.mm.unpin(machine.cpu(1), machine.page(0));
    assertThat(machine.refs(0)).isZero();
  }

  /** Stranded until truncate: the file knows the page that the LRU has lost. */
  @Test
  void aPageThatOctoberLostIsFoundAndFreed() {
    LoggedMachine october = LoggedMachine.withFile("rfc-oct", 1, 1, false);
    october.bootCached(0);
    october.mm.gup().pinPage(october.cpu(0), october.page(0), 0);
    october.mm.unpin(october.cpu(0), october.page(0));
    assertThat(october.has(0, PageFlag.LRU)).isFalse();
    october.mm.truncate().truncateInodePages(october.cpu(0), 0, 0, 1);
    assertThat(october.mm.lru().allocator().alloc(october.cpu(0))).isEqualTo(october.page(0));
  }

  @Test
  void aPageUnderWritebackIsWaitedFor() {
    Boot.written(machine.mm, 0);
    machine.mm.writeback().writePage(machine.cpu(0), 0, 0, false);
    machine.forget();
    truncate(0);
    assertThat(machine.accesses())
        .containsSubsequence("wait for PG_writeback in page0.flags", "slot0 := 0");
  }

  @Test
  void invalidatingForDirectIoRefusesADirtyPageAndTakesAPinnedOne() {
    Boot.written(machine.mm, 0);
    assertThat(truncate.invalidateInodePage2(machine.cpu(0), 0, 0)).isFalse();
    assertThat(machine.mm.addressSpace().holders(machine.page(0))).isEqualTo(1);
    assertThat(machine.has(0, PageFlag.PRIVATE)).isTrue();
    machine.bootCached(1);
    machine.mm.page().bootRef(machine.page(1), Ref.GUP);
    assertThat(truncate.invalidateInodePage2(machine.cpu(0), 0, 1)).isTrue();
    assertThat(machine.refs(1)).isEqualTo(1);
    assertThat(truncate.invalidateInodePage2(machine.cpu(0), 0, 1)).isTrue();
  }

  @Test
  void whetherThePageIsDirtyIsDecidedUnderTheLockOfTheCache() {
    machine.bootCached(0);
    machine.forget();
    truncate.invalidateInodePage2(machine.cpu(0), 0, 0);
    assertThat(machine.accesses())
        .containsSubsequence("spin_lock i_pages", "test PG_dirty in page0.flags", "slot0 := 0");
  }

  @Test
  void droppingCachesTakesOnlyWhatNobodyElseUses() {
    machine.bootCached(0);
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    assertThat(truncate.invalidateMappingPage(machine.cpu(0), 0, 0)).isFalse();
    assertThat(machine.refs(0)).as("cache, gup: pagevec_release drains").isEqualTo(2);
    machine.bootCached(1);
    assertThat(truncate.invalidateMappingPage(machine.cpu(0), 0, 1)).isTrue();
    assertThat(machine.refs(1)).isZero();
    assertThat(truncate.invalidateMappingPage(machine.cpu(0), 0, 1)).isFalse();
  }

  /** invalidate_mapping_pages goes on with the next page. */
  @Test
  void aPageThatSomebodyHasLockedIsNotDeactivated() {
    machine.bootCached(0, PageFlag.LOCKED);
    machine.forget();
    assertThat(truncate.invalidateMappingPage(machine.cpu(0), 0, 0)).isFalse();
    assertThat(machine.accesses()).noneMatch(access -> access.contains("deactivate[0] := "));
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  /** try_to_free_buffers: what is dirty or being written is not dropped. */
  @Test
  void buffersThatHoldDataAreNotDropped() {
    Boot.written(machine.mm, 0);
    assertThat(machine.mm.pageCache().tryToReleasePage(machine.cpu(0), machine.page(0)))
        .isFalse();
    machine.mm.writeback().writePage(machine.cpu(0), 0, 0, false);
    assertThat(machine.mm.pageCache().tryToReleasePage(machine.cpu(0), machine.page(0)))
        .isFalse();
    assertThat(machine.has(0, PageFlag.PRIVATE)).isTrue();
    machine.mm.writeback().complete(machine.cpu(0));
    machine.forget();
    assertThat(machine.mm.pageCache().tryToReleasePage(machine.cpu(0), machine.page(0)))
        .isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "test PG_writeback in page0.flags",
            "spin_lock private_lock",
            "test PG_dirty in page0.flags",
            "clear PG_private in page0.flags",
            "spin_unlock private_lock");
  }

  /** Truncation throws the data of buffers away with them. */
  @Test
  void truncationDropsBuffersWhateverTheyHold() {
    Boot.written(machine.mm, 0);
    truncate.truncateInodePages(machine.cpu(0), 0, 0, 1);
    assertThat(machine.has(0, PageFlag.PRIVATE)).isFalse();
    assertThat(machine.mm.addressSpace().pageAt(0)).isZero();
  }

  /** The other half of R-20: buffers go before the references are looked at. */
  @Test
  void droppingCachesDropsTheBuffersOfAPinnedPage() {
    machine.bootCached(0);
    machine.mm.pageCache().pageMkwrite(machine.cpu(0), machine.page(0));
    machine.mm.gup().pinPage(machine.cpu(0), machine.page(0), 0);
    assertThat(truncate.invalidateMappingPage(machine.cpu(0), 0, 0)).isFalse();
    assertThat(machine.has(0, PageFlag.PRIVATE)).isFalse();
    assertThat(machine.mm.addressSpace().holders(machine.page(0))).isEqualTo(1);
  }
}
