// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.page.PageLayout;
import org.junit.jupiter.api.Test;

/** The page cache of one file. */
class AddressSpaceTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 2);
  private final AddressSpace cache = machine.mm.addressSpace();

  @Test
  void aPageInTheCacheKnowsItsPlaceAndIsHeldOnce() {
    cache.bootAdd(1, machine.page(0));
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(cache.holders(machine.page(0))).isEqualTo(1);
    assertThat(cache.holders(machine.page(1))).isZero();
    assertThat(machine.memory.word(machine.page(0) + PageLayout.INDEX)).isEqualTo(1);
    assertThat(machine.memory.word(machine.page(0) + PageLayout.MAPPING)).isNotZero();
  }

  @Test
  void deletingEmptiesTheSlotAndTheMappingAndLeavesReferencesToTheCaller() {
    cache.bootAdd(0, machine.page(1));
    cache.bootAdd(1, machine.page(0));
    machine.forget();
    cache.delete(machine.page(0));
    assertThat(machine.accesses())
        .containsExactly("read page0.index", "slot1 := 0", "page0.mapping := 0");
    assertThat(cache.holders(machine.page(0))).isZero();
    assertThat(cache.holders(machine.page(1))).isEqualTo(1);
    assertThat(machine.refs(0)).isEqualTo(1);
  }
}
