// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * October's pin and unpin of a page alone on its list, without contention, make exactly these
 * accesses in this order. An independent model of the same protocol has the same ones, so that the
 * states and final outcomes of the two can be set side by side.
 */
class PinUnpinAccessesTest {
  private static final List<String> FIRST_PIN = List.of(
      // get_page
      "test 0x1 in page0.lru.next",
      "page0._refcount += 1",
      // pin_page_for_dma
      "spin_lock gup_lock",
      "test 0x2 in page0.lru.next",
      // isolate_lru_page
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
      "spin_unlock lru_lock",
      // so that the free check will not complain
      "clear PG_active in page0.flags",
      "clear PG_unevictable in page0.flags",
      // put_page of the isolation's reference
      "test 0x1 in page0.lru.next",
      "page0._refcount -= 1, zero?",
      // atomic_set and SetPageDmaPinned
      "page0.lru.prev := 1",
      "page0.lru.next := 2",
      "spin_unlock gup_lock",
      // where the caller keeps the page
      "cpu0.r0 := &page0");

  private static final List<String> LAST_UNPIN = List.of(
      "page0.lru.prev -= 1, zero?",
      "spin_lock gup_lock",
      "page0.lru.prev == 0?",
      "page0.lru.next := &page0.lru",
      "page0.lru.prev := &page0.lru",
      "spin_unlock gup_lock",
      "test 0x1 in page0.lru.next",
      "page0._refcount -= 1, zero?");

  private final LoggedMachine machine = LoggedMachine.production("rfc-oct", 1);

  @Test
  void theFirstPin() {
    machine.bootCached(0);
    machine.forget();
    machine.mm.gup().pinPage(machine.cpu(0), machine.page(0), 0);
    assertThat(machine.accesses()).containsExactlyElementsOf(FIRST_PIN);
    assertThat(machine.next(0)).isEqualTo(2);
    assertThat(machine.prev(0)).isEqualTo(0xdead0000_00000001L);
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void theSecondPinOnlyCounts() {
    machine.bootCached(0);
    machine.mm.gup().pinPage(machine.cpu(0), machine.page(0), 0);
    machine.forget();
    machine.mm.gup().pinPage(machine.cpu(1), machine.page(0), 0);
    assertThat(machine.accesses())
        .containsExactly(
            "test 0x1 in page0.lru.next",
            "page0._refcount += 1",
            "spin_lock gup_lock",
            "test 0x2 in page0.lru.next",
            "page0.lru.prev += 1",
            "spin_unlock gup_lock",
            "cpu1.r0 := &page0");
    assertThat(machine.prev(0)).isEqualTo(0xdead0000_00000002L);
  }

  @Test
  void theLastUnpinLeavesThePageLinkedToItself() {
    machine.bootCached(0);
    machine.mm.gup().pinPage(machine.cpu(0), machine.page(0), 0);
    machine.forget();
    machine.mm.design().unpin(machine.mm, machine.cpu(0), machine.page(0));
    assertThat(machine.accesses()).containsExactlyElementsOf(LAST_UNPIN);
    assertThat(machine.next(0)).isEqualTo(machine.page(0) + 8);
    assertThat(machine.prev(0)).isEqualTo(machine.page(0) + 8);
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  /** The control: November does something else. */
  @Test
  void novemberMakesOtherAccesses() {
    LoggedMachine november = LoggedMachine.production("rfc-nov", 1);
    november.bootCached(0);
    november.forget();
    november.mm.gup().pinPage(november.cpu(0), november.page(0), 0);
    assertThat(november.accesses()).isNotEqualTo(FIRST_PIN);
    assertThat(november.next(0)).isEqualTo(0xdead0000_00000114L);
    assertThat(november.prev(0)).isEqualTo(0xdead0000_00000001L);
    assertThat(november.refs(0)).isEqualTo(3);
  }
}
