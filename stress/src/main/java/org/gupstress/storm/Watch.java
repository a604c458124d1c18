// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.memory.Arena;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Memory;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.jspecify.annotations.Nullable;

/**
 * What all CPUs of a storm share beside the machine: harms, times, event rings, and which pages are
 * stranded.
 *
 * <p>A harm is told once, with its details, and counted after that.
 */
final class Watch {
  private static final String CORRUPTION = "list corruption";
  private static final int LIST_OPERATIONS_MIN = 1 << 20;
  private static final int LIST_OPERATIONS_PER_PAGE = 16;

  private final StormObserver observer;
  private final Timings timings;
  private final @Nullable EventRings rings;
  private final Mm mm;
  private final LockNames names;
  private final long end;
  private final long listOperationsMax;
  private final long lruLock;
  private final long gupLock;
  private final long startNanos = System.nanoTime();
  private final Map<Harm, long[]> harms = new EnumMap<>(Harm.class);
  private final AtomicLongArray stranded;
  private final long[] fates = new long[Fate.values().length];
  private final BitSet bad = new BitSet();
  private final BitSet casualties = new BitSet();
  private volatile boolean damaged;
  private volatile boolean panicked;

  /** @param mm the machine as seen by nobody in particular */
  Watch(Mm mm, long size, Timings timings, @Nullable EventRings rings, StormObserver observer) {
    this.mm = mm;
    this.timings = timings;
    this.rings = rings;
    this.observer = observer;
    this.names = new LockNames(mm);
    this.end = Arena.BASE + size;
    this.listOperationsMax =
        LIST_OPERATIONS_MIN + (long) LIST_OPERATIONS_PER_PAGE * mm.page().count();
    this.lruLock = mm.lru().node().lruLock().addr();
    this.gupLock = mm.lru().node().gupLock().addr();
    this.stranded = new AtomicLongArray((mm.page().count() + 63) / 64);
  }

  // ---- where things are

  /** The number of the page in which the address lies, or -1. */
  int number(long addr) {
    return mm.page().number(addr);
  }

  long page(int number) {
    return mm.page().address(number);
  }

  boolean isPage(long addr) {
    return number(addr) >= 0;
  }

  String bitsName(long addr) {
    return names.ofBits(addr);
  }

  String lockName(long addr) {
    return names.of(addr);
  }

  @Nullable
  EventRings rings() {
    return rings;
  }

  Timings timings() {
    return timings;
  }

  @Nullable
  Timing waitFor(long lock) {
    return lock == lruLock ? Timing.LRU_LOCK_WAIT : lock == gupLock ? Timing.GUP_LOCK_WAIT : null;
  }

  @Nullable
  Timing holdOf(long lock) {
    return lock == lruLock ? Timing.LRU_LOCK_HOLD : lock == gupLock ? Timing.GUP_LOCK_HOLD : null;
  }

  /** Seconds since the storm began. */
  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  long startNanos() {
    return startNanos;
  }

  // ---- harms

  /**
   * Reports a harm of which nobody in particular was the doer, with the page's words as they are.
   */
  void report(Harm harm, int page, String sentence) {
    UnionWords now = page < 0 ? null : words(mm.memory(), page(page));
    report(harm, page, List.of(), null, now, sentence);
  }

  synchronized void report(
      Harm harm,
      int page,
      List<Actor> actors,
      @Nullable UnionWords before,
      @Nullable UnionWords after,
      String sentence) {
    long[] known = harms.get(harm);
    if (known != null) {
      known[0]++;
      return;
    }
    double seconds = seconds();
    harms.put(harm, new long[] {1, Double.doubleToRawLongBits(seconds)});
    List<PageEvent> events = rings == null || page < 0 ? List.of() : rings.of(page);
    observer.finding(StormFinding.of(harm, sentence, seconds, page, actors, before, after, events));
  }

  /** In the order in which they were first done. */
  synchronized List<HarmCount> harms() {
    List<HarmCount> counts = new ArrayList<>();
    harms.forEach((harm, count) ->
        counts.add(new HarmCount(harm.id(), count[0], Double.longBitsToDouble(count[1]))));
    counts.sort(Comparator.comparingDouble(HarmCount::firstSeconds));
    return counts;
  }

