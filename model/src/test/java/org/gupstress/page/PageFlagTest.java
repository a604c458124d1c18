// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.memory.Values;
import org.junit.jupiter.api.Test;

/** Bit numbers and constants of Linux 4.19 on x86-64. */
class PageFlagTest {
  private static final String ORDER = "locked0 error1 referenced2 uptodate3 dirty4 lru5 active6"
      + " waiters7 slab8 owner_priv_1=9 arch_1=10 reserved11 private12 private_2=13 writeback14 head15"
      + " mappedtodisk16 reclaim17 swapbacked18 unevictable19 mlocked20"
      // since 5.19, of anonymous pages
      + " anon_exclusive16";

  @Test
  void everyFlagHasItsBit() {
    Set<PageFlag> named = EnumSet.noneOf(PageFlag.class);
    Matcher m = Pattern.compile("([a-z]+(?:_[a-z]+)?(?:_[0-9]=)?)(\\d+)").matcher(ORDER);
    while (m.find()) {
      PageFlag flag = PageFlag.valueOf(m.group(1).replace("=", "").toUpperCase(Locale.ROOT));
      assertThat(flag.bit()).as(flag.name()).isEqualTo(Integer.parseInt(m.group(2)));
      assertThat(flag.mask()).as(flag.name()).isEqualTo(1L << flag.bit());
      named.add(flag);
    }
    assertThat(named).isEqualTo(EnumSet.allOf(PageFlag.class));
  }

  @Test
  void oneOfTwoNamesOfABitIsRight() {
    Kernel before = Kernel.PRODUCTION.as(Release.V5_15);
    Kernel after = Kernel.PRODUCTION.as(Release.V6_18);
    assertThat(PageFlag.MAPPEDTODISK.isOf(before)).isTrue();
    assertThat(PageFlag.ANON_EXCLUSIVE.isOf(before)).isFalse();
    assertThat(PageFlag.MAPPEDTODISK.isOf(after)).isFalse();
    assertThat(PageFlag.ANON_EXCLUSIVE.isOf(after)).isTrue();
    assertThat(PageFlag.LRU.isOf(before)).isTrue();
  }

  @Test
  void theFlagsThatMustBeClearAtFreeAreThoseOfTheKernel() {
    Set<PageFlag> checked = EnumSet.noneOf(PageFlag.class);
    for (PageFlag flag : PageFlag.values()) {
      if ((PageFlag.CHECK_AT_FREE & flag.mask()) != 0) {
        checked.add(flag);
      }
    }
    assertThat(checked)
        .isEqualTo(EnumSet.of(
            PageFlag.LRU,
            PageFlag.LOCKED,
            PageFlag.PRIVATE,
            PageFlag.PRIVATE_2,
            PageFlag.WRITEBACK,
            PageFlag.RESERVED,
            PageFlag.SLAB,
            PageFlag.ACTIVE,
            PageFlag.UNEVICTABLE,
            PageFlag.MLOCKED));
    assertThat(Long.bitCount(PageFlag.CHECK_AT_FREE)).isEqualTo(checked.size());
  }

  @Test
  void poisonIsThatOfLinux419AndLeavesBitZeroAlone() {
    assertThat(Values.LIST_POISON1).isEqualTo(0xdead000000000100L);
    assertThat(Values.LIST_POISON2).isEqualTo(0xdead000000000200L);
    // PageTail of a page that was just taken off a list must be false
    assertThat(Values.LIST_POISON1).isEven();
  }
}
