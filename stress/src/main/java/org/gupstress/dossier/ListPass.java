// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

/**
 * What shrinking one LRU list did at one priority.
 *
 * @param list inactive_anon, active_anon, inactive_file, active_file or unevictable
 * @param priority 12 looks at the smallest part of a list, 0 at all of it; {@link #NO_PRIORITY}
 *     where pages were taken off the list and nothing was said of what became of them
 * @param passes times that the list was shrunk
 * @param scannedPages looked at on the list
 * @param takenPages taken off it; {@link #UNKNOWN} where the trace does not show it
 * @param reclaimedPages freed
 * @param activatedPages put on, or left on, an active list
 * @param deactivatedPages of an active list, put on the inactive one
 * @param referencedPages that had been used: of an inactive list those that were kept for that
 */
public record ListPass(
    String list,
    int priority,
    long passes,
    long scannedPages,
    long takenPages,
    long reclaimedPages,
    long activatedPages,
    long deactivatedPages,
    long referencedPages) {
  public static final int NO_PRIORITY = -1;
  public static final long UNKNOWN = -1;

  public boolean isActive() {
    return list.startsWith("active");
  }

  /** Pages put back where they were, or from an active list on the inactive one. */
  public long keptPages() {
    if (takenPages == UNKNOWN) {
      return UNKNOWN;
    }
    return Math.max(0, takenPages - reclaimedPages - activatedPages);
  }
}
