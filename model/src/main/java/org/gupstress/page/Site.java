// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Locale;

/** A kernel function that takes or drops references of a reason that several functions have. */
public enum Site {
  /** Where nothing else was said: the one place that this reason has. */
  USUAL,
  GUP_PTE_RANGE,
  FOLLOW_PAGE_PTE,
  PIN_PAGE_FOR_DMA,
  PUT_USER_PAGE,
  PUT_PAGE,
  DO_ANONYMOUS_PAGE,
  HUGETLB_NO_PAGE,
  FILEMAP_FAULT,
  DO_WP_PAGE,
  ZAP_PTE_RANGE,
  TRY_TO_UNMAP,
  UNMAP_MAPPING_PAGES,
  SPLIT_HUGE_PAGE,
  GENERIC_FILE_BUFFERED_READ,
  GENERIC_PERFORM_WRITE,
  WRITE_CACHE_PAGES,
  TRUNCATE_INODE_PAGES,
  INVALIDATE_MAPPING_PAGES,
  INVALIDATE_INODE_PAGES2,
  ADD_TO_PAGE_CACHE_LRU,
  REMOVE_MAPPING,
  ISOLATE_LRU_PAGE,
  ISOLATE_LRU_PAGES,
  PUTBACK_LRU_PAGE,
  PUTBACK_INACTIVE_PAGES,
  MOVE_ACTIVE_PAGES_TO_LRU,
  MIGRATE_PAGES,
  REMOVE_MIGRATION_PTE,
  MUNLOCK,
  COPY_PRESENT_PTE,
  COPY_PRESENT_PAGE,
  WRITE_PROTECT_PAGE,
  COLLAPSE_HUGE_PAGE;

  /** As the kernel spells it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
