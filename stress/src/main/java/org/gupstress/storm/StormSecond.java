// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.TimeSpread;

/**
 * One second of a storm.
 *
 * @param number from 1
 * @param pages where they were at its end
 * @param isolatedPages the most that NR_ISOLATED counted at any time at which it was read, every
 *     few milliseconds
 * @param counts of this second
 * @param dossier of this second
 * @param times of this second
 */
public record StormSecond(
    int number,
    Counts<PagePlace> pages,
    int isolatedPages,
    Counts<StormCounter> counts,
    Dossier dossier,
    Map<Latency, TimeSpread> times) {

  public long reclaimedPages() {
    return dossier.reclaimedPages();
  }
}
