// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same word says different things in a pte and in the union. */
class ValuesTest {
  private final Arena arena = new Arena(1);
  private final long page = arena.shared("vmemmap", 64, 64);
  private final long pte = arena.shared("pte0", 8, 8);

  ValuesTest() {
    arena.define(page, "page0.flags");
    arena.define(page + 8, "page0.lru.next");
  }

  @ParameterizedTest
  @ValueSource(longs = {0x1, 0x3, 0x9, 0xf, 0x11, 0x21, 0x3f, 0x2})
  void aPteShowsAllItsFlags(long flags) {
    assertThat(Values.word(arena, pte, page | flags))
        .isEqualTo("&page0|0x" + Long.toHexString(flags));
  }

  @Test
  void anEmptyPteIsZero() {
    assertThat(Values.word(arena, pte, 0)).isEqualTo("0");
  }

  @Test
  void elsewhereTheWordMayPointToTheLinksOfThePage() {
    assertThat(Values.word(arena, page + 8, page + 9)).isEqualTo("&page0.lru|0x1");
    assertThat(Values.word(arena, page + 8, page + 1)).isEqualTo("&page0|0x1");
  }
}
