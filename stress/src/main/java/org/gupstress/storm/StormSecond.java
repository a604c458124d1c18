// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import java.util.Map;

/**
 * One second of a storm.
 *
 * @param number from 1
 * @param pages where they were at its end
 * @param isolatedPages the most that NR_ISOLATED counted at any time at which it was read, every
 *     few milliseconds
 * @param counts of this second
 * @param reclaim of this second, by priority from 12 to 0; priorities that did nothing are left out
 * @param times of this second
 */
public record StormSecond(
    int number,
    Counts<PagePlace> pages,
    int isolatedPages,
    Counts<StormCounter> counts,
    List<ReclaimPass> reclaim,
    Map<Latency, Quantiles> times) {

  public long reclaimedPages() {
    return reclaim.stream().mapToLong(ReclaimPass::reclaimedPages).sum();
  }
}
