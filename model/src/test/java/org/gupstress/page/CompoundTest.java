// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.LruList;
import org.junit.jupiter.api.Test;

/** Heads, tails and what says so. */
class CompoundTest {
  private final LoggedMachine machine =
      LoggedMachine.withKinds(Kernel.PRODUCTION, "get-page", 2, PageKind.HUGE, PageKind.HUGETLB);
  private final Page page = machine.mm.page();
  private final Compound compound = machine.mm.lru().compound();

  @Test
  void bitZeroOfTheTailLeadsToItsHead() {
    compound.bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    assertThat(machine.next(1)).isEqualTo(machine.page(0) | 1);
    assertThat(page.compoundHead(machine.page(1))).isEqualTo(machine.page(0));
    assertThat(page.headOf(machine.page(1))).isEqualTo(machine.page(0));
    assertThat(page.compoundHead(machine.page(0))).isEqualTo(machine.page(0));
    assertThat(page.isCompound(machine.page(0))).isTrue();
    compound.clearHead(machine.page(1));
    assertThat(page.compoundHead(machine.page(1))).isEqualTo(machine.page(1));
  }

  @Test
  void theTailKeepsDestructorOrderAndMapcountOverItsLinks() {
    compound.bootPrep(machine.page(0), Compound.HUGETLB_PAGE_DTOR);
    // little-endian: destructor at 16, order at 17, compound_mapcount at 20
    assertThat(machine.prev(1)).isEqualTo(0xffffffff_00000102L);
    assertThat(compound.isHugetlb(machine.page(0))).isTrue();
    compound.bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    assertThat(compound.isHugetlb(machine.page(0))).isFalse();
  }

  @Test
  void aReferenceThroughTheTailIsOneToTheHead() {
    compound.bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    page.bootRef(machine.page(0), Ref.MAP);
    page.get(machine.page(1), Ref.GUP);
    assertThat(machine.refs(0)).isEqualTo(2);
    assertThat(machine.refs(1)).isZero();
    machine.mm.lru().release().put(machine.cpu(0), machine.page(1), Ref.GUP);
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  @Test
  void aHugePageCountsOnItsListForAllItsPages() {
    compound.bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    page.bootRef(machine.page(0), Ref.MAP);
    machine.mm.lru().bootOnLru(machine.page(0));
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(2);
    assertThat(machine.mm.lru().isolation().isolateLruPage(machine.cpu(0), machine.page(0)))
        .isTrue();
    assertThat(machine.size(LruList.INACTIVE_FILE)).isZero();
  }

  /** putback of a huge page does not leave it in the pagevec, as it does a small one. */
  @Test
  void aCompoundPageDoesNotWaitInAPagevec() {
    compound.bootPrep(machine.page(0), Compound.TRANSHUGE_PAGE_DTOR);
    page.bootRef(machine.page(0), Ref.MAP);
    machine.mm.lru().pagevecs().lruCacheAdd(machine.cpu(0), machine.page(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).containsExactly(0);
    assertThat(machine.size(LruList.INACTIVE_FILE)).isEqualTo(2);
    assertThat(machine.refs(0)).isEqualTo(1);
  }

  /** What the scenarios of ordinary pages run is not changed by all this. */
  @Test
  void machinesWithoutTailsDoNotAskForThem() {
    LoggedMachine plain = LoggedMachine.production("get-page", 1);
    plain.forget();
    long p = plain.page(0);
    assertThat(plain.mm.page().headOf(p)).isEqualTo(p);
    assertThat(plain.mm.page().isCompound(p)).isFalse();
    assertThat(plain.mm.page().hpageNrPages(p)).isEqualTo(1);
    assertThat(plain.mm.page().isZoneDevice(p)).isFalse();
    assertThat(plain.accesses()).isEmpty();
  }
}
