// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.EnumSet;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.View;
import org.gupstress.page.Compound;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.PageTable;

/**
 * What is known of the pages beside their bytes: who holds pins and references, where they are
 * linked, who owns them, what aging must be kept. All of it is ghost state in the machine's memory,
 * so it is undone and fingerprinted with it.
 *
 * <p>A pin is live from the moment get_user_pages returns it until its holder begins to give it
 * back; it is counted if the design's bytes accounted for one pin more than before when it was
 * returned.
 */
public final class PageState {
  // one word a page: numbers of pins
  private static final int LIVE = 0;
  private static final int COUNTED = 32;
  private static final long PINS = 0xffffffffL;

  // one word a page: pins that are a device's, owner, aging
  private static final long LENT = 0xffffffffL;
  private static final int GENERATION = 48;
  private static final long GENERATIONS = 0xff;
  private static final long FREE = 1L << 32;
  private static final long IN_HAND = 1L << 33;
  private static final long NOBODYS = 1L << 34;
  private static final int AGING = 40;

  private static final PageFlag[] AGING_FLAGS = {
    PageFlag.ACTIVE, PageFlag.UNEVICTABLE, PageFlag.REFERENCED
  };

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PinDesign design;
  private final int pins;
  private final int owners;
  private final int linked;
  final Ledger ledger;
  final Holders holders;
  final UnionWatch union;

