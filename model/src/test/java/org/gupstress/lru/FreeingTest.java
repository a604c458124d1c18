// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.Note;
import org.gupstress.memory.Values;
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
  void aPageWithAForbiddenFlagIsLeakedAndNotReused(PageFlag flag) {
    machine.set(0, flag);
    lru.release().free(machine.cpu(0), machine.page(0));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isZero();
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
    machine.memory.write32(machine.page(0) + PageLayout.MAPCOUNT, 0);
    lru.release().free(machine.cpu(0), machine.page(0));
    machine.memory.write64(machine.page(1) + PageLayout.MAPPING, machine.page(0));
    lru.release().free(machine.cpu(0), machine.page(1));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isZero();
    // an anonymous page's own mark in mapping is none of these
    machine.memory.write64(machine.page(1) + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    lru.release().free(machine.cpu(0), machine.page(1));
    assertThat(lru.allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(1));
  }
}
