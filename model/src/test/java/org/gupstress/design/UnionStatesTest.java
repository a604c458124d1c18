// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.memory.Cpu;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;

/** The literal words at 8 and 16 in the states of the 2018 postings, and what successors count. */
class UnionStatesTest {
  private static void pin(LoggedMachine m, int cpu) {
    m.mm.gup().pinPage(m.cpu(cpu), m.page(0), 0);
  }

  private static void unpin(LoggedMachine m, int cpu) {
    m.mm.design().unpin(m.mm, m.cpu(cpu), m.page(0));
  }

  @Test
  void novemberRemembersThatThePageWasOnAnLru() {
    LoggedMachine m = LoggedMachine.production("rfc-nov", 1);
    m.bootCached(0);
    pin(m, 0);
    pin(m, 1);
    assertThat(m.next(0)).isEqualTo(0xdead0000_00000114L);
    assertThat(m.prev(0)).isEqualTo(0xdead0000_00000002L);
    unpin(m, 0);
    unpin(m, 1);
    assertThat(m.next(0)).isEqualTo(0xdead0000_00000100L);
    assertThat(m.prev(0)).isEqualTo(0xdead0000_00000000L);
    m.mm.lru().pagevecs().drain(m.cpu(1));
    assertThat(m.has(0, PageFlag.LRU)).isTrue();
    assertThat(m.refs(0)).isEqualTo(1);
  }

  @Test
  void novemberPinsAFreshPageWithoutIsolation() {
    LoggedMachine m = LoggedMachine.production("rfc-nov", 1);
    m.bootInPagevec(0, 0);
    pin(m, 0);
    assertThat(m.next(0)).isEqualTo(0xdead0000_00000104L);
    assertThat(m.prev(0)).isEqualTo(0xdead0000_00000001L);
    m.mm.lru().pagevecs().drain(m.cpu(0));
    assertThat(m.has(0, PageFlag.LRU)).isFalse();
    assertThat(m.refs(0)).isEqualTo(2);
  }

  @Test
  void anUnpinOfAListedPageMovesTheLowHalfOfItsLink() {
    LoggedMachine m = LoggedMachine.production("rfc-nov", 1);
    m.bootCached(0);
    m.mm.page().bootRef(m.page(0), Ref.GUP);
    long before = m.prev(0);
    unpin(m, 0);
    assertThat(m.prev(0)).isEqualTo(before - 1);
  }

  @Test
  void octoberDoesNotPinAFreshPageAndSaysItDid() {
    LoggedMachine m = LoggedMachine.production("rfc-oct", 1);
    m.bootInPagevec(0, 0);
    pin(m, 0);
    assertThat(m.cpu(0).register(0)).isEqualTo(m.page(0));
    assertThat(m.mm.design().isPinned(m.mm, m.page(0))).isFalse();
    assertThat(m.next(0)).isEqualTo(0xdead0000_00000100L);
  }

  @Test
  void theFixedPostingDrainsThePagevecOfAnyCpuToPin() {
    LoggedMachine m = LoggedMachine.production("rfc-fixed", 1);
    m.bootInPagevec(1, 0);
    pin(m, 0);
    assertThat(m.cpu(0).register(0)).isEqualTo(m.page(0));
    assertThat(m.mm.design().pinCount(m.mm, m.page(0))).isEqualTo(1);
  }

  @Test
  void theFixedPostingFailsWherePinningIsImpossible() {
    LoggedMachine m = LoggedMachine.production("rfc-fixed", 1);
    m.bootCached(0);
    m.mm.lru().isolation().isolateLruPage(m.cpu(1), m.page(0));
    pin(m, 0);
    assertThat(m.cpu(0).register(0)).isZero();
    assertThat(m.refs(0)).isEqualTo(2);
  }

  @Test
  void theFixedPostingBringsActiveAndUnevictableBack() {
    for (PageFlag flag : new PageFlag[] {PageFlag.ACTIVE, PageFlag.UNEVICTABLE}) {
      LoggedMachine m = LoggedMachine.production("rfc-fixed", 1);
      m.bootCached(0, flag);
      pin(m, 0);
      m.mm.page().clear(m.page(0), flag);
      unpin(m, 0);
      assertThat(m.has(0, flag)).as(flag.name()).isTrue();
    }
  }

  @Test
  void follPinIsA1024thOfTheReferences() {
    LoggedMachine m = LoggedMachine.production("foll-pin", 1);
    m.bootCached(0);
    pin(m, 0);
    pin(m, 1);
    assertThat(m.refs(0)).isEqualTo(2049);
    assertThat(m.mm.design().pinCount(m.mm, m.page(0))).isEqualTo(2);
    assertThat(m.has(0, PageFlag.LRU)).isTrue();
    unpin(m, 0);
    assertThat(m.mm.design().isPinned(m.mm, m.page(0))).isTrue();
    unpin(m, 1);
    assertThat(m.mm.design().isPinned(m.mm, m.page(0))).isFalse();
    assertThat(m.refs(0)).isEqualTo(1);
  }

  @Test
  void follPinTakesManyPlainReferencesForAPin() {
    LoggedMachine m = LoggedMachine.production("foll-pin", 1);
    m.bootCached(0);
    m.mm.page().addRefs(m.page(0), Ref.LOOKUP, 1022);
    assertThat(m.mm.design().isPinned(m.mm, m.page(0))).isFalse();
    m.mm.page().addRefs(m.page(0), Ref.LOOKUP, 1);
    assertThat(m.mm.design().isPinned(m.mm, m.page(0))).isTrue();
  }

  @Test
  void pageExtCountsBesideThePage() {
    LoggedMachine m = LoggedMachine.production("page-ext", 1);
    m.bootCached(0);
    long next = m.next(0);
    pin(m, 0);
    Cpu other = m.cpu(1);
    pin(m, 1);
    assertThat(other.register(0)).isEqualTo(m.page(0));
    assertThat(m.memory.half(m.mm.ext(m.page(0)))).isEqualTo(2);
    assertThat(m.next(0)).isEqualTo(next);
    unpin(m, 0);
    assertThat(m.mm.design().pinCount(m.mm, m.page(0))).isEqualTo(1);
  }
}
