// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import java.util.Map;

/**
 * A storm in total.
 *
 * @param loadSeconds that the load ran
 * @param ending how it ended
 * @param start where the pages were before the load
 * @param end where they were after it, at rest: pins given back, pagevecs drained
 * @param unmounted where they were after unmount
 * @param reclaim by priority from 12 to 0
 * @param references at the very end
 * @param fates of all pages that were stranded at any time
 * @param harms each once, in the order in which they were first done
 */
public record StormResult(
    double loadSeconds,
    Ending ending,
    Tally<Place> start,
    Tally<Place> end,
    Tally<Place> unmounted,
    Tally<Counter> counts,
    List<ReclaimPass> reclaim,
    List<ReferenceRow> references,
    Tally<Fate> fates,
    Map<Timing, Quantiles> times,
    List<HarmCount> harms) {

  /** How a storm ends. */
  public enum Ending {
    /** After the duration, at rest, unmounted. */
    PLANNED,
    /** The modelled kernel stopped: a BUG, a hang, a wild pointer. There is a finding. */
    PANIC
  }

  public long reclaimedPages() {
    return reclaim.stream().mapToLong(ReclaimPass::reclaimedPages).sum();
  }

  /** Pages that even unmount did not free. */
  public long leakedPages() {
    return unmounted.sum() - unmounted.get(Place.FREE);
  }
}
