// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.Note;
import org.gupstress.memory.Values;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last put_page, and the page allocator behind it. */
class FreeingTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 2);
  private final Lru lru = machine.mm.lru();
  private final LoggedMachine debug = LoggedMachine.of(Kernel.DEBUG, "get-page", 2);

  @Test
  void theLastPutTakesAnOnLruPageOffItsList() {
    machine.set(0, PageFlag.ACTIVE, PageFlag.SWAPBACKED);
    lru.bootOnLru(machine.page(0));
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.mm.page().bootRef(machine.page(0), Ref.MAP);
    lru.release().put(machine.cpu(0), machine.page(0), Ref.MAP);
    assertThat(machine.on(LruList.ACTIVE_ANON)).containsExactly(0);
    lru.release().put(machine.cpu(0), machine.page(0), Ref.GUP);
    assertThat(machine.on(LruList.ACTIVE_ANON)).isEmpty();
    assertThat(machine.size(LruList.ACTIVE_ANON)).isZero();
    assertThat(machine.memory.word(machine.page(0) + PageLayout.FLAGS)).isZero();
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.notes()).contains(Note.FREED);
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  @Test
  void theLastPutTakesTheLockOnlyIfThePageIsOnAnLru() {
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.forget();
    lru.release().put(machine.cpu(0), machine.page(0), Ref.GUP);
    assertThat(machine.accesses()).noneMatch(a -> a.contains("lru_lock"));
  }

  @Test
  void allocationLeavesPoisonAndOneReference() {
    lru.bootFree(machine.cpu(0), machine.page(0));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.next(0)).isEqualTo(Values.LIST_POISON1);
    assertThat(machine.prev(0)).isEqualTo(Values.LIST_POISON2);
    assertThat(lru.allocator().alloc(machine.cpu(0))).isZero();
  }

  @Test
  void aFreedPageIsReusedFirstAndByTheCpuThatFreedIt() {
    lru.bootFree(machine.cpu(1), machine.page(0));
    lru.bootFree(machine.cpu(1), machine.page(1));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isZero();
    assertThat(lru.allocator().alloc(machine.cpu(1))).isEqualTo(machine.page(1));
    assertThat(lru.allocator().alloc(machine.cpu(1))).isEqualTo(machine.page(0));
  }

  @Test
  void freeNeverReadsTheUnion() {
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.memory.write64(machine.page(0) + PageLayout.DMA_PINNED_FLAGS, 0x2);
    machine.memory.write64(machine.page(0) + PageLayout.DMA_PINNED_COUNT, 0xdead0000_00000003L);
    machine.forget();
    machine.mm.page().putTestzero(machine.page(0), Ref.GUP);
    lru.release().free(machine.cpu(0), machine.page(0));
    assertThat(machine.accesses()).noneMatch(a -> a.matches("(read|test).*page0\\.lru.*"));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = PageFlag.class,
      names = {"LOCKED", "PRIVATE", "WRITEBACK", "RESERVED", "SLAB", "ACTIVE", "UNEVICTABLE"})
  void aPageWithAForbiddenFlagIsLeakedAndNotReusedIfSomebodyLooks(PageFlag flag) {
    debug.set(0, flag);
    debug.mm.lru().release().free(debug.cpu(0), debug.page(0));
    assertThat(debug.notes()).contains(Note.BAD_PAGE, Note.FREED);
    assertThat(debug.mm.lru().allocator().alloc(debug.cpu(0))).isZero();
    assertThat(debug.has(0, flag)).as("bad fields stay for debugging").isTrue();
  }

  /** free_pcp_prepare without CONFIG_DEBUG_VM. */
  @ParameterizedTest
  @EnumSource(
      value = PageFlag.class,
      names = {"LOCKED", "PRIVATE", "WRITEBACK", "RESERVED", "SLAB", "ACTIVE", "UNEVICTABLE"})
  void aProductionKernelWipesTheFlagsAndUsesThePageAgain(PageFlag flag) {
    machine.set(0, flag);
    machine.forget();
    lru.release().free(machine.cpu(0), machine.page(0));
    assertThat(machine.notes()).contains(Note.FREED).doesNotContain(Note.BAD_PAGE);
    assertThat(machine.accesses())
        .contains("page0.flags := 0")
        .noneMatch(access -> access.startsWith("test PG"));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = PageFlag.class,
      names = {"REFERENCED", "UPTODATE", "DIRTY", "SWAPBACKED", "RECLAIM"})
  void aPageWithAnyOtherFlagIsFreedAndItsFlagsAreGone(PageFlag flag) {
    machine.set(0, flag);
    lru.release().free(machine.cpu(0), machine.page(0));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
    assertThat(machine.memory.word(machine.page(0) + PageLayout.FLAGS)).isZero();
  }

  @Test
  void aPageThatIsMappedCachedOrReferencedIsLeaked() {
    Lru looking = debug.mm.lru();
    debug.memory.write32(debug.page(0) + PageLayout.MAPCOUNT, 0);
    looking.release().free(debug.cpu(0), debug.page(0));
    debug.memory.write64(debug.page(1) + PageLayout.MAPPING, debug.page(0));
    looking.release().free(debug.cpu(0), debug.page(1));
    assertThat(looking.allocator().alloc(debug.cpu(0))).isZero();
    assertThat(debug.memory.half(debug.page(0) + PageLayout.MAPCOUNT))
        .as("page_mapcount_reset")
        .isEqualTo(-1);
    // an anonymous page's own mark in mapping is none of these
    debug.memory.write64(debug.page(1) + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    looking.release().free(debug.cpu(0), debug.page(1));
    assertThat(debug.memory.word(debug.page(1) + PageLayout.MAPPING)).isZero();
    assertThat(looking.allocator().alloc(debug.cpu(0))).isEqualTo(debug.page(1));
  }

  /** check_new_pcp. */
  @Test
  void aDebugKernelLooksAtAPageAgainBeforeItGivesItAway() {
    debug.mm.lru().bootFree(debug.cpu(0), debug.page(0));
    debug.mm.lru().bootFree(debug.cpu(0), debug.page(1));
    debug.set(1, PageFlag.REFERENCED);
    debug.forget();
    assertThat(debug.mm.lru().allocator().alloc(debug.cpu(0))).isEqualTo(debug.page(0));
    assertThat(debug.notes()).contains(Note.BAD_PAGE);
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(1));
    machine.set(1, PageFlag.REFERENCED);
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(1));
  }

  /** __ClearPageLRU and __ClearPageActive: whoever else writes to the flags meanwhile is lost. */
  @Test
  void theLastPutClearsFlagsWithALoadAndAStore() {
    machine.set(0, PageFlag.ACTIVE);
    lru.bootOnLru(machine.page(0));
    machine.mm.page().bootRef(machine.page(0), Ref.MAP);
    machine.forget();
    lru.release().release(machine.cpu(0), machine.page(0), Ref.MAP);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock",
            "read page0.flags",
            "page0.flags := " + PageFlag.ACTIVE.mask(),
            "read page0.flags",
            "page0.flags := 0",
            "spin_unlock lru_lock")
        .noneMatch(access -> access.startsWith("clear PG"));
  }
}
