// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.fs.AddressSpace;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.PageTable;

/**
 * Looks at the whole machine while the world stands still: every reference must have its holder,
 * every page must be somewhere.
 *
 * <p>Holders are counted from what holds: cache slots, ptes, pagevecs and the pins of the load.
 * What is known of a page takes four bytes, and is known of the pages of one window at a time, so
 * that a large machine can be looked at in little memory.
 */
final class Inspection {
  /** Per page: 12 bits holders, 18 bits pins, and what else is known. */
  private static final int HOLDERS = 0xfff;

  /** How often it goes over all holders to see all pages. */
  private static final int WINDOWS = 8;

  private static final int PIN = 1 << 12;
  private static final int PINS = 0x3ffff << 12;
  private static final int IN_PAGEVEC = 1 << 30;
  private static final int DIRTY_PTE = 1 << 31;

  private static final LruList[] LISTS = LruList.values();
  private static final Harm[] OF_USED_PAGES = {
    Harm.STRANDED,
    Harm.REF_LEAKED,
    Harm.REF_MISMATCH,
    Harm.PIN_RELEASED,
    Harm.PIN_INVISIBLE,
    Harm.LOST_WRITE
  };

  private final Mm mm;
  private final Memory memory;
  private final Page pages;
  private final PinDesign design;
  private final Watch watch;
  private final Consumer<LongConsumer> pins;
  private final int[] known;
  private int windowStart;
  private final BitSet[] told = new BitSet[Harm.values().length];
  private long falsePositives;
  private long used;

  /** @param pins calls its argument with every pinned page, once for each pin */
  Inspection(Mm mm, Watch watch, Consumer<LongConsumer> pins) {
    this.mm = mm;
    this.memory = mm.memory();
    this.pages = mm.page();
    this.design = mm.design();
    this.watch = watch;
    this.pins = pins;
    this.known = new int[windowPages(pages.count())];
    Arrays.setAll(told, harm -> new BitSet());
  }

  /** Where the pages are; harms are reported. */
  Tally<Place> look() {
    long[] places = new long[Place.values().length];
    falsePositives = 0;
    used = 0;
    forEachWindow((from, to) -> {
      for (int p = from; p < to; p++) {
        places[look(p).ordinal()]++;
      }
    });
    return Tally.of(Place.class, place -> places[place.ordinal()]);
  }

  /** Pages of which the query says that they are pinned, and they are not. */
  long falsePositives() {
    return falsePositives;
  }

  /** Pages of which the query was asked. */
  long queries() {
    return design.hasQuery() ? used : 0;
  }

  private static int windowPages(int pages) {
    return (pages + WINDOWS - 1) / WINDOWS;
  }

  /** What the inspection of so many pages takes. */
  static long bytes(int pages) {
    return (long) Integer.BYTES * windowPages(pages);
  }

  // ---- who holds what

  @FunctionalInterface
  private interface Window {
    void look(int from, int to);
  }

  /** Calls its argument for one range of pages after another, with their holders collected. */
  private void forEachWindow(Window window) {
    for (int from = 0; from < pages.count(); from += known.length) {
      windowStart = from;
      collect();
      window.look(from, Math.min(from + known.length, pages.count()));
    }
  }

