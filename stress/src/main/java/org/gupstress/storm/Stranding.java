// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;

/**
 * The pages that were stranded in one way.
 *
 * @param pages how many; one that was reached again and stranded again counts twice
 * @param fates how they were freed in the end; those that are missing were reached again
 * @param page the number of one of them
 * @param steps what happened to it: who pinned it, what it missed, what freed it
 */
public record Stranding(
    StrandedWay way, long pages, Counts<Fate> fates, int page, List<PageEvent> steps) {
  public Stranding {
    steps = List.copyOf(steps);
  }
}
