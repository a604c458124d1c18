// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Values;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;

/** isolate_lru_page, __isolate_lru_page and putback_lru_page. */
class IsolationTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 2);
  private final Isolation isolation = machine.mm.lru().isolation();

  @Test
  void isolationMakesTheAccessesOfTheKernelInOrder() {
    machine.bootCached(0);
    machine.forget();
    assertThat(isolation.isolateLruPage(machine.cpu(0), machine.page(0))).isTrue();
    assertThat(machine.accesses())
        .containsExactly(
            "test PG_lru in page0.flags",
            "spin_lock lru_lock",
            "test PG_lru|PG_active|PG_swapbacked|PG_unevictable in page0.flags",
            "page0._refcount += 1",
            "clear PG_lru in page0.flags",
            "read page0.lru.next",
            "read page0.lru.prev",
            "inactive_file.prev := &inactive_file",
            "inactive_file.next := &inactive_file",
            "page0.lru.next := LIST_POISON1",
            "page0.lru.prev := LIST_POISON2",
            "lru_size[inactive_file] -= 1",
            "spin_unlock lru_lock");
  }

  @Test
  void aPageThatIsNotOnAnLruIsBusyAfterOneReadWithoutTheLock() {
    machine.bootInPagevec(0, 0);
    machine.forget();
    assertThat(isolation.isolateLruPage(machine.cpu(0), machine.page(0))).isFalse();
    assertThat(machine.accesses()).containsExactly("test PG_lru in page0.flags");
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void isolationTakesAReferenceAndKeepsActiveAndUnevictable() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.bootCached(1, PageFlag.UNEVICTABLE);
    for (int p = 0; p < 2; p++) {
      assertThat(isolation.isolateLruPage(machine.cpu(0), machine.page(p))).isTrue();
      assertThat(machine.refs(p)).isEqualTo(2);
      assertThat(machine.has(p, PageFlag.LRU)).isFalse();
      assertThat(machine.next(p)).isEqualTo(Values.LIST_POISON1);
      assertThat(machine.prev(p)).isEqualTo(Values.LIST_POISON2);
    }
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
    assertThat(machine.has(1, PageFlag.UNEVICTABLE)).isTrue();
    assertThat(machine.size(LruList.ACTIVE_FILE)).isZero();
    assertThat(machine.size(LruList.UNEVICTABLE)).isZero();
  }

  /** The caller has interrupts on, or should have: they are on afterwards. */
  @Test
  void isolationEnablesInterruptsWhateverTheyWere() {
    LoggedMachine one = LoggedMachine.withInterrupts("get-page", 1);
    one.bootCached(0);
    one.cpu(0).irqDisable();
    one.forget();
    one.mm.lru().isolation().isolateLruPage(one.cpu(0), one.page(0));
    assertThat(one.accesses())
        .containsSubsequence(
            "cpu0.irqs_off := 1",
            "spin_lock lru_lock",
            "spin_unlock lru_lock",
            "cpu0.irqs_off := 0");
    assertThat(one.memory.word(one.cpu(0).irqsOffWord())).isZero();
  }

  @Test
  void putbackLeavesThePageInThePagevecWithOneReferenceOfIt() {
    machine.bootCached(0);
    isolation.isolateLruPage(machine.cpu(0), machine.page(0));
    isolation.putbackLruPage(machine.cpu(1), machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    Pagevecs pagevecs = machine.mm.lru().pagevecs();
    assertThat(pagevecs.contains(1, Pagevecs.Kind.LRU_ADD, machine.page(0))).isTrue();
    assertThat(pagevecs.contains(0, Pagevecs.Kind.LRU_ADD, machine.page(0))).isFalse();
    pagevecs.drain(machine.cpu(1));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void reclaimTakesItsReferenceBeforeItClearsPgLru() {
    machine.bootCached(0);
    machine.forget();
    assertThat(isolation.isolateForReclaim(machine.page(0))).isEqualTo(Isolation.Result.ISOLATED);
    assertThat(machine.accesses())
        .containsExactly(
            "test PG_lru in page0.flags",
            "test PG_unevictable in page0.flags",
            "page0._refcount += 1 unless 0",
            "clear PG_lru in page0.flags");
  }

  @Test
  void reclaimLeavesAPageThatIsBeingFreedToTheFreer() {
    machine.set(0, PageFlag.LRU);
    assertThat(isolation.isolateForReclaim(machine.page(0))).isEqualTo(Isolation.Result.BUSY);
    assertThat(machine.has(0, PageFlag.LRU)).isTrue();
    assertThat(isolation.isolateForReclaim(machine.page(1))).isEqualTo(Isolation.Result.INVALID);
  }

  @Test
  void aDebugKernelDoesNotIsolateAPageThatNobodyHolds() {
    LoggedMachine debug = LoggedMachine.of(Kernel.DEBUG, "get-page", 1);
    assertThatThrownBy(() -> debug.mm.lru().isolation().isolateLruPage(debug.cpu(0), debug.page(0)))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("page_count");
  }
}
