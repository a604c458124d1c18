// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;

/** What the allocator calls when pages run short: reclaim, which lies above it. */
public interface Shortage {
  /** Nobody reclaims. */
  Shortage NONE = new Shortage() {};

  default void wakeKswapd() {}

  /** try_to_free_pages: how many it freed. */
  default int tryToFreePages(Cpu cpu) {
    return 0;
  }
}
