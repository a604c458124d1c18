// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.Values;
import org.gupstress.scenario.Boot;
import org.junit.jupiter.api.Test;

/** ZONE_DEVICE pages: gup by devmap ptes, and put_page that frees at one. */
class DevPagemapTest {
  private static LoggedMachine machine(String design) {
    LoggedMachine machine = LoggedMachine.withKinds(Kernel.PRODUCTION, design, 1, PageKind.DEVICE);
    Boot.device(machine.mm, 0);
    return machine.forget();
  }

  private static void unpin(LoggedMachine machine) {
    machine.mm.design().unpin(machine.mm, machine.cpu(0), machine.page(0));
  }

  @Test
  void anIdleDevicePageHasOneReferenceAndItsPagemapInTheFirstWord() {
    LoggedMachine machine = machine("get-page");
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.arena.name(machine.next(0))).isEqualTo("pgmap");
    assertThat(machine.prev(0)).isEqualTo(Values.LIST_POISON2);
    assertThat(machine.mm.lru().devices().references()).isEqualTo(2);
  }

  @Test
  void fastGupHoldsThePagemapOnlyWhileItLooks() {
    LoggedMachine machine = machine("get-page");
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(machine.accesses())
        .containsExactly(
            "read pte0",
            "read pgmap.ref",
            "pgmap_ref += 1 unless 0",
            "test 0x1 in page0.lru.next",
            "page0._refcount += 1 unless 0",
            "read pte0",
            "set PG_referenced in page0.flags",
            "read pgmap.ref",
            "pgmap_ref -= 1",
            "cpu0.r3 := &page0");
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void slowGupPutsThePagemapAsSoonAsItHasThePage() {
    LoggedMachine machine = machine("get-page");
    machine.mm.gup().getUserPages(machine.cpu(0), 0, 3);
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock ptl",
            "pgmap_ref += 1 unless 0",
            "page0._refcount += 1",
            "pgmap_ref -= 1",
            "set PG_referenced in page0.flags",
            "spin_unlock ptl");
  }

  @Test
  void whereTheDeviceIsGoingAwayNobodyGetsItsPages() {
    LoggedMachine machine = machine("get-page");
    machine.mm.lru().devices().put();
    machine.mm.lru().devices().put();
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 3);
    assertThat(machine.cpu(0).register(3)).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void putPageLooksIntoThePagemapAndTellsTheDriverAtOne() {
    LoggedMachine machine = machine("get-page");
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.mm.page().bootRef(machine.page(0), Ref.GUP);
    machine.forget();
    unpin(machine);
    assertThat(machine.accesses())
        .containsExactly(
            "test 0x1 in page0.lru.next",
            "test ZONE_DEVICE in page0.flags",
            "read page0.lru.next",
            "read pgmap.type",
            "page0._refcount -= 1, left?");
    unpin(machine);
    assertThat(machine.accesses())
        .endsWith(
            "page0._refcount -= 1, left?",
            "clear PG_active in page0.flags",
            "read page0.lru.next",
            "read pgmap.page_free",
            "read pgmap.data",
            "idle_page_wait := 1");
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  /** The last reference of all is the device's own: __put_page drops the page's of the pagemap. */
  @Test
  void theDevicesOwnReferenceHoldsThePagemap() {
    LoggedMachine machine = machine("get-page");
    machine.mm.lru().release().put(machine.cpu(0), machine.page(0), Ref.OWNER);
    assertThat(machine.refs(0)).isZero();
    assertThat(machine.mm.lru().devices().references()).isEqualTo(1);
  }

  /** set_bit(2) moves the pointer, and what put_page takes for the type is padding. */
  @Test
  void theNovemberFlagMovesThePagemap() {
    LoggedMachine machine = machine("rfc-nov");
    long pgmap = machine.next(0);
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 0);
    assertThat(machine.next(0)).isEqualTo(pgmap + 4);
    assertThat(machine.prev(0)).isEqualTo(0xdead0000_00000001L);
    machine.mm.page().bootRef(machine.page(0), Ref.LOOKUP);
    machine.forget();
    machine.mm.lru().release().put(machine.cpu(0), machine.page(0), Ref.LOOKUP);
    assertThat(machine.accesses()).contains("read pgmap.type+4", "page0._refcount -= 1, zero?");
    unpin(machine);
    assertThat(machine.next(0)).isEqualTo(pgmap);
  }

  /**
   * The uncounted unpins of October count down the poison with which hmm_data was seeded, 0x200.
   * The 512th finds zero, and INIT_LIST_HEAD goes over pgmap.
   */
  @Test
  void the512thUnpinOfOctoberOverwritesThePagemap() {
    LoggedMachine machine = machine("rfc-oct");
    long pgmap = machine.next(0);
    for (int pins = 1; pins <= 512; pins++) {
      assertThat(machine.next(0)).as("before unpin " + pins).isEqualTo(pgmap);
      machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 0);
      unpin(machine);
    }
    assertThat(machine.next(0)).isEqualTo(machine.page(0) + PageLayout.LRU);
  }
}
