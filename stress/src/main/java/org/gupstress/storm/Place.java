// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** Where a page is; every page is in one place. */
public enum Place {
  INACTIVE_ANON,
  ACTIVE_ANON,
  INACTIVE_FILE,
  ACTIVE_FILE,
  UNEVICTABLE,
  /** In a pagevec and on no list. */
  PAGEVEC,
  /** In the hands of reclaim, or of whoever allocates, fills or frees it. */
  ISOLATED,
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
