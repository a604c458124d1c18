// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * The harms of a storm. The first of a kind goes to the observer with its details, the others are
 * counted.
 *
 * <p>Guarantees to the observer:
 *
 * <ol>
 *   <li>It is told by one thread at a time.
 *   <li>It is told of each kind of harm once.
 *   <li>It is told of nothing that happens after a panic.
 * </ol>
 */
final class HarmLog {
  private final StormObserver observer;
  private final @Nullable EventRings rings;
  private final Panic panic;
  private final long startNanos = System.nanoTime();
  private final Map<Harm, HarmCount> counts = new EnumMap<>(Harm.class);

  HarmLog(StormObserver observer, @Nullable EventRings rings, Panic panic) {
    this.observer = observer;
    this.rings = rings;
    this.panic = panic;
  }

  /** The last events of pages, or null if none are kept. */
  @Nullable
  EventRings rings() {
    return rings;
  }

  /** When the storm began, in {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  /** Adds a harm. */
  synchronized void add(
      Harm harm,
      int page,
      List<CpuOperation> doers,
      @Nullable UnionWords before,
      @Nullable UnionWords after,
      String sentence) {
    if (panic.isDone()) {
      return;
    }
    HarmCount known = counts.get(harm);
    if (known != null) {
      counts.put(harm, known.plusOne());
      return;
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    counts.put(harm, new HarmCount(harm.id(), 1, seconds));
    List<PageEvent> events = rings == null || page < 0 ? List.of() : rings.told(page);
    observer.finding(StormFinding.of(harm, sentence, seconds, page, doers, before, after, events));
  }

  /** Adds the harm that stops the machine. */
  synchronized void addLast(Harm harm, List<CpuOperation> doers, String sentence) {
    add(harm, -1, doers, null, null, sentence);
    panic.stopMachine();
  }

  /** Tells the observer of something else; no CPU tells it of a harm meanwhile. */
  synchronized void tell(Runnable news) {
    news.run();
  }

  /** In the order in which they were first done. */
  synchronized List<HarmCount> counts() {
    List<HarmCount> ordered = new ArrayList<>(counts.values());
    ordered.sort(Comparator.comparingDouble(HarmCount::firstSeconds));
    return ordered;
  }
}
