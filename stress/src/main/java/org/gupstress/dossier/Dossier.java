// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a machine did under pressure, in the rows in which a storm reports itself.
 *
 * @param seconds from the first event to the last; NaN where the clock counts something else
 * @param cpus that have events
 * @param tasks that have events
 * @param counts those that are not zero
 * @param passes by list, and from the lightest pressure to the heaviest
 */
public record Dossier(
    double seconds,
    int cpus,
    int tasks,
    Map<MachineCounter, Long> counts,
    List<ListPass> passes,
    Map<MachineTime, TimeSpread> times) {

  public Dossier {
    counts = Map.copyOf(counts);
    passes = List.copyOf(passes);
    times = Map.copyOf(times);
  }

  /** How two machines of different speed can be compared. */
  public enum Ratio {
    TAKEN("taken / scanned", "of what reclaim looked at on the inactive lists"),
    RECLAIMED("reclaimed / scanned", "yield, as vmstat has it"),
    ACTIVATED("activated / scanned", "of the inactive lists"),
    REFAULTED("refaults / inserted", "of the pages that came into the page cache"),
    STALLED("reclaimed / stall", "pages that an allocation got for itself");

    private final String words;
    private final String meaning;

    Ratio(String words, String meaning) {
      this.words = words;
      this.meaning = meaning;
    }

    public String words() {
      return words;
    }

    public String meaning() {
      return meaning;
    }
  }

  /** Pages that were freed. */
  public long reclaimedPages() {
    return passes.stream().mapToLong(ListPass::reclaimedPages).sum();
  }

  public long count(MachineCounter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  /** Events a second; NaN if nobody knows how long it took. */
  public double rate(MachineCounter counter) {
    return seconds > 0 ? count(counter) / seconds : Double.NaN;
  }

  /** A ratio; NaN where it has no meaning. */
  public double ratio(Ratio ratio) {
    return switch (ratio) {
      case TAKEN -> over(inactive(ListPass::takenPages), scanned());
      case RECLAIMED -> over(inactive(ListPass::reclaimedPages), scanned());
      case ACTIVATED -> over(inactive(ListPass::activatedPages), scanned());
      case REFAULTED -> over(count(MachineCounter.REFAULTS), count(MachineCounter.CACHED));
      case STALLED ->
        over(count(MachineCounter.DIRECT_RECLAIMED), count(MachineCounter.ALLOCATION_STALLS));
    };
  }

  private long scanned() {
    return inactive(ListPass::scannedPages);
  }

  /** Of all inactive lists; negative if one of them is not known. */
  private long inactive(ToLongFunction<ListPass> amount) {
    long sum = 0;
    for (ListPass pass : passes) {
      if (!pass.isActive()) {
        long pages = amount.applyAsLong(pass);
        if (pages == ListPass.UNKNOWN) {
          return ListPass.UNKNOWN;
        }
        sum += pages;
      }
    }
    return sum;
  }

  private static double over(long amount, long whole) {
    return whole <= 0 || amount < 0 ? Double.NaN : (double) amount / whole;
  }
}
