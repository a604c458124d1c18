// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The five lists of a node, and which page belongs on which. */
class NodeTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 2);
  private final Node node = machine.mm.lru().node();

  @Test
  void headsStandSixteenBytesApartAndBitFourOfTheirAddressesAlternates() {
    for (LruList list : LruList.values()) {
      long head = node.head(list);
      assertThat(head).isEqualTo(node.head(LruList.INACTIVE_ANON) + 16L * list.ordinal());
      assertThat(head >>> 4 & 1).as(list.id()).isEqualTo(list.ordinal() % 2);
      assertThat(head & 0xf).as("low bits of " + list.id()).isZero();
      assertThat(node.isHead(head)).isTrue();
    }
    assertThat(node.isHead(node.head(LruList.INACTIVE_ANON) - 16)).isFalse();
    assertThat(node.isHead(node.head(LruList.UNEVICTABLE) + 16)).isFalse();
  }

  @Test
  void aPointerToAPagesLruHasBitThreeSetAndBitsZeroToTwoAndFourAndFiveClear() {
    for (int p = 0; p < 2; p++) {
      assertThat(machine.page(p) + 8 & 0x3f).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', INACTIVE_FILE",
    "ACTIVE, ACTIVE_FILE",
    "SWAPBACKED, INACTIVE_ANON",
    "SWAPBACKED ACTIVE, ACTIVE_ANON",
    "UNEVICTABLE, UNEVICTABLE",
    "UNEVICTABLE ACTIVE SWAPBACKED, UNEVICTABLE",
    "LRU DIRTY MLOCKED, INACTIVE_FILE"
  })
  void theFlagsNameTheList(String flags, LruList list) {
    long mask = 0;
    for (String flag : flags.isEmpty() ? new String[0] : flags.split(" ", -1)) {
      mask |= PageFlag.valueOf(flag).mask();
    }
    assertThat(LruList.of(mask)).isEqualTo(list);
    assertThat(LruList.of(mask & LruList.DECIDING)).isEqualTo(list);
  }

  @Test
  void theListsAreNumberedAsInTheKernel() {
    assertThat(LruList.values())
        .containsExactly(
            LruList.INACTIVE_ANON,
            LruList.ACTIVE_ANON,
            LruList.INACTIVE_FILE,
            LruList.ACTIVE_FILE,
            LruList.UNEVICTABLE);
  }
}
