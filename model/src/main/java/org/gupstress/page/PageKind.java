// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

/**
 * Pages beside those of the page cache and of anonymous memory. A machine has only the kinds that
 * its scenario is about; code asks for no others.
 */
public enum PageKind {
  /** Pages of a device: ZONE_DEVICE, {@code pgmap} and {@code hmm_data} in the union. */
  DEVICE,
  /** Pages of the hugetlb pool: compound, on no LRU, linked through {@code lru} all the same. */
  HUGETLB,
  /** The one page that every read of untouched anonymous memory finds. */
  ZERO,
  /** Transparent huge pages: compound, the head on an LRU, and they can be split. */
  HUGE
}
