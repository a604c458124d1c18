// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

/**
 * The sizes of struct zone that steer allocation: how many pages move between the per-CPU lists and
 * the buddy list at once, and the watermarks, in pages.
 *
 * @param batch pages that move at once; 0 is a machine without a buddy list, in which a CPU gets
 *     back what it freed itself
 * @param pcpHigh pages on a per-CPU list at which a batch of them goes to the buddy list
 * @param min allocations stop here and reclaim themselves
 * @param low kswapd is woken here
 * @param high kswapd goes to sleep here
 * @param retries how often an allocation reclaims before it fails
 * @param priority the power of two of the fraction of a list at which reclaim begins
 */
public record Zone(int batch, int pcpHigh, int min, int low, int high, int retries, int priority) {
  /** Small machines. */
  public static final Zone NONE = new Zone(0, 0, 0, 0, 0);

  private static final int PCP_BATCH = 31;

  /** MAX_RECLAIM_RETRIES. */
  private static final int RECLAIM_RETRIES = 16;

  /** Where reclaim begins: a pass looks at this power of two's fraction of a list. */
  public static final int DEF_PRIORITY = 12;

  public Zone(int batch, int pcpHigh, int min, int low, int high) {
    this(batch, pcpHigh, min, low, high, RECLAIM_RETRIES, DEF_PRIORITY);
  }

  /** As Linux sizes a zone of so many pages: low and high are a quarter and a half above min. */
  public static Zone of(int pages) {
    // min_free_kbytes = sqrt(16 * lowmem_kbytes), in pages
    int min = Math.max(16, (int) (Math.sqrt(16.0 * pages * 4) / 4));
    int batch = Math.max(1, Math.min(PCP_BATCH, pages / 1024));
    return new Zone(batch, 6 * batch, min, min + min / 4, min + min / 2);
  }
}
