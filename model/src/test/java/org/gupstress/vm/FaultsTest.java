// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on shared file memory and on locked anonymous memory, and munmap. */
class FaultsTest {
  private final LoggedMachine machine = LoggedMachine.of(
      "get-page",
      new Mm.Shape(2, 2, 2)
          .with(new Mm.Space(
              List.of(Vma.shared(0, 1, 0, 0), Vma.anonymous(1, 1).asLocked()), 2, 1, 1, true, 1)));
  private final Faults faults = machine.mm.faults();
  private final PageTable table = machine.mm.pageTable();

  private boolean fault(int pte, boolean write) {
    return faults.handle(machine.cpu(0), pte, write);
  }

  @Test
  void aReadFaultMapsThePageOfTheCacheYoungAndNotWritable() {
    machine.bootCached(0);
    assertThat(fault(0, false)).isTrue();
    assertThat(table.readPte(0)).isEqualTo(machine.page(0) | PageTable.PRESENT | PageTable.YOUNG);
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.has(0, PageFlag.LOCKED)).isFalse();
    assertThat(machine.has(0, PageFlag.DIRTY)).isFalse();
  }

  @Test
  void aWriteFaultDirtiesThePageAndGivesItBuffers() {
    machine.bootCached(0);
    fault(0, true);
    assertThat(table.readPte(0) & (PageTable.WRITE | PageTable.DIRTY))
        .isEqualTo(PageTable.WRITE | PageTable.DIRTY);
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(machine.has(0, PageFlag.PRIVATE)).isTrue();
    assertThat(machine.refs(0)).as("cache, pte, buffers").isEqualTo(3);
  }

  @Test
  void aWriteToAWriteProtectedPageMakesItWritableUnderThePageLock() {
    machine.bootCached(0);
    fault(0, false);
    machine.forget();
    fault(0, true);
    assertThat(machine.accesses())
        .containsSubsequence(
            "wait for PG_locked in page0.flags",
            "set PG_private in page0.flags",
            "spin_lock ptl",
            "test_and_set PG_dirty in page0.flags",
            "clear PG_locked in page0.flags");
    assertThat(table.readPte(0) & PageTable.WRITE).isNotZero();
    assertThat(machine.refs(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void withoutMemoryThereIsNoPage(int pte) {
    assertThat(fault(pte, false)).isFalse();
    assertThat(table.readPte(pte)).isZero();
  }

  @Test
  void unmappingHandsOnWhatThePteKnew() {
    machine.bootCached(0);
    table.bootMap(0, machine.page(0), PageTable.DIRTY | PageTable.YOUNG);
    assertThat(faults.unmap(machine.cpu(0), 0)).isTrue();
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(machine.has(0, PageFlag.REFERENCED)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(faults.unmap(machine.cpu(0), 0)).isFalse();
  }

  @Test
  void aPageOfLockedMemoryIsFreedWhenItIsUnmapped() {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(0));
    assertThat(fault(1, true)).isTrue();
    assertThat(machine.has(0, PageFlag.MLOCKED)).isTrue();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.has(0, PageFlag.UNEVICTABLE)).isTrue();
    faults.unmap(machine.cpu(0), 1);
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
  }

  @Test
  void aTouchWithoutPermissionWouldFault() {
    assertThat(faults.touch(0, false)).isFalse();
    machine.bootCached(0);
    table.bootMap(0, machine.page(0));
    assertThat(faults.touch(0, true)).isFalse();
    assertThat(faults.touch(0, false)).isTrue();
    assertThat(table.readPte(0) & PageTable.YOUNG).isNotZero();
  }
}