  private void collect() {
    Arrays.fill(known, 0);
    for (int file = 0; file < mm.pageCache().files(); file++) {
      AddressSpace slots = mm.pageCache().file(file);
      for (int block = 0; block < slots.blocks(); block++) {
        hold(slots.pageAt(block));
      }
    }
    for (int i = 0; i < mm.pageTable().count(); i++) {
      long pte = mm.pageTable().readPte(i);
      hold(PageTable.pageOf(pte));
      if ((pte & PageTable.DIRTY) != 0) {
        mark(PageTable.pageOf(pte), DIRTY_PTE);
      }
    }
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (Pagevecs.Kind kind : Pagevecs.Kind.values()) {
        for (int i = 0; i < mm.lru().pagevecs().count(cpu, kind); i++) {
          long page = mm.lru().pagevecs().pageAt(cpu, kind, i);
          hold(page);
          if (kind == Pagevecs.Kind.LRU_ADD) {
            mark(page, IN_PAGEVEC);
          }
        }
      }
    }
    pins.accept(page -> {
      int i = inWindow(page);
      if (i >= 0 && (known[i] & PINS) != PINS) {
        known[i] += PIN;
      }
    });
  }

  private void hold(long page) {
    int i = inWindow(page);
    if (i >= 0 && (known[i] & HOLDERS) != HOLDERS) {
      known[i]++;
    }
  }

  private void mark(long page, int bit) {
    int i = inWindow(page);
    if (i >= 0) {
      known[i] |= bit;
    }
  }

  /** Where the page is in the window, or -1. */
  private int inWindow(long page) {
    int p = page == 0 ? -1 : pages.number(page);
    return p >= windowStart && p < windowStart + known.length ? p - windowStart : -1;
  }

  /** What is known of a page of the window. */
  private int known(int p) {
    return known[p - windowStart];
  }

  private int holders(int p) {
    return known(p) & HOLDERS;
  }

  private int live(int p) {
    return (known(p) & PINS) / PIN;
  }

  private int expectedReferences(int p) {
    return holders(p) + buffers(p) + live(p) * design.refsPerPin();
  }

  private int buffers(int p) {
    return pages.test(pages.address(p), PageFlag.PRIVATE) ? 1 : 0;
  }

  // ---- one page

  private Place look(int p) {
    long page = pages.address(p);
    int references = memory.readOnce32(page + PageLayout.REFCOUNT);
    int expected = expectedReferences(p);
    if (references == 0) {
      tell(
          Harm.FREED_REFERENCED,
          p,
          expected != 0,
          () -> "page " + p + " has no references, and " + expected + " hold it");
      forget(p);
      if (watch.isBad(page)) {
        // refused by the allocator: nobody gets it any more
        watch.strand(p);
        return Place.STRANDED;
      }
      return Place.FREE;
    }
    used++;
    long flags = pages.flags(page, -1);
    boolean onLru = (flags & PageFlag.LRU.mask()) != 0;
    // a design that takes pages off the LRU may keep the reference of the isolation with its pins
    int isolation = live(p) > 0 && !onLru && references == expected + 1 ? 1 : 0;
    tell(Harm.REF_LEAKED, p, references > expected + isolation, () -> references(p, references));
    tell(Harm.REF_MISMATCH, p, references < expected, () -> references(p, references));
    lookAtPins(p, page);
    lookAtContent(p, page, flags);
    Place place = place(p, flags, references > expected);
    tell(
        Harm.STRANDED,
        p,
        place == Place.STRANDED,
        () -> "page " + p + " has no pins, is on no LRU and in no pagevec; _refcount is "
            + references);
    if (place == Place.STRANDED) {
      watch.strand(p);
    } else {
      watch.unstrand(p);
    }
    return place;
  }

  private void forget(int p) {
    for (Harm harm : OF_USED_PAGES) {
      told[harm.ordinal()].clear(p);
    }
  }

  private String references(int p, int found) {
    return String.format(
        "page %d: expected %d reference(s) (cache, ptes and pagevecs %d, buffers %d, pins %d), found"
            + " %d",
        p, expectedReferences(p), holders(p), buffers(p), live(p), found);
  }

  private void lookAtPins(int p, long page) {
    if (design.hasQuery() && !watch.isPanicked()) {
      try {
        askForPins(p, page);
      } catch (RuntimeException | StackOverflowError thrown) {
        watch.broke(List.of(), "the query", thrown);
      }
    }
  }

  private void askForPins(int p, long page) {
    boolean isPinned = design.isPinned(mm, page);
    int live = live(p);
    tell(
        Harm.PIN_INVISIBLE,
        p,
        live > 0 && !isPinned,
        () -> "page " + p + " has " + live + " live pin(s), the query says no");
    tell(
        Harm.PIN_RELEASED,
        p,
        isPinned && design.pinCount(mm, page) < live,
        () -> "page " + p + " has " + live + " live pin(s), the design accounts for "
            + design.pinCount(mm, page));
    falsePositives += isPinned && live == 0 ? 1 : 0;
  }

  /** A clean page of the cache must be what is on the disk. */
  private void lookAtContent(int p, long page, long flags) {
    long mapping = memory.read64(page + PageLayout.MAPPING);
    long busy = PageFlag.DIRTY.mask() | PageFlag.WRITEBACK.mask();
    boolean mayDiffer = mapping == 0
        || (mapping & PageLayout.PAGE_MAPPING_ANON) != 0
        || (flags & busy) != 0
        || (flags & PageFlag.UPTODATE.mask()) == 0
        || (known(p) & DIRTY_PTE) != 0
        || live(p) > 0;
    int inMemory = memory.readOnce32(pages.content(page));
    int onDisk = mayDiffer ? inMemory : memory.readOnce32(diskOf(page, mapping));
    tell(
        Harm.LOST_WRITE,
        p,
        inMemory != onDisk,
        () -> "page " + p + " is clean and holds version " + inMemory + ", the disk has version "
            + onDisk);
  }

  private long diskOf(long page, long mapping) {
    AddressSpace file = mm.pageCache().file(mm.pageCache().file(mapping));
    return file.disk(memory.read64(page + PageLayout.INDEX));
  }

  private Place place(int p, long flags, boolean hasLeaked) {
    if (live(p) > 0) {
      return Place.PINNED;
    }
    boolean onLru = (flags & PageFlag.LRU.mask()) != 0;
    if (!onLru && (known(p) & IN_PAGEVEC) == 0) {
      return Place.STRANDED;
    }
    if (hasLeaked) {
      return Place.LEAKED;
    }
    return onLru ? Place.values()[LruList.of(flags).ordinal()] : Place.PAGEVEC;
  }

  /** What a harm that lasts says of itself, when it is seen for the first time. */
  @FunctionalInterface
  private interface Sentence {
    String say();
  }

  /** Reports a harm of a page once, for as long as it lasts. */
  private void tell(Harm harm, int p, boolean done, Sentence sentence) {
    BitSet seen = told[harm.ordinal()];
    if (!done) {
      seen.clear(p);
    } else if (!seen.get(p)) {
      seen.set(p);
      watch.report(harm, p, sentence.say());
    }
  }

  // ---- the lists

  /** Walks all LRU lists; whether they are whole. */
  boolean walkLists() {
    boolean whole = true;
    for (LruList list : LISTS) {
      whole &= walk(list);
    }
    return whole;
  }

  private boolean walk(LruList list) {
    long head = mm.lru().node().head(list);
    int size = mm.lru().node().lruSize(list);
    long at = head;
    for (int walked = 0; walked <= size; walked++) {
      long next = memory.readOnce64(at);
      if (next == head) {
        return walked == size || differs(list, size, walked);
      }
      int p = watch.isWild(next) ? -1 : pages.number(next);
      if (p < 0 || memory.readOnce64(next + 8) != at) {
        watch.report(
            Harm.LIST_INCONSISTENT,
            p,
            String.format(
                "%s: entry %d has next 0x%x, which does not point back", list.id(), walked, next));
        return false;
      }
      at = next;
    }
    return differs(list, size, size + 1);
  }

  private boolean differs(LruList list, int size, int walked) {
    watch.report(
        Harm.LRU_MISMATCH,
        -1,
        "lru_size of " + list.id() + " is " + size + ", on the list are " + walked
            + (walked > size ? " or more" : ""));
    return false;
  }

  // ---- repair

  /**
   * Makes the machine fit to go on after operations died: pages that they had to do with get the
   * references that their holders explain, and lists are made anew.
   */
  void repair(BitSet casualties) {
    BitSet queued = new BitSet();
    mm.writeback().queue().forEach(page -> queued.set(pages.number(page)));
    for (int p = queued.nextClearBit(0); p < pages.count(); p = queued.nextClearBit(p + 1)) {
      if (pages.test(pages.address(p), PageFlag.WRITEBACK)) {
        // whoever was to write it died: nobody else would end it
        pages.clear(pages.address(p), PageFlag.WRITEBACK);
      }
    }
    forEachWindow((from, to) -> {
      for (int p = casualties.nextSetBit(from);
          p >= 0 && p < to;
          p = casualties.nextSetBit(p + 1)) {
        if (live(p) == 0) {
          repair(p);
        }
      }
    });
    mm.lru().rebuild(watch::isBad);
  }

  private void repair(int p) {
    long page = pages.address(p);
    int expected = expectedReferences(p);
    memory.write32(page + PageLayout.REFCOUNT, expected);
    watch.unstrand(p);
    if (expected > 0 && (known(p) & IN_PAGEVEC) == 0) {
      pages.set(page, PageFlag.LRU);
    }
  }
}
