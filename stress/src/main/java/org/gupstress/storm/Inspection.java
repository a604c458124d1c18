// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.fs.AddressSpace;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * Inspects the whole machine while all CPUs stand still: every reference must have its holder,
 * every page must be somewhere, every clean page must be what is on the disk.
 */
final class Inspection {
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
  private final Detector detector;
  private final Holders holders;
  private final ListWalk lists;
  private final Repair repair;
  private final BitSet[] told = new BitSet[Harm.values().length];
  private long falsePositives;
  private long used;

  /** @param pins calls its argument with every pinned page, once for each pin */
  Inspection(Mm mm, Detector detector, Consumer<LongConsumer> pins) {
    this.mm = mm;
    this.memory = mm.memory();
    this.pages = mm.page();
    this.design = mm.design();
    this.detector = detector;
    this.holders = new Holders(mm, pins);
    this.lists = new ListWalk(mm, detector);
    this.repair = new Repair(mm, holders, detector);
    Arrays.setAll(told, harm -> new BitSet());
  }

  /** Whether all LRU lists are whole; as {@link ListWalk}. */
  boolean areListsWhole() {
    return lists.areWhole();
  }

  /** As {@link Repair}. */
  void repair(BitSet casualties) {
    repair.run(casualties);
  }

  /** Where the pages are; harms are reported. */
  Counts<PagePlace> look() {
    long[] places = new long[PagePlace.values().length];
    falsePositives = 0;
    used = 0;
    holders.forEachWindow((from, to) -> {
      for (int p = from; p < to; p++) {
        places[look(p).ordinal()]++;
      }
    });
    return Counts.of(PagePlace.class, place -> places[place.ordinal()]);
  }

  /** Pages of which the query says that they are pinned, and they are not. */
  long falsePositives() {
    return falsePositives;
  }

  /** Pages of which the query was asked. */
  long queries() {
    return design.hasQuery() ? used : 0;
  }

  // ---- one page

  private PagePlace look(int p) {
    long page = pages.address(p);
    int references = memory.readOnce32(page + PageLayout.REFCOUNT);
    int expected = holders.references(p);
    if (references == 0) {
      tell(
          Harm.FREED_REFERENCED,
          p,
          expected != 0,
          () -> "page " + p + " has no references, and " + expected + " hold it");
      forget(p);
      if (detector.damage().isRefused(p)) {
        // refused by the allocator: nobody gets it any more
        detector.stranded().add(p);
        return PagePlace.STRANDED;
      }
      return PagePlace.FREE;
    }
    used++;
    long flags = pages.flags(page, -1);
    boolean onLru = (flags & PageFlag.LRU.mask()) != 0;
    // a design that takes pages off the LRU may keep the reference of the isolation with its pins
    boolean isIsolated = !onLru && references == expected + 1;
    int isolation = isIsolated && (holders.pins(p) > 0 || isHeld(page)) ? 1 : 0;
    tell(Harm.REF_LEAKED, p, references > expected + isolation, () -> references(p, references));
    tell(Harm.REF_MISMATCH, p, references < expected, () -> references(p, references));
    lookAtPins(p, page);
    lookAtContent(p, page, flags);
    PagePlace place = holders.pins(p) > 0 || isolation > 0
        ? PagePlace.PINNED
        : place(p, flags, references > expected);
    tell(
        Harm.STRANDED,
        p,
        place == PagePlace.STRANDED,
        () -> "page " + p + " has no pins, is on no LRU and in no pagevec; _refcount is "
            + references);
    if (place == PagePlace.STRANDED) {
      detector.stranded().add(p);
    } else {
      detector.stranded().remove(p);
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
        p, holders.references(p), holders.slots(p), holders.buffers(p), holders.pins(p), found);
  }

  private void lookAtPins(int p, long page) {
    if (design.hasQuery() && !detector.panic().isDone()) {
      try {
        askForPins(p, page);
      } catch (RuntimeException | StackOverflowError thrown) {
        detector.broke(null, "the query", thrown);
      }
    }
  }

  /** Whether the design has the page in its own hands. */
  private boolean isHeld(long page) {
    try {
      return design.holds(mm, page);
    } catch (RuntimeException | StackOverflowError thrown) {
      detector.broke(null, "holds()", thrown);
      return false;
    }
  }

  private void askForPins(int p, long page) {
    boolean isPinned = design.isPinned(mm, page);
    int live = holders.pins(p);
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
        || holders.hasDirtyPte(p)
        || holders.pins(p) > 0;
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

  private PagePlace place(int p, long flags, boolean hasLeaked) {
    boolean onLru = (flags & PageFlag.LRU.mask()) != 0;
    if (!onLru && !holders.isInPagevec(p)) {
      return PagePlace.STRANDED;
    }
    if (hasLeaked) {
      return PagePlace.LEAKED;
    }
    return onLru ? PagePlace.values()[LruList.of(flags).ordinal()] : PagePlace.PAGEVEC;
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
      detector.report(harm, p, sentence.say());
    }
  }
}
