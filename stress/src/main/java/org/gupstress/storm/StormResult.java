// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import java.util.Map;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.dossier.TimeSpread;
import org.jspecify.annotations.Nullable;

/**
 * A storm in total.
 *
 * @param loadSeconds that the load ran
 * @param ending how it ended
 * @param inFlight the operations that never ended, because the machine was stopped
 * @param start where the pages were before the load
 * @param end where they were after it, at rest: pins given back, pagevecs drained
 * @param unmounted where they were after unmount; null if the machine was stopped before
 * @param dossier of the load; coming to rest and unmount are no pressure
 * @param references at the very end
 * @param fates of all pages that were stranded at any time
 * @param harms each once, in the order in which they were first done
 * @param strandings the ways in which pages were stranded; empty if no events were kept
 */
public record StormResult(
    double loadSeconds,
    Ending ending,
    List<CpuOperation> inFlight,
    Counts<PagePlace> start,
    Counts<PagePlace> end,
    @Nullable Counts<PagePlace> unmounted,
    Counts<StormCounter> counts,
    Dossier dossier,
    List<ReferenceRow> references,
    Counts<Fate> fates,
    Map<Latency, TimeSpread> times,
    List<HarmCount> harms,
    List<Stranding> strandings) {

  /** How a storm ends. */
  public enum Ending {
    /** After the duration, at rest, unmounted. */
    PLANNED,
    /** The modelled kernel stopped: a BUG, a hang, a wild pointer. There is a finding. */
    PANIC
  }

  public long reclaimedPages() {
    return dossier.reclaimedPages();
  }

  /** Pages that even unmount did not free; 0 if there was no unmount. */
  public long leakedPages() {
    return unmounted == null ? 0 : unmounted.sum() - unmounted.get(PagePlace.FREE);
  }
}
