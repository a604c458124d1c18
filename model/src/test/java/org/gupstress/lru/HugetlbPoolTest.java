// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Note;
import org.gupstress.page.Compound;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.junit.jupiter.api.Test;

/** The pool of huge pages: always linked through lru, never on an LRU. */
class HugetlbPoolTest {
  private final LoggedMachine machine =
      LoggedMachine.withKinds(Kernel.PRODUCTION, "get-page", 4, PageKind.HUGETLB);
  private final HugetlbPool pool = machine.mm.lru().hugetlb();

  HugetlbPoolTest() {
    Boot.hugetlb(machine.mm, 2);
    Boot.hugetlb(machine.mm, 0);
    machine.forget();
  }

  @Test
  void aPageInUseIsOnTheActiveListAndOnNoLru() {
    assertThat(machine.on(pool.activeList())).containsExactly(0, 2);
    assertThat(machine.on(pool.freeList())).isEmpty();
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    assertThat(machine.mm.lru().isolation().isolateLruPage(machine.cpu(0), machine.page(0)))
        .isFalse();
    assertThat(pool.isHead(pool.activeList())).isTrue();
    assertThat(pool.isHead(machine.mm.lru().node().head(LruList.INACTIVE_ANON))).isFalse();
  }

  /** Struct hstate on x86-64: bit 4 is clear in one head and set in the other. */
  @Test
  void theListHeadsDifferInTheBitThatNovemberTakesForAFlag() {
    assertThat(pool.activeList() & 0x10).isZero();
    assertThat(pool.freeList() & 0x10).isNotZero();
  }

  @Test
  void theLastPutMovesThePageToTheFreeListUnderHugetlbLock() {
    assertThat(machine.mm.faults().unmap(machine.cpu(1), 2)).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "page2._refcount -= 1, zero?",
            "test PG_head in page2.flags",
            "spin_lock hugetlb_lock",
            "read page2.lru.next",
            "page2.lru.prev := &hugepage_freelist",
            "hugepage_freelist.next := &page2.lru",
            "free_huge_pages := 1",
            "spin_unlock hugetlb_lock")
        .noneMatch(a -> a.contains("lru_lock"));
    assertThat(machine.notes()).contains(Note.FREED);
    assertThat(machine.on(pool.activeList())).containsExactly(0);
    assertThat(machine.on(pool.freeList())).containsExactly(2);
  }

  @Test
  void aFaultTakesAPageFromThePoolAsLongAsThereIsOne() {
    assertThat(machine.mm.faults().hugetlb(1)).isFalse();
    machine.mm.faults().unmap(machine.cpu(1), 2);
    machine.forget();
    assertThat(machine.mm.faults().hugetlb(1)).isTrue();
    assertThat(machine.notes()).contains(Note.ALLOCATED);
    assertThat(machine.refs(2)).isEqualTo(1);
    assertThat(machine.mm.pageTable().mappings(machine.page(2))).isEqualTo(1);
    assertThat(machine.on(pool.activeList())).containsExactly(2, 0);
    assertThat(machine.on(pool.freeList())).isEmpty();
  }

  @Test
  void aPutThroughPutPageFreesItToThePoolAsWell() {
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.mm.faults().unmap(machine.cpu(0), 0);
    assertThat(machine.on(pool.freeList())).isEmpty();
    machine.mm.design().unpin(machine.mm, machine.cpu(0), machine.page(0));
    assertThat(machine.on(pool.freeList())).containsExactly(0);
  }

  @Test
  void aDebugKernelDoesNotTakeBackWhatIsMapped() {
    LoggedMachine debug = LoggedMachine.withKinds(Kernel.DEBUG, "get-page", 2, PageKind.HUGETLB);
    Boot.hugetlb(debug.mm, 0);
    assertThatThrownBy(() -> debug.mm.lru().release().put(debug.cpu(0), debug.page(0), Ref.MAP))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("page_mapcount(page) in free_huge_page");
  }

  /** Freeing a transparent huge page as a whole is left out, and nobody is to miss that. */
  @Test
  void aHugePageThatIsNotThePoolsIsNotFreedSilently() {
    machine.mm.lru().compound().bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    assertThatThrownBy(
            () -> machine.mm.lru().release().put(machine.cpu(0), machine.page(0), Ref.MAP))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("free_transhuge_page");
  }
}
