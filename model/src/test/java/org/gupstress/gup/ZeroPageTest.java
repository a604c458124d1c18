// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Boot;
import org.gupstress.vm.Faults;
import org.junit.jupiter.api.Test;

/** Reads of untouched memory all find one page, which no pte counts. */
class ZeroPageTest {
  private final LoggedMachine machine =
      LoggedMachine.withKinds(Kernel.PRODUCTION, "get-page", 2, PageKind.ZERO);

  ZeroPageTest() {
    Boot.zeroPage(machine.mm);
    machine.forget();
  }

  @Test
  void aReadFaultMapsTheZeroPageWithoutAReference() {
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 1, 3);
    assertThat(machine.cpu(0).register(3)).isEqualTo(machine.page(Faults.ZERO_PAGE));
    assertThat(machine.mm.pageTable().maps(1, machine.page(0))).isTrue();
    assertThat(machine.mm.pageTable().mappings(machine.page(0))).isZero();
    // the one that it is born with, and that of gup
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void aWriteFaultBringsAPageOfItsOwn() {
    machine.mm.lru().bootFree(machine.cpu(0), machine.page(1));
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 1, 3, true);
    assertThat(machine.cpu(0).register(3)).isEqualTo(machine.page(1));
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void theFastPathStopsAtASpecialPte() {
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 1, 3);
    machine.forget();
    machine.mm.gup().getUserPagesFast(machine.cpu(1), 1, 3);
    assertThat(machine.accesses())
        .startsWith("read pte1", "spin_lock ptl", "read pte1", "test 0x1 in page0.lru.next")
        .noneMatch(a -> a.contains("unless 0"));
    assertThat(machine.refs(0)).isEqualTo(3);
  }

  @Test
  void unmapLeavesTheZeroPageAsItIs() {
    machine.mm.faults().handle(machine.cpu(0), 1, false);
    assertThat(machine.mm.faults().unmap(machine.cpu(0), 1)).isTrue();
    assertThat(machine.mm.pageTable().readPte(1)).isZero();
    assertThat(machine.refs(0)).isEqualTo(1);
    assertThat(machine.memory.half(machine.page(0) + PageLayout.MAPCOUNT)).isEqualTo(-1);
  }

  @Test
  void whoeverMappedSomethingMeanwhileKeepsIt() {
    machine.bootCached(1);
    machine.mm.pageTable().bootMap(1, machine.page(1));
    machine.mm.faults().handle(machine.cpu(0), 1, false);
    assertThat(machine.mm.pageTable().maps(1, machine.page(1))).isTrue();
  }
}