  private static List<Actor> actor(CpuMemory cpu) {
    return List.of(new Actor(cpu.cpu(), cpu.activity().id()));
  }

  private UnionWords words(Memory memory, long page) {
    return new UnionWords(
        memory.readOnce64(page + PageLayout.LRU_NEXT),
        memory.readOnce64(page + PageLayout.LRU_PREV));
  }

  /**
   * A list operation found neighbours that do not point back. The operation ends here.
   *
   * @throws KernelBug always
   */
  void inconsistent(CpuMemory cpu, String what, long entry, long next, long prev) {
    int page = number(entry);
    UnionWords now = page < 0 ? null : words(cpu, page(page));
    boolean isWild = isWild(next) || isWild(prev);
    report(
        isWild ? Harm.WILD_POINTER : Harm.LIST_INCONSISTENT,
        page,
        actor(cpu),
        null,
        now,
        String.format(
            "%s of %s: next is %s, prev is %s; %s",
            what,
            name(entry),
            name(next),
            name(prev),
            isWild ? "one of them is no entry" : "expected both to point back, found they do not"));
    throw new KernelBug(CORRUPTION);
  }

  /** More list operations than any operation makes: several for every page. */
  long listOperationsMax() {
    return listOperationsMax;
  }

  /**
   * An operation walks a list that has no end. It ends here.
   *
   * @throws KernelBug always
   */
  void endless(CpuMemory cpu) {
    report(
        Harm.ENDLESS,
        -1,
        actor(cpu),
        null,
        null,
        "one operation has made more than " + listOperationsMax() + " list operations");
    throw new KernelBug(CORRUPTION);
  }

  /**
   * For an operation that waits: it may wait for one that has died, and nothing is mended before it
   * ends.
   *
   * @throws KernelBug if an operation has died
   */
  void giveUpIfDamaged() {
    if (damaged) {
      throw new KernelBug(CORRUPTION);
    }
  }

  /** Neither aligned nor an address of the machine. */
  boolean isWild(long pointer) {
    return (pointer & 7) != 0 || pointer < Arena.BASE || pointer >= end;
  }

  private String name(long pointer) {
    int page = number(pointer);
    if (page >= 0 && (pointer & ~0x1fL) == page(page) + PageLayout.LRU - 8) {
      long off = pointer - page(page) - PageLayout.LRU;
      return "page " + page + (off == 0 ? "" : String.format(" %+d bytes", off));
    }
    return page >= 0
        ? String.format("page %d %+d bytes", page, pointer - page(page) - PageLayout.LRU)
        : String.format("0x%x", pointer);
  }

  /** A design has written, or is about to write, its fields over words that are links. */
  void overwritten(CpuMemory cpu, long page, UnionWords before, UnionWords after) {
    boolean wasPinned = (before.word8() & mm.design().discriminators()) != 0;
    report(
        wasPinned ? Harm.PIN_OVERWRITTEN : Harm.LINK_OVERWRITTEN,
        number(page),
        actor(cpu),
        before,
        after,
        wasPinned
            ? "a list store came between two accesses of the design to a pinned page"
            : "the design has written its fields over the links of a page that is on a list");
  }

  /** The holder of a pin asks the design, which says that there is none. */
  void notPinned(Harm harm, CpuMemory cpu, long page) {
    report(
        harm,
        number(page),
        actor(cpu),
        null,
        words(cpu, page),
        "page " + number(page) + " is pinned by this CPU's request, and the query says no");
  }

  /** Whether both words are links to other entries, as on a list. */
  boolean areLinks(long page, UnionWords words) {
    return !isWild(words.word8())
        && !isWild(words.word16())
        && words.word8() != page + PageLayout.LRU;
  }

  void assertion(CpuMemory cpu, String text) {
    report(Harm.ASSERTION, -1, actor(cpu), null, null, text);
  }

  void refused(CpuMemory cpu, long entry) {
    int page = number(entry);
    report(
        Harm.LIST_INCONSISTENT,
        page,
        actor(cpu),
        null,
        null,
        "DEBUG_LIST refuses an operation on " + name(entry));
  }

