// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

/**
 * What a scenario has beside pins and unpins of page cache and anonymous pages by process context.
 * An engine that cannot produce one of these can show nothing of a scenario that has it.
 */
public enum Load {
  /** Completion interrupts that pin or unpin. */
  INTERRUPTS,
  /** Pages of a device; see {@link org.gupstress.page.PageKind#DEVICE}. */
  DEVICE_PAGES,
  /** Pages of the hugetlb pool; see {@link org.gupstress.page.PageKind#HUGETLB}. */
  HUGETLB_PAGES,
  /** The zero page; see {@link org.gupstress.page.PageKind#ZERO}. */
  ZERO_PAGE,
  /** Transparent huge pages; see {@link org.gupstress.page.PageKind#HUGE}. */
  HUGE_PAGES,
  /** Charges to a memory cgroup of pages that are on an LRU. */
  MEMCG_CHARGES,
  /** Drivers that give a pin back with put_page. */
  UNCONVERTED_PUTS,
  /** Drivers that do not dirty what their device has written. */
  UNDIRTIED_DMA
}
