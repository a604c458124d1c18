// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

/** On whose behalf pages are reclaimed: the parts of struct scan_control that differ. */
public enum Reclaimer {
  /** An allocation that found no page. */
  DIRECT,
  /** The background thread, which may write dirty pages and is not throttled. */
  KSWAPD
}
