// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

/** What is counted of a machine; where a storm counts the same, it has the same name. */
public enum MachineCounter {
  /** Pages that came into the page cache. */
  CACHED,
  /** Pages that left it. */
  UNCACHED,
  /** Of these, in reclaim. */
  UNCACHED_BY_RECLAIM,
  INSERTED_INACTIVE_ANON,
  INSERTED_ACTIVE_ANON,
  INSERTED_INACTIVE_FILE,
  INSERTED_ACTIVE_FILE,
  INSERTED_UNEVICTABLE,
  /** Pages that went from an inactive to an active list because they were used again. */
  ACTIVATED,
  /** Pages that came back into the page cache within the trace. */
  REFAULTS,
  /** Of these, straight to the active list: they are of the working set. */
  WORKINGSET_ACTIVATIONS,
  DIRTIED,
  WRITTEN_BACK,
  WRITTEN_BY_RECLAIM,
  /** An allocation or a charge had to reclaim for itself. */
  ALLOCATION_STALLS,
  /** Pages that these got. */
  DIRECT_RECLAIMED,
  /** A reclaimer was put to sleep. */
  THROTTLED,
  /** Somebody asked for kswapd. */
  KSWAPD_CALLS,
  KSWAPD_WAKES,
  KSWAPD_SLEEPS,
  MIGRATED,
  MIGRATION_FAILURES,
  /** A lock had to be waited for. */
  LOCK_CONTENTIONS
}