  PageState(ArenaMemory memory, Arena arena, Mm mm) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.design = mm.design();
    this.ledger = new Ledger(memory, pages.count());
    this.holders = new Holders(mm.cpus());
    this.union = new UnionWatch(memory, pages.count(), design.discriminators());
    this.pins = memory.reserveGhost(pages.count());
    this.owners = memory.reserveGhost(pages.count());
    this.linked = memory.reserveGhost(pages.count());
  }

  String name(int p) {
    return "page" + p;
  }

  /** The boot is over: pages without references are nobody's, and flags are what must be kept. */
  void booted() {
    for (int p = 0; p < pages.count(); p++) {
      long expected = ledger.sum(p) == 0 && !isTail(p) ? FREE : 0;
      expected |= expected != 0 && linkedOn(p) == 0 ? NOBODYS : 0;
      for (int i = 0; i < AGING_FLAGS.length; i++) {
        expected |= hasFlag(p, AGING_FLAGS[i]) ? 1L << (AGING + i) : 0;
      }
      memory.setGhost(owners + p, memory.ghost(owners + p) | expected);
    }
  }

  // ---- pins

  private int pins(int p, int shift) {
    return (int) (memory.ghost(pins + p) >>> shift);
  }

  void addLive(int p, int amount) {
    add(pins + p, LIVE, PINS, amount);
  }

  void addCounted(int p, int amount) {
    add(pins + p, COUNTED, PINS, amount);
  }

  private void add(int word, int shift, long mask, int amount) {
    long old = memory.ghost(word);
    long value = ((old >>> shift) + amount) & mask;
    memory.setGhost(word, (old & ~(mask << shift)) | (value << shift));
  }

  /** Pins that are held now. */
  public int live(int p) {
    OutOfRange.check("page", p, pages.count());
    return pins(p, LIVE);
  }

  /** These of the pins are a device's as long as the page is not freed. */
  void lend(int p, int amount) {
    add(owners + p, 0, LENT, amount);
  }

  /** Pins that a device has, and no register. */
  public int lent(int p) {
    return (int) memory.ghost(owners + p);
  }

  int counted(int p) {
    return pins(p, COUNTED);
  }

  /** How often the page was given to a new owner, modulo 256. */
  int generation(int p) {
    return (int) (memory.ghost(owners + p) >>> GENERATION & GENERATIONS);
  }

  // ---- owners

  void allocated(int p) {
    clear(p, FREE | NOBODYS | IN_HAND | 7L << AGING);
    add(owners + p, GENERATION, GENERATIONS, 1);
  }

  /** Whoever still has a pin has it on nothing. */
  void freed(int p) {
    clear(p, NOBODYS | IN_HAND | 7L << AGING | LENT);
    memory.setGhost(owners + p, memory.ghost(owners + p) | FREE);
    memory.setGhost(pins + p, 0);
  }

  void takenInHand(int p) {
    memory.setGhost(owners + p, memory.ghost(owners + p) | IN_HAND);
  }

  void linked(int p, long head) {
    memory.setGhost(linked + p, head);
    clear(p, IN_HAND);
  }

  void unlinked(int p) {
    memory.setGhost(linked + p, 0);
  }

  private void clear(int p, long bits) {
    memory.setGhost(owners + p, memory.ghost(owners + p) & ~bits);
  }

  /** Whether the allocator has the page. */
  public boolean isFree(int p) {
    OutOfRange.check("page", p, pages.count());
    return (memory.ghost(owners + p) & FREE) != 0;
  }

  /** Whether the page was freed, or lay on a free list from the beginning, and is not in use. */
  boolean isGone(int p) {
    return (memory.ghost(owners + p) & (FREE | NOBODYS)) == FREE;
  }

  /** Whether reclaim works on the page, off all lists. */
  public boolean isInHand(int p) {
    OutOfRange.check("page", p, pages.count());
    return (memory.ghost(owners + p) & IN_HAND) != 0;
  }

  /** The head of the list the page is linked on, or 0. */
  public long linkedOn(int p) {
    OutOfRange.check("page", p, pages.count());
    return memory.ghost(linked + p);
  }

  /** Whether the page belongs to a head. */
  boolean isTail(int p) {
    return (memory.word(pages.address(p) + PageLayout.COMPOUND_HEAD) & 1) != 0;
  }

  /** Whether the page is a tail of this head. */
  boolean isTailOf(int p, int head) {
    return memory.word(pages.address(p) + PageLayout.COMPOUND_HEAD) == pages.address(head) + 1;
  }

  /** Whether a pte maps the page or one of its tails, with a reference or without. */
  boolean mapsAnyOf(int pte, int p) {
    long entry = mm.pageTable().readPte(pte);
    int mapped = entry == 0 ? -1 : pages.number(PageTable.pageOf(entry));
    return mapped >= 0 && (mapped == p || isTailOf(mapped, p));
  }

  /** Whether the list is one of free pages. */
  boolean isFreeList(long head) {
    if (head == mm.lru().allocator().freeArea()) {
      return true;
    }
    int cpu = arena.cpuOf(head);
    return cpu >= 0 && head == mm.lru().allocator().pcp(cpu);
  }

  /** How many pages the page counts for on an LRU list. */
  int lruPages(int p) {
    return hasFlag(p, PageFlag.HEAD) ? Compound.PAGES : 1;
  }

  boolean isDevice(int p) {
    return (memory.word(pages.address(p) + PageLayout.FLAGS) & PageLayout.ZONE_DEVICE) != 0;
  }

  /** Whether a device or the kernel image holds a reference as long as the machine runs. */
  boolean isBuiltIn(int p) {
    return isDevice(p) || hasFlag(p, PageFlag.RESERVED);
  }

  /** Whether an owner that is no LRU has the page: it is never expected on one. */
  boolean hasOwner(int p) {
    return isTail(p) || isBuiltIn(p) || mm.lru().hugetlb().isHead(linkedOn(p));
  }

  int refcount(int p) {
    return memory.half(pages.address(p) + PageLayout.REFCOUNT);
  }

  boolean hasFlag(int p, PageFlag flag) {
    return (memory.word(pages.address(p) + PageLayout.FLAGS) & flag.mask()) != 0;
  }

  /** What the design's bytes account for; nothing where they were written as something else. */
  int pinCount(int p) {
    if (design.countsInUnion() && !union.owns(p, View.PIN, PageLayout.DMA_PINNED_COUNT, 4)) {
      return 0;
    }
    return design.pinCount(mm, pages.address(p));
  }

  // ---- aging

  /** The second access of an inactive page turns PG_referenced into activation, sooner or later. */
  void accessed(int p) {
    if (!isExpected(p, PageFlag.ACTIVE)) {
      forget(p, PageFlag.REFERENCED);
    }
  }

  /** Reclaim has judged the page anew. */
  void aged(int p) {
    forget(p, PageFlag.ACTIVE);
    forget(p, PageFlag.REFERENCED);
  }

  private void forget(int p, PageFlag flag) {
    clear(p, 1L << (AGING + agingIndex(flag)));
  }

  /** Whether nothing but pinning could take this flag away from the page. */
  boolean isExpected(int p, PageFlag flag) {
    return (memory.ghost(owners + p) >>> (AGING + agingIndex(flag)) & 1) != 0;
  }

  private static int agingIndex(PageFlag flag) {
    for (int i = 0; i < AGING_FLAGS.length; i++) {
      if (AGING_FLAGS[i] == flag) {
        return i;
      }
    }
    throw new IllegalArgumentException(flag + " says nothing about aging");
  }

  // ---- for people

  /** The page as it is now. */
  public PageFields fields(int p) {
    long page = pages.address(p);
    Set<PageFlag> flags = EnumSet.noneOf(PageFlag.class);
    for (PageFlag flag : PageFlag.values()) {
      if (flag.isOf(pages.kernel()) && hasFlag(p, flag)) {
        flags.add(flag);
      }
    }
    return new PageFields(
        p,
        refcount(p),
        ledger.counts(p),
        isFree(p),
        live(p),
        linkedOn(p),
        isInHand(p),
        flags,
        memory.word(page + PageLayout.LRU_NEXT),
        memory.word(page + PageLayout.LRU_PREV),
        union.writers(p));
  }
}
