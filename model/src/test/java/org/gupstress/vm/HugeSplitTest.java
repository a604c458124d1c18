// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.design.LoggedMachine;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.lru.LruList;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** split_huge_page of a page of two: who prevents it, and where the pages are afterwards. */
class HugeSplitTest {
  private final LoggedMachine machine = machine(Kernel.PRODUCTION, "get-page");

  private static LoggedMachine machine(Kernel kernel, String design) {
    LoggedMachine machine = LoggedMachine.withKinds(kernel, design, 2, PageKind.HUGE);
    Boot.huge(machine.mm, 0);
    return machine.forget();
  }

  private static boolean splitAt(LoggedMachine on, int pte) {
    return on.mm.hugeSplit().splitMapped(on.cpu(1), pte);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theTailTakesItsPlaceOnTheListBeforeItsHead(int pte) {
    machine.set(0, PageFlag.REFERENCED);
    assertThat(splitAt(machine, pte)).isTrue();
    assertThat(machine.on(LruList.INACTIVE_ANON)).containsExactly(1, 0);
    assertThat(machine.size(LruList.INACTIVE_ANON)).isEqualTo(2);
    for (int number = 0; number < 2; number++) {
      assertThat(machine.refs(number)).isEqualTo(1);
      assertThat(machine.has(number, PageFlag.LRU)).isTrue();
      assertThat(machine.has(number, PageFlag.SWAPBACKED)).isTrue();
      assertThat(machine.has(number, PageFlag.REFERENCED)).isTrue();
      assertThat(machine.has(number, PageFlag.HEAD)).isFalse();
      assertThat(machine.has(number, PageFlag.LOCKED)).isFalse();
      assertThat(machine.mm.pageTable().maps(number, machine.page(number))).isTrue();
    }
  }

  @Test
  void theTailIsAPageOfItsOwnBeforeAnybodyCanGetIt() {
    assertThat(splitAt(machine, 0)).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock lru_lock",
            "cmpxchg page0._refcount 1 -> 0",
            "page1.lru.next := 0",
            "page1._refcount := 1",
            "set PG_lru in page1.flags",
            "clear PG_head in page0.flags",
            "page0._refcount += 1",
            "spin_unlock lru_lock",
            "page1._refcount -= 1, zero?");
  }

  /** the head of a page that October has unpinned is on no list, and stays there. */
  @Test
  void theTailGoesOnAListAloneWhereTheHeadIsOnNone() {
    assertThat(machine.mm.lru().isolation().isolateLruPage(machine.cpu(0), machine.page(0)))
        .isTrue();
    machine.mm.lru().release().put(machine.cpu(0), machine.page(0), Ref.ISO);
    assertThat(splitAt(machine, 1)).isTrue();
    assertThat(machine.on(LruList.INACTIVE_ANON)).containsExactly(1);
    assertThat(machine.size(LruList.INACTIVE_ANON)).isEqualTo(1);
    assertThat(machine.has(0, PageFlag.LRU)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
  void aPinThroughTheTailPreventsTheSplit(String design) {
    LoggedMachine pinned = machine(Kernel.DEBUG, design);
    pinned.mm.gup().getUserPages(pinned.cpu(0), 1, 3);
    assertThat(pinned.cpu(0).register(3)).isEqualTo(pinned.page(0));
    assertThat(splitAt(pinned, 1)).isFalse();
    assertThat(pinned.has(0, PageFlag.HEAD)).isTrue();
    assertThat(pinned.has(0, PageFlag.LOCKED)).isFalse();
    assertThat(pinned.mm.pageTable().mappings(pinned.page(1))).isEqualTo(1);
    pinned.mm.design().unpin(pinned.mm, pinned.cpu(0), pinned.page(0));
    assertThat(splitAt(pinned, 1)).isTrue();
  }

  @Test
  void whatIsLockedSplitOrNotMappedIsLeftAlone() {
    machine.set(0, PageFlag.LOCKED);
    assertThat(splitAt(machine, 0)).isFalse();
    assertThat(machine.refs(0)).isEqualTo(2);
    machine.mm.page().clear(machine.page(0), PageFlag.LOCKED);
    assertThat(splitAt(machine, 0)).isTrue();
    assertThat(splitAt(machine, 0)).isFalse();
    machine.mm.faults().unmap(machine.cpu(0), 0);
    assertThat(splitAt(machine, 0)).isFalse();
  }

  /**
   * Slow gup meets migration entries and frozen pages, and the claims hold all the same; but what
   * rfc-fixed has pinned is in no LRU size.
   */
  @ParameterizedTest
  @ValueSource(strings = {"get-page", "rfc-fixed", "page-ext", "foll-pin"})
  void gupAgainstSplitIsSafe(String design) {
    PinDesign with = Runs.design(design);
    for (Kernel kernel : Kernel.usual()) {
      Result result = Explorer.explore(Plan.usual(with, gupVsSplit(), kernel), Options.DEFAULT);
      Set<Harm> known = design.equals("rfc-fixed") ? Set.of(Harm.ACCOUNTING) : Set.of();
      assertThat(result.violations().keySet()).isEqualTo(known);
      assertThat(result.unmet()).isEmpty();
      assertThat(result.stopped()).isNull();
    }
  }

  private static Spec gupVsSplit() {
    return Spec.named("gup-vs-split", "gup of a tail while the huge page is split")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .kinds(PageKind.HUGE)
        .boot(mm -> Boot.huge(mm, 0))
        .program(
            (role, rounds, design) -> role == 1 ? List.of(split(0)) : List.of(gup(1, 0), unpin(0)))
        .sometimes(
            "gup ran while the pte was a migration entry",
            m -> "gup".equals(m.running(0))
                && PageTable.isMigration(m.mm().pageTable().readPte(1)))
        .sometimes(
            "somebody held the page whose ptes were migration entries",
            m -> PageTable.isMigration(m.mm().pageTable().readPte(0))
                && PageTable.isMigration(m.mm().pageTable().readPte(1))
                && m.mm().page().references(m.mm().page().address(0)) >= 2)
        .sometimes("the huge page was pinned", m -> m.pages().live(0) > 0)
        .sometimes("the tail was pinned as a page of its own", m -> m.pages().live(1) > 0);
  }
}
