// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * Where a page is while no operation is in progress; every page is in one place. On a list are
 * those that reclaim meets there and may take; those that it would have to keep are told apart.
 * Pages that somebody has isolated are in none: {@link StormSecond#isolatedPages}.
 */
public enum PagePlace {
  INACTIVE_ANON,
  ACTIVE_ANON,
  INACTIVE_FILE,
  ACTIVE_FILE,
  UNEVICTABLE,
  /** In a pagevec and on no list. */
  PAGEVEC,
  /** Somebody holds a pin, be the page on an LRU or not; or the design itself holds it, off it. */
  PINNED,
  /** On an LRU or in a pagevec, with a reference that nobody can drop any more. */
  LEAKED,
  /** Referenced, on no LRU, in no pagevec and nobody's: reclaim cannot reach it. */
  STRANDED,
  FREE;

  /** The share of all pages that are free or that reclaim can reach, from 0 to 1. */
  public static double reclaimableShare(Counts<PagePlace> pages) {
    long out = pages.get(UNEVICTABLE) + pages.get(PINNED) + pages.get(LEAKED) + pages.get(STRANDED);
    return pages.sum() == 0 ? 1 : 1 - (double) out / pages.sum();
  }
}
