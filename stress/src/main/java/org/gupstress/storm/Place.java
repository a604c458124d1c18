// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * Where a page is while no operation is in progress; every page is in one place. Pages that
 * somebody has isolated are in none: {@link Tick#isolatedPages}.
 */
public enum Place {
  INACTIVE_ANON,
  ACTIVE_ANON,
  INACTIVE_FILE,
  ACTIVE_FILE,
  UNEVICTABLE,
  /** In a pagevec and on no list. */
  PAGEVEC,
  /** Off the LRU, and the design says that it is pinned. */
  PINNED,
  /** Referenced, on no LRU, in no pagevec and nobody's: reclaim cannot reach it. */
  STRANDED,
  FREE;

  /** The share of all pages that are free or that reclaim can reach, from 0 to 1. */
  public static double reclaimableShare(Tally<Place> pages) {
    long out = pages.get(UNEVICTABLE) + pages.get(PINNED) + pages.get(STRANDED);
    return pages.sum() == 0 ? 1 : 1 - (double) out / pages.sum();
  }
}
