// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import java.util.Locale;
import org.gupstress.page.PageFlag;

/** enum lru_list. */
public enum LruList {
  INACTIVE_ANON,
  ACTIVE_ANON,
  INACTIVE_FILE,
  ACTIVE_FILE,
  UNEVICTABLE;

  /** The flags that {@link #of} decides by. */
  public static final long DECIDING =
      PageFlag.UNEVICTABLE.mask() | PageFlag.ACTIVE.mask() | PageFlag.SWAPBACKED.mask();

  private static final LruList[] VALUES = values();

  /** page_lru. */
  public static LruList of(long flags) {
    if ((flags & PageFlag.UNEVICTABLE.mask()) != 0) {
      return UNEVICTABLE;
    }
    int base = (flags & PageFlag.SWAPBACKED.mask()) != 0 ? 0 : 2;
    return VALUES[base + ((flags & PageFlag.ACTIVE.mask()) != 0 ? 1 : 0)];
  }

  /** Whether pages of the page cache are on it. */
  public boolean isFile() {
    return this == INACTIVE_FILE || this == ACTIVE_FILE;
  }

  boolean isActive() {
    return this == ACTIVE_ANON || this == ACTIVE_FILE;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
