// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The pages that reclaim cannot reach, in which way they were stranded, and how they came free.
 *
 * <p>Pages are added while all CPUs stand still; any CPU may free one. Of each way one page is kept
 * as an example: the first that is told in the fewest steps, and rather one that was freed.
 */
final class StrandedPages {
  private static final StrandedWay[] WAYS = StrandedWay.values();

  private final AtomicLongArray bits;
  private final AtomicIntegerArray freed = new AtomicIntegerArray(Fate.values().length);
  private final @Nullable EventRings rings;
  private final byte[] ways;
  private final Map<StrandedWay, Pages> byWay = new EnumMap<>(StrandedWay.class);

  /** What is known of one way. */
  private static final class Pages {
    private long pages;
    private final long[] freed = new long[Fate.values().length];
    private int page = -1;
    private List<PageEvent> steps = List.of();
    private boolean isFreed;

    /** Takes the page for an example if it is a better one. */
    void offer(int candidate, List<PageEvent> told, boolean hasEnd) {
      boolean isBetter =
          page < 0 || (hasEnd && !isFreed) || (hasEnd == isFreed && told.size() < steps.size());
      if (isBetter) {
        page = candidate;
        steps = told;
        isFreed = hasEnd;
      }
    }
  }

  /** @param rings where the events of pages are; null: the ways are not told apart */
  StrandedPages(int pages, @Nullable EventRings rings) {
    this.bits = new AtomicLongArray((pages + Long.SIZE - 1) / Long.SIZE);
    this.rings = rings;
    this.ways = new byte[rings == null ? 0 : pages];
  }

  void add(int page) {
    long before =
        bits.getAndAccumulate(page / Long.SIZE, bit(page), (word, bit) -> word | bit) & bit(page);
    if (before == 0 && rings != null) {
      tell(page, rings);
    }
  }

  private synchronized void tell(int page, EventRings events) {
    StrandedStory story = StrandedStory.of(events.moves(page));
    ways[page] = (byte) story.way().ordinal();
    Pages pages = pages(story.way());
    pages.pages++;
    pages.offer(page, story.steps(), false);
  }

  private Pages pages(StrandedWay way) {
    return byWay.computeIfAbsent(way, unseen -> new Pages());
  }

  /** The page can be reached again. */
  void remove(int page) {
    bits.getAndAccumulate(page / Long.SIZE, bit(page), (word, bit) -> word & ~bit);
  }

  /** A page is freed by a CPU; it counts if it was stranded. */
  void freed(int page, Fate fate, CpuOperation by, long nanos) {
    if ((bits.get(page / Long.SIZE) & bit(page)) != 0) {
      remove(page);
      freed.incrementAndGet(fate.ordinal());
      if (rings != null) {
        tellEnd(page, fate, by, nanos, rings);
      }
    }
  }

  private synchronized void tellEnd(
      int page, Fate fate, CpuOperation by, long nanos, EventRings events) {
    StrandedWay way = WAYS[ways[page]];
    Pages pages = pages(way);
    pages.freed[fate.ordinal()]++;
    StrandedStory story = StrandedStory.of(events.moves(page));
    if (story.way() == way) {
      pages.offer(page, story.freedBy(nanos, by, fate), true);
    } else if (pages.page == page && !pages.isFreed) {
      pages.offer(page, new StrandedStory(way, pages.steps).freedBy(nanos, by, fate), true);
    }
  }

  private static long bit(int page) {
    return 1L << (page % Long.SIZE);
  }

  private long now() {
    long sum = 0;
    for (int i = 0; i < bits.length(); i++) {
      sum += Long.bitCount(bits.get(i));
    }
    return sum;
  }

  /**
   * How all pages came free that were ever stranded.
   *
   * @param rest what is said of those that are stranded still
   */
  Counts<Fate> fates(Fate rest) {
    long still = now();
    return Counts.of(Fate.class, fate -> freed.get(fate.ordinal()) + (fate == rest ? still : 0));
  }

  /**
   * The ways in which pages were stranded, each with an example.
   *
   * @param rest what is said of those that are stranded still
   */
  synchronized List<Stranding> strandings(Fate rest) {
    long[] still = new long[WAYS.length];
    for (int page = 0; page < ways.length; page++) {
      still[ways[page]] += (bits.get(page / Long.SIZE) & bit(page)) != 0 ? 1 : 0;
    }
    List<Stranding> strandings = new ArrayList<>();
    byWay.forEach((way, pages) -> strandings.add(new Stranding(
        way,
        pages.pages,
        Counts.of(
            Fate.class,
            fate -> pages.freed[fate.ordinal()] + (fate == rest ? still[way.ordinal()] : 0)),
        pages.page,
        pages.steps)));
    return strandings;
  }
}
