// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.KernelBug;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** commit_charge takes the page off its LRU and puts it back, all under lru_lock. */
class MemcgTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 1);

  private void charge(LoggedMachine on) {
    on.mm.lru().memcg().commitCharge(on.cpu(0), on.page(0));
  }

  @Test
  void aPageOnAnLruIsOffItsListWhileItIsCharged() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.forget();
    charge(machine);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock",
            "clear PG_lru in page0.flags",
            "page0.lru.next := LIST_POISON1",
            "lru_size[active_file] -= 1",
            "page0.mem_cgroup := &inactive_anon",
            "set PG_lru in page0.flags",
            "active_file.next := &page0.lru",
            "spin_unlock lru_lock");
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0);
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(1);
  }

  @Test
  void aPageOnNoLruIsChargedAndLeftWhereItIs() {
    machine.bootInPagevec(0, 0);
    charge(machine);
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    assertThat(machine.memory.word(machine.page(0) + PageLayout.MEM_CGROUP)).isNotZero();
    assertThat(machine.accesses()).endsWith("spin_unlock lru_lock");
  }

  /** The assertion of the postings: PageLRU and PageDmaPinned exclude each other. */
  @ParameterizedTest
  @ValueSource(strings = {"rfc-oct", "rfc-nov"})
  void aDebugKernelStopsWhereAPageIsPinnedAndOnAnLru(String design) {
    LoggedMachine debug = LoggedMachine.of(Kernel.DEBUG, design, 1);
    debug.bootCached(0);
    charge(debug);
    long flag = debug.mm.design().discriminators() & -debug.mm.design().discriminators();
    debug.memory.setBits64(debug.page(0) + PageLayout.DMA_PINNED_FLAGS, flag);
    assertThatThrownBy(() -> charge(debug))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("PageDmaPinned(page) in lock_page_lru");
    // pinned and off the LRU is as it should be
    debug.mm.page().clear(debug.page(0), PageFlag.LRU);
    assertThatCode(() -> charge(debug)).doesNotThrowAnyException();
  }
}
