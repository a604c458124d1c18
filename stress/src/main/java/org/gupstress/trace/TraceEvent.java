// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.List;

/**
 * The events of include/trace/events that are read: pagemap, vmscan, filemap, writeback, kmem,
 * migrate, page_ref, lock. Several names are one event where kernels have renamed it between 4.19
 * and 6.18, or where the difference does not matter here.
 */
enum TraceEvent {
  ADD("mm_filemap_add_to_page_cache"),
  DELETE("mm_filemap_delete_from_page_cache"),
  INSERT("mm_lru_insertion"),
  ACTIVATE("mm_lru_activate"),
  ALLOC("mm_page_alloc"),
  FREE("mm_page_free"),
  DIRTY("writeback_dirty_page", "writeback_dirty_folio"),
  WRITE("mm_vmscan_writepage", "mm_vmscan_write_folio"),

  ISOLATE("mm_vmscan_lru_isolate"),
  SHRINK_INACTIVE("mm_vmscan_lru_shrink_inactive"),
  SHRINK_ACTIVE("mm_vmscan_lru_shrink_active"),
  RECLAIM_BEGIN(
      "mm_vmscan_direct_reclaim_begin",
      "mm_vmscan_memcg_reclaim_begin",
      "mm_vmscan_memcg_softlimit_reclaim_begin",
      "mm_vmscan_node_reclaim_begin"),
  RECLAIM_END(
      "mm_vmscan_direct_reclaim_end",
      "mm_vmscan_memcg_reclaim_end",
      "mm_vmscan_memcg_softlimit_reclaim_end",
      "mm_vmscan_node_reclaim_end"),
  THROTTLED("mm_vmscan_throttled", "writeback_congestion_wait", "writeback_wait_iff_congested"),
  KSWAPD_WAKE("mm_vmscan_kswapd_wake"),
  KSWAPD_SLEEP("mm_vmscan_kswapd_sleep"),
  WAKEUP_KSWAPD("mm_vmscan_wakeup_kswapd"),
  WRITTEN("writeback_pages_written"),
  MIGRATE("mm_migrate_pages"),
  LOCK_BEGIN("contention_begin", "lock_contended"),
  LOCK_END("contention_end", "lock_acquired"),

  REF_SET("page_ref_set"),
  REF_MOD("page_ref_mod"),
  REF_MOD_AND_TEST("page_ref_mod_and_test"),
  REF_MOD_AND_RETURN("page_ref_mod_and_return"),
  REF_MOD_UNLESS("page_ref_mod_unless"),
  REF_FREEZE("page_ref_freeze"),
  REF_UNFREEZE("page_ref_unfreeze");

  private final String names;

  TraceEvent(String... names) {
    this.names = String.join(" ", names);
  }

  List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /** Whether it changes a page's _refcount. */
  boolean isReference() {
    return compareTo(REF_SET) >= 0;
  }
}
