// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Locale;

/**
 * The bits of {@code page->flags}, Linux 4.19 (include/linux/page-flags.h). Later releases have
 * others; here they keep those of 4.19.
 */
public enum PageFlag {
  LOCKED(0),
  ERROR(1),
  REFERENCED(2),
  UPTODATE(3),
  DIRTY(4),
  LRU(5),
  ACTIVE(6),
  WAITERS(7),
  SLAB(8),
  OWNER_PRIV_1(9),
  ARCH_1(10),
  RESERVED(11),
  PRIVATE(12),
  PRIVATE_2(13),
  WRITEBACK(14),
  HEAD(15),
  MAPPEDTODISK(16),
  RECLAIM(17),
  SWAPBACKED(18),
  UNEVICTABLE(19),
  MLOCKED(20),
  /** Of anonymous pages, since 5.19: the same bit as PG_mappedtodisk, which those never have. */
  ANON_EXCLUSIVE(16);

  /** Flags that must be clear when a page is freed. */
  public static final long CHECK_AT_FREE = LRU.mask()
      | LOCKED.mask()
      | PRIVATE.mask()
      | PRIVATE_2.mask()
      | WRITEBACK.mask()
      | RESERVED.mask()
      | SLAB.mask()
      | ACTIVE.mask()
      | UNEVICTABLE.mask()
      | MLOCKED.mask();

  private final int bit;

  PageFlag(int bit) {
    this.bit = bit;
  }

  /** PG_lru and the like. */
  public String id() {
    return "PG_" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether the bit has this name in the kernel: of two names of one bit, one is right. */
  public boolean isOf(Kernel kernel) {
    boolean tells = kernel.has(Switch.ANON_EXCLUSIVE);
    return this == ANON_EXCLUSIVE ? tells : this != MAPPEDTODISK || !tells;
  }

  public int bit() {
    return bit;
  }

  public long mask() {
    return 1L << bit;
  }
}
