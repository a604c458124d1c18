// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;

/** From a page to its ptes, in two processes; the second has the file locked. */
class RmapTest {
  private final LoggedMachine machine = LoggedMachine.of(
      "get-page",
      new Mm.Shape(2, 1, 2)
          .with(new Mm.Space(
              List.of(Vma.shared(0, 1, 0, 0), Vma.shared(1, 1, 0, 0).asLocked()),
              2,
              1,
              1,
              false,
              1)));
  private final Rmap rmap = machine.mm.rmap();
  private final PageTable table = machine.mm.pageTable();

  private void boot(long first, long second) {
    machine.bootCached(0);
    table.bootMap(0, machine.page(0), first);
    if (second >= 0) {
      table.bootMap(1, machine.page(0), second);
    }
  }

  @Test
  void beingReferencedIsAskedOfAllPtesAndForgotten() {
    boot(PageTable.YOUNG, -1);
    assertThat(rmap.referenced(machine.page(0), true)).isOne();
    assertThat(table.readPte(0) & PageTable.YOUNG).isZero();
    assertThat(rmap.referenced(machine.page(0), true)).isZero();
  }

  /** page_referenced_one stops at an area with VM_LOCKED, whatever its pte says. */
  @Test
  void aLockedAreaEndsTheWalkAndItsPteStaysYoung() {
    boot(PageTable.YOUNG, PageTable.YOUNG);
    assertThat(rmap.referenced(machine.page(0), true)).isEqualTo(Rmap.LOCKED_AREA);
    assertThat(table.readPte(1) & PageTable.YOUNG).isNotZero();
  }

  @Test
  void anOldPteIsClearedUnderItsLockAndItsReferenceDropped() {
    boot(PageTable.WRITE | PageTable.DIRTY, -1);
    machine.forget();
    assertThat(rmap.tryToUnmap(machine.cpu(0), machine.page(0))).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock ptl",
            "pte0 := 0",
            "test_and_set PG_dirty in page0.flags",
            "page0._mapcount -= 1, left?",
            "page0._refcount -= 1, zero?",
            "spin_unlock ptl");
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void aYoungPteAndALockedAreaKeepThePageMapped() {
    boot(PageTable.YOUNG, -1);
    assertThat(rmap.tryToUnmap(machine.cpu(0), machine.page(0))).isFalse();
    assertThat(table.mappings(machine.page(0))).isEqualTo(1);
    // ptep_clear_flush_young: the refusal has made it old
    assertThat(rmap.referenced(machine.page(0), true)).isZero();
    assertThat(rmap.tryToUnmap(machine.cpu(0), machine.page(0))).isTrue();
    table.bootMap(1, machine.page(0));
    assertThat(rmap.tryToUnmap(machine.cpu(0), machine.page(0))).isFalse();
    assertThat(rmap.isMapped(machine.page(0))).isTrue();
    assertThat(machine.has(0, PageFlag.MLOCKED)).isTrue();
  }

  @Test
  void migrationUnmapsThemAllTheSame() {
    boot(PageTable.YOUNG, PageTable.YOUNG);
    assertThat(rmap.tryToUnmap(machine.cpu(0), machine.page(0), true)).isTrue();
    assertThat(table.mappings(machine.page(0))).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void cleaningWriteProtectsEveryPteAndSaysWhetherOneWasWritable() {
    boot(PageTable.WRITE, PageTable.WRITE | PageTable.DIRTY);
    assertThat(table.isDirty(machine.page(0))).isTrue();
    assertThat(rmap.mkclean(machine.cpu(0), machine.page(0), false)).isTrue();
    assertThat(table.readPte(0)).isEqualTo(machine.page(0) | PageTable.PRESENT);
    assertThat(table.readPte(1)).isEqualTo(machine.page(0) | PageTable.PRESENT);
    assertThat(table.isDirty(machine.page(0))).isFalse();
    assertThat(rmap.mkclean(machine.cpu(0), machine.page(0), false)).isFalse();
  }

  @Test
  void truncationUnmapsWhateverThePteSays() {
    boot(PageTable.YOUNG | PageTable.DIRTY, PageTable.YOUNG);
    rmap.unmapMapping(machine.cpu(0), machine.page(0));
    assertThat(table.mappings(machine.page(0))).isZero();
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(1);
  }
}
