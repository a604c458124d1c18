// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lists of a node and their sizes. */
class LruvecTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 3);
  private final Lruvec lruvec = machine.mm.lru().lruvec();

  @Test
  void aPageComesToTheHeadOrTheTailAndIsCounted() {
    lruvec.add(machine.page(0), LruList.ACTIVE_FILE);
    lruvec.add(machine.page(1), LruList.ACTIVE_FILE);
    lruvec.addTail(machine.page(2), LruList.ACTIVE_FILE);
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(1, 0, 2);
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(3);
    lruvec.moveTail(machine.page(1), LruList.ACTIVE_FILE);
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0, 2, 1);
    lruvec.del(machine.page(2), LruList.ACTIVE_FILE);
    assertThat(machine.on(LruList.ACTIVE_FILE)).containsExactly(0, 1);
    assertThat(machine.size(LruList.ACTIVE_FILE)).isEqualTo(2);
  }

  /** update_lru_size comes first in add_page_to_lru_list and last in del_page_from_lru_list. */
  @Test
  void theSizeIsNeverSmallerThanTheList() {
    machine.forget();
    String size = "lru_size[active_file]";
    lruvec.add(machine.page(0), LruList.ACTIVE_FILE);
    assertThat(machine.accesses().get(0)).contains(size);
    machine.forget();
    lruvec.del(machine.page(0), LruList.ACTIVE_FILE);
    List<String> accesses = machine.accesses();
    assertThat(accesses.get(accesses.size() - 1)).contains(size);
  }

  @ParameterizedTest
  @CsvSource({
    "UNEVICTABLE, ACTIVE, UNEVICTABLE",
    "ACTIVE, UNEVICTABLE, ACTIVE_FILE",
    "REFERENCED, ACTIVE, INACTIVE_FILE"
  })
  void theFlagOfTheListGoesWithTheListOfAPageThatNobodyHolds(
      PageFlag flag, PageFlag absent, LruList on) {
    machine.set(0, flag);
    lruvec.add(machine.page(0), on);
    lruvec.delOff(machine.page(0));
    assertThat(machine.on(on)).isEmpty();
    assertThat(machine.size(on)).isZero();
    assertThat(machine.has(0, flag)).isEqualTo(flag == PageFlag.REFERENCED);
    assertThat(machine.has(0, absent)).isFalse();
  }

  /** lru_deactivate_file_fn: to the head, and a page that can be dropped at once to the tail. */
  @ParameterizedTest
  @CsvSource({"DIRTY, true", "WRITEBACK, true", "UPTODATE, false"})
  void aDeactivatedPageGoesToTheHeadIfItWaitsForTheDiskAndToTheTailIfItIsClean(
      PageFlag flag, boolean atHead) {
    machine.set(0, flag);
    machine.bootCached(0);
    machine.bootCached(1);
    machine.mm.lru().pagevecs().deactivateFilePage(machine.cpu(0), machine.page(0));
    machine.forget();
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(machine.on(LruList.INACTIVE_FILE)).isEqualTo(atHead ? List.of(0, 1) : List.of(1, 0));
    assertThat(machine.accesses()).contains("inactive_file.next := &page0.lru");
    assertThat(machine.has(0, PageFlag.RECLAIM)).isEqualTo(atHead);
  }
}
