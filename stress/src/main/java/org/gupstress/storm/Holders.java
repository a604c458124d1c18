// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.gupstress.design.Mm;
import org.gupstress.fs.AddressSpace;
import org.gupstress.lru.Pagevecs;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.vm.PageTable;

/**
 * Who holds each page, counted from what holds pages: cache slots, ptes, pagevecs, buffer heads and
 * the pins of the load.
 *
 * <p>What is known of a page takes four bytes, and is known of the pages of one window at a time,
 * so that a large machine can be inspected in little memory.
 *
 * <p>Assumes that all CPUs stand still.
 */
final class Holders {
  /** How often it goes over all holders to see all pages. */
  private static final int WINDOWS = 8;

  // of a page: holders 12 bits, pins 18, in a pagevec 1, a dirty pte 1
  private static final int HOLDERS = 0xfff;
  private static final int PIN = 1 << 12;
  private static final int PINS = 0x3ffff << 12;
  private static final int IN_PAGEVEC = 1 << 30;
  private static final int DIRTY_PTE = 1 << 31;

  /** Looks at a range of pages. */
  @FunctionalInterface
  interface Window {
    void look(int from, int to);
  }

  private final Mm mm;
  private final Page pages;
  private final Consumer<LongConsumer> pins;
  private final int[] known;
  private int windowStart;

  /** @param pins calls its argument with every pinned page, once for each pin */
  Holders(Mm mm, Consumer<LongConsumer> pins) {
    this.mm = mm;
    this.pages = mm.page();
    this.pins = pins;
    this.known = new int[windowPages(pages.count())];
  }

  private static int windowPages(int pages) {
    return (pages + WINDOWS - 1) / WINDOWS;
  }

  /** What it takes for so many pages, in bytes. */
  static long bytes(int pages) {
    return (long) Integer.BYTES * windowPages(pages);
  }

  /** Calls its argument for one range of pages after another, whose holders are known then. */
  void forEachWindow(Window window) {
    for (int from = 0; from < pages.count(); from += known.length) {
      windowStart = from;
      collect();
      window.look(from, Math.min(from + known.length, pages.count()));
    }
  }

  private void collect() {
    Arrays.fill(known, 0);
    collectFromFiles();
    collectFromPageTable();
    collectFromPagevecs();
    pins.accept(page -> {
      int i = inWindow(page);
      if (i >= 0 && (known[i] & PINS) != PINS) {
        known[i] += PIN;
      }
    });
  }

  private void collectFromFiles() {
    for (int file = 0; file < mm.pageCache().files(); file++) {
      AddressSpace slots = mm.pageCache().file(file);
      for (int block = 0; block < slots.blocks(); block++) {
        hold(slots.pageAt(block));
      }
    }
  }

  private void collectFromPageTable() {
    for (int i = 0; i < mm.pageTable().count(); i++) {
      long pte = mm.pageTable().readPte(i);
      hold(PageTable.pageOf(pte));
      if ((pte & PageTable.DIRTY) != 0) {
        mark(PageTable.pageOf(pte), DIRTY_PTE);
      }
    }
  }

  private void collectFromPagevecs() {
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

  // ---- of a page of the window

  private int known(int p) {
    return known[p - windowStart];
  }

  /** Cache slots, ptes and pagevecs. */
  int slots(int p) {
    return known(p) & HOLDERS;
  }

  int buffers(int p) {
    return pages.test(pages.address(p), PageFlag.PRIVATE) ? 1 : 0;
  }

  int pins(int p) {
    return (known(p) & PINS) / PIN;
  }

  /** What _refcount should be. */
  int references(int p) {
    return slots(p) + buffers(p) + pins(p) * mm.design().refsPerPin();
  }

  /** Whether it waits to be added to an LRU list. */
  boolean isInPagevec(int p) {
    return (known(p) & IN_PAGEVEC) != 0;
  }

  boolean hasDirtyPte(int p) {
    return (known(p) & DIRTY_PTE) != 0;
  }
}
