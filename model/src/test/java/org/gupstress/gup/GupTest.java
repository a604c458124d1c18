// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;

/** get_user_pages fast and slow, the anonymous fault, and unmap. */
class GupTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 2);

  private void bootMapped(int number) {
    machine.bootCached(number);
    machine.mm.pageTable().bootMap(number, machine.page(number));
  }

  // ---- fast

  @Test
  void fastGupReadsThePteAgainAfterItHasTheReference() {
    bootMapped(0);
    machine.forget();
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(machine.accesses())
        .containsExactly(
            "read pte0",
            "test 0x1 in page0.lru.next",
            "page0._refcount += 1 unless 0",
            "read pte0",
            "set PG_referenced in page0.flags",
            "cpu0.r3 := &page0");
    assertThat(machine.refs(0)).isEqualTo(3);
    assertThat(machine.notes()).containsSubsequence(Note.REF, Note.PIN_HELD);
  }

  /** A grab during which the pte changes: what another CPU could do between the two reads. */
  private final class ChangesThePte implements Pinning {
    private final List<String> calls = new ArrayList<>();
    private final boolean unmapped;

    ChangesThePte(boolean unmapped) {
      this.unmapped = unmapped;
    }

    @Override
    public boolean grabSlow(Cpu cpu, long page) {
      calls.add("slow");
      machine.mm.page().get(page, Ref.GUP);
      return true;
    }

    @Override
    public boolean grabFast(Cpu cpu, long page) {
      calls.add("fast");
      boolean got = machine.mm.page().getUnlessZero(page, Ref.GUP);
      if (unmapped) {
        machine.mm.faults().unmap(machine.cpu(1), 0);
      }
      return got;
    }

    @Override
    public void undoGrab(Cpu cpu, long page) {
      calls.add("undo");
      machine.mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public long pin(Cpu cpu, long page, GupFlags flags) {
      calls.add("pin");
      return page;
    }
  }

  private Gup gup(Pinning pinning, boolean recheck) {
    return new Gup(
        machine.memory,
        machine.mm.lru(),
        machine.mm.pageTable(),
        machine.mm.faults(),
        machine.mm.pageCache(),
        pinning,
        recheck,
        machine.mm.processMemory());
  }

  @Test
  void aPteThatChangedMeanwhileGivesThePageBackAndGoesTheSlowWay() {
    bootMapped(0);
    ChangesThePte pinning = new ChangesThePte(true);
    gup(pinning, true).getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(pinning.calls).containsExactly("fast", "undo");
    assertThat(machine.cpu(0).register(3)).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void aPteThatDidNotChangeIsPinned() {
    bootMapped(0);
    ChangesThePte pinning = new ChangesThePte(false);
    gup(pinning, true).getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(pinning.calls).containsExactly("fast", "pin");
    assertThat(machine.cpu(0).register(3)).isEqualTo(machine.page(0));
  }

  /** The control: without the second read the unmapped page is returned. */
  @Test
  void withoutTheSecondReadAnUnmappedPageIsReturned() {
    bootMapped(0);
    ChangesThePte pinning = new ChangesThePte(true);
    gup(pinning, false).getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(pinning.calls).containsExactly("fast", "pin");
    assertThat(machine.cpu(0).register(3)).isEqualTo(machine.page(0));
    assertThat(machine.mm.pageTable().readPte(0)).isZero();
  }

  @Test
  void fastGupRunsWithInterruptsOffAndPinsWithThemOn() {
    LoggedMachine one = LoggedMachine.withInterrupts("rfc-oct", 1);
    one.bootCached(0);
    one.mm.pageTable().bootMap(0, one.page(0));
    one.forget();
    one.mm.gup().getUserPagesFast(one.cpu(0), 0, 3);
    assertThat(one.accesses())
        .containsSubsequence(
            "cpu0.irqs_off := 1",
            "read pte0",
            "read pte0",
            "cpu0.irqs_off := 0",
            "spin_lock gup_lock");
  }

  // ---- slow

  @Test
  void slowGupTakesItsReferenceUnderThePageTableLock() {
    bootMapped(0);
    machine.forget();
    machine.mm.gup().getUserPages(machine.cpu(0), 0, 3);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock ptl",
            "read pte0",
            "page0._refcount += 1",
            "set PG_referenced in page0.flags",
            "spin_unlock ptl",
            "cpu0.r3 := &page0");
  }

  @Test
  void aFaultLeavesThePageActiveInThePagevecWithTwoReferences() {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(0));
    assertThat(machine.mm.faults().anonymous(machine.cpu(0), 1)).isTrue();
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.mm.lru().pagevecs().contains(0, Pagevecs.Kind.LRU_ADD, machine.page(0)))
        .isTrue();
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
    assertThat(machine.has(0, PageFlag.SWAPBACKED)).isTrue();
    assertThat(PageTable.pageOf(machine.mm.pageTable().readPte(1))).isEqualTo(machine.page(0));
    assertThat(machine.mm.pageTable().mappings(machine.page(0))).isEqualTo(1);
  }

  @Test
  void slowGupFaultsThePageInAndHoldsAThirdReference() {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(0));
    machine.mm.gup().getUserPages(machine.cpu(0), 1, 3);
    assertThat(machine.cpu(0).register(3)).isEqualTo(machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(3);
  }

  @Test
  void withoutMemoryGupFails() {
    machine.cpu(0).setRegister(3, 77);
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 1, 3);
    assertThat(machine.cpu(0).register(3)).isZero();
  }

  @Test
  void aFaultOnWhatSomebodyElseMappedMeanwhileGivesItsPageBack() {
    bootMapped(0);
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(1));
    assertThat(machine.mm.faults().anonymous(machine.cpu(0), 0)).isTrue();
    assertThat(machine.refs(1)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(1));
  }

  // ---- unmap

  @Test
  void unmapFreesAnAnonymousPageThatNobodyElseHolds() {
    machine.set(0, PageFlag.SWAPBACKED);
    machine.mm.pageTable().bootMapAnonymous(0, machine.page(0));
    machine.mm.lru().bootOnLru(machine.page(0));
    machine.forget();
    assertThat(machine.mm.faults().unmap(machine.cpu(0), 0)).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock ptl",
            "pte0 := 0",
            "page0._mapcount -= 1, left?",
            "spin_unlock ptl",
            "page0._refcount -= 1, zero?",
            "spin_lock lru_lock");
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.on(LruList.INACTIVE_ANON)).isEmpty();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(machine.page(0));
    assertThat(machine.mm.faults().unmap(machine.cpu(0), 0)).isFalse();
  }

  @Test
  void unmapLeavesAPinnedPageToThePin() {
    machine.set(0, PageFlag.SWAPBACKED);
    machine.mm.pageTable().bootMapAnonymous(0, machine.page(0));
    machine.mm.lru().bootOnLru(machine.page(0));
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 0);
    machine.mm.faults().unmap(machine.cpu(1), 0);
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.on(LruList.INACTIVE_ANON)).containsExactly(0);
    machine.mm.design().unpin(machine.mm, machine.cpu(0), machine.page(0));
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.on(LruList.INACTIVE_ANON)).isEmpty();
  }
}