  /** The CPU's operation died of what it found. */
  void died(CpuMemory cpu, RuntimeException bug) {
    if (panicked) {
      return;
    }
    if (!CORRUPTION.equals(bug.getMessage())) {
      report(Harm.WILD_POINTER, -1, actor(cpu), null, null, "an oops: " + bug.getMessage());
    }
    synchronized (casualties) {
      for (long page : cpu.touched()) {
        if (isPage(page)) {
          casualties.set(number(page));
        }
      }
    }
    damaged = true;
  }

  /** Code of a design threw what no kernel does; nothing can be said about it any more. */
  void broke(List<Actor> actors, String where, Throwable thrown) {
    if (!panicked) {
      report(Harm.CONTRACT, -1, actors, null, null, where + " threw " + thrown);
      panic();
    }
  }

  /** The machine is to stop at once. */
  void panic() {
    panicked = true;
  }

  boolean isPanicked() {
    return panicked;
  }

  /** Whether lists have to be made anew before the machine can go on. */
  boolean isDamaged() {
    return damaged;
  }

  /** The pages that dead operations had to do with; forgets them. The world has stopped. */
  BitSet takeCasualties() {
    synchronized (casualties) {
      BitSet pages = (BitSet) casualties.clone();
      casualties.clear();
      damaged = false;
      return pages;
    }
  }

  // ---- pages and their fates

  /** A page goes back to the allocator, or is refused by it. */
  void freed(CpuMemory cpu, long page, boolean isBad) {
    int number = number(page);
    if (isBad) {
      report(Harm.BAD_PAGE, number, actor(cpu), null, words(cpu, page), badPage(cpu, page, number));
      synchronized (bad) {
        bad.set(number);
      }
    }
    if ((stranded.get(number >> 6) & (1L << (number & 63))) != 0) {
      unstrand(number);
      synchronized (fates) {
        fates[cpu.activity().fate().ordinal()]++;
      }
    }
  }

  /** A page was in a pagevec of a CPU whose operation died. */
  void abandoned(long page) {
    mm.memory().add32(page + PageLayout.REFCOUNT, -1);
    synchronized (casualties) {
      casualties.set(number(page));
    }
  }

  /** What bad_page prints of it. */
  private static String badPage(Memory memory, long page, int number) {
    long flags = memory.readOnce64(page + PageLayout.FLAGS);
    String bad = Arrays.stream(PageFlag.values())
        .filter(flag -> (flags & flag.mask() & PageFlag.CHECK_AT_FREE) != 0)
        .map(PageFlag::id)
        .collect(Collectors.joining(" "));
    return String.format(
        "bad_page: page %d is freed with _mapcount %d, mapping 0x%x, %s",
        number,
        memory.readOnce32(page + PageLayout.MAPCOUNT),
        memory.readOnce64(page + PageLayout.MAPPING),
        bad.isEmpty() ? "and no flag that must be clear" : bad);
  }

  boolean isBad(long page) {
    synchronized (bad) {
      return bad.get(number(page));
    }
  }

  /** Remembers a page that reclaim cannot reach; the world has stopped. */
  void strand(int page) {
    long bit = 1L << (page & 63);
    stranded.getAndAccumulate(page >> 6, bit, (word, mask) -> word | mask);
  }

  /** The page can be reached again, or was repaired. */
  void unstrand(int page) {
    long bit = 1L << (page & 63);
    stranded.getAndAccumulate(page >> 6, ~bit, (word, mask) -> word & mask);
  }

  /** Pages that are stranded now. */
  private long strandedNow() {
    long sum = 0;
    for (int i = 0; i < stranded.length(); i++) {
      sum += Long.bitCount(stranded.get(i));
    }
    return sum;
  }

  /** How pages that were stranded came free; those that did not, never did. */
  Tally<Fate> fates() {
    long never = strandedNow();
    synchronized (fates) {
      return Tally.of(Fate.class, fate -> fates[fate.ordinal()] + (fate == Fate.NEVER ? never : 0));
    }
  }
}
