// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.Pagevecs.Kind;
import org.gupstress.memory.KernelBug;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;

/** Pagevecs: when they are flushed, what carries references, and what cancels a deferred move. */
class PagevecsTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 3);
  private final Pagevecs pagevecs = machine.mm.lru().pagevecs();

  /** A page with one reference of the page cache, on no list. */
  private long cached(int number) {
    machine.mm.addressSpace().bootAdd(number, machine.page(number));
    return machine.page(number);
  }

  @Test
  void thePagevecIsFlushedWhenItsLastSlotIsFilled() {
    pagevecs.lruCacheAdd(machine.cpu(0), cached(0));
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    pagevecs.lruCacheAdd(machine.cpu(0), cached(1));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1, 0);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(2);
    for (int p = 0; p < 2; p++) {
      assertThat(machine.refs(p)).isEqualTo(1);
      assertThat(machine.has(p, PageFlag.LRU)).isTrue();
      assertThat(pagevecs.contains(0, Kind.LRU_ADD, machine.page(p))).isFalse();
    }
  }

  @Test
  void eachCpuFillsItsOwn() {
    pagevecs.lruCacheAdd(machine.cpu(0), cached(0));
    pagevecs.lruCacheAdd(machine.cpu(1), cached(1));
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEmpty();
    pagevecs.drain(machine.cpu(1));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1);
  }

  @Test
  void referencesAreDroppedAfterTheLockIs() {
    cached(0);
    pagevecs.lruCacheAdd(machine.cpu(0), machine.page(0));
    machine.forget();
    pagevecs.drain(machine.cpu(0));
    List<String> accesses = machine.accesses();
    assertThat(accesses)
        .containsSubsequence(
            "spin_lock lru_lock",
            "test_and_clear PG_unevictable in page0.flags",
            "set PG_lru in page0.flags",
            "lru_size[inactive_file] += 1",
            "inactive_file.prev := &page0.lru",
            "page0.lru.next := &inactive_file",
            "page0.lru.prev := &inactive_file",
            "inactive_file.next := &page0.lru",
            "spin_unlock lru_lock",
            "page0._refcount -= 1, zero?");
    assertThat(accesses.stream().filter(a -> a.contains("_refcount"))).hasSize(1);
  }

  @Test
  void aDrainOfEmptyPagevecsTakesNoLock() {
    machine.forget();
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.accesses())
        .containsExactly(
            "read cpu0.lru_add.nr",
            "read cpu0.rotate.nr",
            "read cpu0.deactivate.nr",
            "read cpu0.activate.nr");
  }

  @Test
  void aPageWhoseLastReferenceIsThatOfThePagevecIsFreedByTheDrain() {
    long p = cached(0);
    pagevecs.lruCacheAdd(machine.cpu(0), p);
    machine.mm.addressSpace().delete(p);
    machine.mm.lru().release().put(machine.cpu(0), p, Ref.CACHE);
    assertThat(machine.refs(0)).isEqualTo(1);
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEmpty();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isZero();
    assertThat(machine.mm.lru().allocator().alloc(machine.cpu(0))).isEqualTo(p);
  }

  @Test
  void theListIsThatOfTheFlagsAtTheTimeOfTheDrain() {
    machine.set(0, PageFlag.SWAPBACKED);
    pagevecs.lruCacheAdd(machine.cpu(0), cached(0));
    machine.set(0, PageFlag.ACTIVE);
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.on(LruList.ACTIVE_ANON)).containsExactly(0);
  }

  @Test
  void anMlockedPageGoesToTheUnevictableListAndIsNotActiveThere() {
    machine.set(0, PageFlag.MLOCKED, PageFlag.ACTIVE);
    pagevecs.lruCacheAdd(machine.cpu(0), cached(0));
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.on(LruList.UNEVICTABLE)).containsExactly(0);
    assertThat(machine.has(0, PageFlag.UNEVICTABLE)).isTrue();
    assertThat(machine.has(0, PageFlag.ACTIVE)).isFalse();
  }

  // ---- deferred moves

  @Test
  void activationMovesThePageWhenItIsDrained() {
    machine.bootCached(0);
    pagevecs.activatePage(machine.cpu(0), machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isZero();
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(1);
  }

  @Test
  void isolationCancelsADeferredActivation() {
    machine.bootCached(0);
    pagevecs.activatePage(machine.cpu(0), machine.page(0));
    machine.mm.lru().isolation().isolateLruPage(machine.cpu(1), machine.page(0));
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.has(0, PageFlag.ACTIVE)).isFalse();
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.on(LruList.ACTIVE_FILE)).isEmpty();
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEmpty();
  }

  @Test
  void whatIsActiveUnevictableOrOffTheLruIsNotQueuedForActivation() {
    machine.bootCached(0, PageFlag.ACTIVE);
    machine.bootCached(1, PageFlag.UNEVICTABLE);
    cached(2);
    for (int p = 0; p < 3; p++) {
      pagevecs.activatePage(machine.cpu(0), machine.page(p));
      assertThat(machine.refs(p)).isEqualTo(1);
    }
  }

  @Test
  void rotationMovesACleanPageToTheTail() {
    machine.bootCached(0);
    machine.bootCached(1);
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1, 0);
    pagevecs.rotateReclaimablePage(machine.cpu(0), machine.page(1));
    pagevecs.drain(machine.cpu(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0, 1);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(2);
    machine.set(0, PageFlag.DIRTY);
    pagevecs.rotateReclaimablePage(machine.cpu(0), machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void deactivationSendsCleanPagesToTheTailAndDirtyOnesToTheHeadForReclaim() {
    machine.bootCached(0, PageFlag.ACTIVE, PageFlag.REFERENCED);
    machine.bootCached(1, PageFlag.ACTIVE, PageFlag.DIRTY);
    machine.bootCached(2);
    pagevecs.deactivateFilePage(machine.cpu(0), machine.page(0));
    pagevecs.deactivateFilePage(machine.cpu(0), machine.page(1));
    assertThat(machine.on(LruList.ACTIVE_FILE)).isEmpty();
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(1, 2, 0);
    assertThat(machine.has(0, PageFlag.REFERENCED)).isFalse();
    assertThat(machine.has(0, PageFlag.RECLAIM)).isFalse();
    assertThat(machine.has(1, PageFlag.RECLAIM)).isTrue();
  }

  @Test
  void aDebugKernelAssertsThatAPageInThePagevecIsNotOnAnLru() {
    LoggedMachine debug = LoggedMachine.of(Kernel.DEBUG, "get-page", 1);
    debug.bootCached(0);
    assertThatThrownBy(() -> debug.mm.lru().pagevecs().lruCacheAdd(debug.cpu(0), debug.page(0)))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("PageLRU(page) in lru_cache_add");
  }

  @Test
  void drainAllReachesThePagevecsOfOtherCpusWhereADesignAsksForIt() {
    LoggedMachine fixed = LoggedMachine.production("rfc-fixed", 2);
    fixed.bootInPagevec(0, 0);
    fixed.bootInPagevec(1, 1);
    fixed.mm.lru().pagevecs().drainAll(fixed.cpu(0));
    assertThat(fixed.on(LruList.INACTIVE_FILE)).containsExactly(1, 0);
  }
}
