// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * What shrinking the LRU lists did at one priority: 12 looks at the smallest part of a list, 0 at
 * all of it.
 *
 * @param passes times that a list was shrunk
 * @param scannedPages looked at on the lists
 * @param isolatedPages taken off them
 * @param reclaimedPages freed
 * @param activatedPages put on an active list
 * @param keptPages put back, active ones as inactive
 */
public record ReclaimPass(
    int priority,
    long passes,
    long scannedPages,
    long isolatedPages,
    long reclaimedPages,
    long activatedPages,
    long keptPages) {
  public static final int PRIORITY_MAX = 12;
}
