// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Note;
import org.gupstress.memory.Op;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * Watches every access and every note of one machine, and says which claims they break.
 *
 * <p>What it remembers is ghost state in the machine's memory, so it is undone and fingerprinted
 * with it. A pin is live from the moment get_user_pages returns it until its holder begins to give
 * it back: in between, the design must count it and its query must say so, after every single step.
 * References must equal the ledger after every step, too; who may hold them, and whether a page can
 * be reached, is judged when no operation is running.
 */
public final class Checker {
  // ghost word: pins of a page
  private static final int LIVE = 0;
  private static final int COUNTED = 8;
  private static final int GENERATION = 16;
  private static final long FREE = 1L << 32;
  private static final long IN_HAND = 1L << 33;
  private static final int AGING = 40;

  private static final PageFlag[] AGING_FLAGS = {
    PageFlag.ACTIVE, PageFlag.UNEVICTABLE, PageFlag.REFERENCED
  };
  private static final Harm[] AGING_HARMS = {
    Harm.ACTIVE_LOST, Harm.UNEVICTABLE_LOST, Harm.REFERENCED_LOST
  };
  private static final LruList[] LISTS = LruList.values();
  private static final Ref[] PAGEVEC_REFS = {Ref.PVADD, Ref.PVROT, Ref.PVDEACT, Ref.PVACT};

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PinDesign design;
  private final Ledger ledger;
  private final UnionWatch union;
  private final int pins;
  private final int linked;
  private final long discriminatorBits;
  private boolean narrated;
  private long found;
  private final List<Finding> findings = new ArrayList<>();

  public Checker(ArenaMemory memory, Arena arena, Mm mm) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.design = mm.design();
    this.discriminatorBits = design.discriminators();
    this.ledger = new Ledger(memory, pages.count());
    this.union = new UnionWatch(memory, pages.count(), discriminatorBits);
    this.pins = memory.reserveGhost(pages.count());
    this.linked = memory.reserveGhost(pages.count());
  }

  /** Ghost words that a checker needs for so many pages. */
  public static int ghostWords(int pages) {
    return 5 * pages;
  }

  /** Writes findings out as sentences, not only as harms. */
  public void narrate() {
    narrated = true;
  }

  /** The harms found since the last call. */
  public long takeFound() {
    long harms = found;
    found = 0;
    return harms;
  }

  /** The sentences found since the last call; empty unless {@linkplain #narrate narrated}. */
  public List<Finding> takeFindings() {
    List<Finding> taken = List.copyOf(findings);
    findings.clear();
    return taken;
  }

  /** Records a harm that the engine met. */
  public void report(Harm harm, Supplier<String> text) {
    if (tell(harm)) {
      say(harm, text.get());
    }
  }

  private boolean tell(Harm harm) {
    found |= harm.bit();
    return narrated;
  }

  private void say(Harm harm, String text) {
    findings.add(new Finding(harm, text));
  }

  private String name(int page) {
    return "page" + page;
  }

  // ---- before the machine runs

  /** The boot is over: what pages look like now is what must be kept. */
  public void booted() {
    for (int p = 0; p < pages.count(); p++) {
      long expected = 0;
      for (int i = 0; i < AGING_FLAGS.length; i++) {
        expected |= hasFlag(p, AGING_FLAGS[i]) ? 1L << (AGING + i) : 0;
      }
      long nobodys = ledger.sum(p) == 0 ? FREE : 0;
      memory.setGhost(pins + p, memory.ghost(pins + p) | expected | nobodys);
    }
    found = 0;
    findings.clear();
  }

  // ---- accesses

  /** An access is about to be made at a mapped address. */
  public void before(Access access) {
    int p = pages.number(access.addr());
    if (p < 0) {
      return;
    }
    int offset = (int) (access.addr() - pages.address(p));
    if (offset < PageLayout.UNION || offset >= PageLayout.UNION + PageLayout.UNION_BYTES) {
      return;
    }
    View view = access.view();
    int width = access.op().width();
    boolean owned = union.owns(p, view, offset, width);
    if (!owned && union.isTypedRead(access)) {
      confused(access, p, offset, width);
    }
    if (access.op().readsOnly()) {
      return;
    }
    if (view == View.PIN && memory.ghost(linked + p) != 0) {
      if (tell(Harm.LINK_OVERWRITTEN)) {
        say(
            Harm.LINK_OVERWRITTEN,
            name(p)
                + " is linked on "
                + arena.name(memory.ghost(linked + p)).replace(".next", "")
                + " and its "
                + (offset == PageLayout.LRU_NEXT ? "lru.next" : "lru.prev")
                + " is written as a pin field");
      }
    }
    if (view == View.LIST && counted(p) > 0 && union.hasAny(p, View.PIN, offset, width)) {
      Harm harm = isInHand(p) ? Harm.PIN_ERASED_IN_HAND : Harm.PIN_OVERWRITTEN;
      if (tell(harm)) {
        say(
            harm,
            "a list store to "
                + arena.name(access.addr())
                + " overwrites the "
                + (offset == PageLayout.LRU_NEXT ? "flags" : "count")
                + " of "
                + counted(p)
                + " live pin(s)");
      }
    }
    long set = union.setsDiscriminators(access, offset);
    if (set != 0 && tell(Harm.DISCRIMINATOR_SET)) {
      say(
          Harm.DISCRIMINATOR_SET,
          String.format(
              "%s := %s = 0x%x has 0x%x set, which the design reads as its flag on any page",
              arena.name(access.addr()), Values.word(arena, access.a()), access.a(), set));
    }
    union.wrote(p, view, offset, width);
  }

  private void confused(Access access, int p, int offset, int width) {
    boolean mixed = union.hasAny(p, access.view(), offset, width);
    Harm harm = mixed ? Harm.VIEW_TORN : Harm.VIEW_CONFUSED;
    if (tell(harm)) {
      say(
          harm,
          String.format(
              "%s reads %d bytes of %s as %s; they were written as %s (bytes 8..23: %s), the word is"
                  + " %s",
              access.op().verb(),
              width,
              name(p),
              access.view(),
              mixed ? "several views" : "another view",
              union.describe(p),
              Values.word(arena, memory.word(access.addr() & ~7L))));
    }
  }

  /** The access was made, its notes were taken: what must hold after every step. */
  public void after(Access access) {
    int p = pages.number(access.addr());
    if (p < 0) {
      p = mm.extOwner(access.addr());
    }
    if (p >= 0) {
      checkPins(p);
      if (memory.half(pages.address(p) + PageLayout.REFCOUNT) != ledger.sum(p)
          && tell(Harm.REF_MISMATCH)) {
        say(
            Harm.REF_MISMATCH,
            String.format(
                "%s: _refcount is %d, the references taken are %d (%s)",
                name(p), refcount(p), ledger.sum(p), ledger.describe(p)));
      }
    } else if (access.op() == Op.UNLOCK
        && access.addr() == mm.lru().node().lruLock().addr()) {
      checkLruMembership();
    }
  }

  private void checkPins(int p) {
    if (live(p) == 0 || !design.hasQuery()) {
      return;
    }
    if (!design.isPinned(mm, pages.address(p)) && tell(Harm.PIN_INVISIBLE)) {
      say(Harm.PIN_INVISIBLE, name(p) + " has " + live(p) + " live pin(s), the query says no");
    }
    if (pinCount(p) < counted(p) && tell(Harm.PIN_RELEASED)) {
      say(
          Harm.PIN_RELEASED,
          String.format(
              "%s: %d counted pin(s) are live, the design accounts for %d",
              name(p), counted(p), pinCount(p)));
    }
  }

  private void checkLruMembership() {
    int[] linkedPages = new int[LISTS.length];
    for (int p = 0; p < pages.count(); p++) {
      long head = memory.ghost(linked + p);
      boolean onLru = mm.lru().node().isHead(head);
      LruList byFlags = LruList.of(memory.word(pages.address(p) + PageLayout.FLAGS));
      boolean fits = hasFlag(p, PageFlag.LRU) && mm.lru().node().head(byFlags) == head;
      linkedPages[byFlags.ordinal()] += onLru ? 1 : 0;
      if ((onLru ? !fits : hasFlag(p, PageFlag.LRU)) && tell(Harm.LRU_MISMATCH)) {
        say(
            Harm.LRU_MISMATCH,
            name(p)
                + (onLru
                    ? " is linked on " + arena.name(head).replace(".next", "")
                    : " is on no LRU")
                + ", its flags say "
                + (hasFlag(p, PageFlag.LRU) ? byFlags.id() : "none"));
      }
    }
    for (LruList list : LISTS) {
      int size = mm.lru().node().lruSize(list);
      if (size != linkedPages[list.ordinal()] && tell(Harm.LRU_MISMATCH)) {
        say(
            Harm.LRU_MISMATCH,
            "lru_size of " + list.id() + " is " + size + ", linked are "
                + linkedPages[list.ordinal()]);
      }
    }
  }

  // ---- notes

  /** What the model says about the access just made. */
  public void note(int cpu, Note note, long about, long detail, long amount) {
    int p = pages.number(about);
    if (p < 0 && isAboutPage(note)) {
      report(Harm.WILD_POINTER, () -> note + " about " + arena.name(about) + ", which is no page");
      return;
    }
    switch (note) {
      case REF -> ledger.add(p, Ref.values()[(int) detail], amount);
      case GUP_GOT -> {
        if (!mm.pageTable().maps((int) detail, about) && tell(Harm.WRONG_PAGE)) {
          say(Harm.WRONG_PAGE, "gup got " + name(p) + " at pte" + detail + ", which has another");
        }
      }
      case PIN_HELD -> pinHeld(cpu, p, (int) detail);
      case PIN_RELEASE -> pinReleased(cpu, p, (int) detail);
      case LATE_UNPIN -> lateUnpin(cpu, p, (int) detail);
      case LIST_ADD -> listAdd(about, detail, amount);
      case LIST_DEL -> listDel(p, about, detail, amount);
      case LIST_REFUSED -> {
        if (tell(Harm.LIST_INCONSISTENT)) {
          say(Harm.LIST_INCONSISTENT, "DEBUG_LIST refuses an operation on " + arena.name(about));
        }
      }
      case LINKED -> linked(p, detail);
      case ALLOCATED -> allocated(p);
      case FREED -> freed(p, detail != 0);
      case IN_HAND -> memory.setGhost(pins + p, memory.ghost(pins + p) | IN_HAND);
      case ACCESSED -> accessed(p);
      case AGED -> forgetAging(p, 1L << AGING | 1L << (AGING + 2));
      case CPU_NUMBER -> {}
    }
  }

  private static boolean isAboutPage(Note note) {
    return switch (note) {
      case CPU_NUMBER, LIST_ADD, LIST_DEL, LIST_REFUSED, LINKED -> false;
      default -> true;
    };
  }

  private void pinHeld(int cpu, int p, int register) {
    add(p, LIVE, 1);
    if (!design.hasQuery()) {
      return;
    }
    boolean isCounted = pinCount(p) > counted(p);
    setCountedBy(cpu, register, isCounted, generation(p));
    if (isCounted) {
      add(p, COUNTED, 1);
    } else if (tell(Harm.PIN_UNCOUNTED)) {
      say(
          Harm.PIN_UNCOUNTED,
          String.format(
              "cpu%d holds a pin on %s; %d counted pin(s) were live before it, the design accounts for"
                  + " %d",
              cpu, name(p), counted(p), pinCount(p)));
    }
    checkPins(p);
  }

  private void pinReleased(int cpu, int p, int register) {
    add(p, LIVE, -1);
    if (design.hasQuery() && countedBy(cpu, register)) {
      add(p, COUNTED, -1);
    }
    setCountedBy(cpu, register, false, generation(p));
  }

  private void lateUnpin(int cpu, int p, int register) {
    boolean reused = generationSeen(cpu, register) != generation(p);
    if ((isFree(p) || reused) && tell(Harm.UNPIN_AFTER_FREE)) {
      say(
          Harm.UNPIN_AFTER_FREE,
          name(p)
              + (isFree(p) ? " is free" : " belongs to a new owner")
              + " when cpu"
              + cpu
              + " unpins it");
    }
  }

  private void listAdd(long entry, long next, long prev) {
    if ((!memory.isMapped(next, 8)
            || !memory.isMapped(prev, 8)
            || memory.word(next + 8) != prev
            || memory.word(prev) != next)
        && tell(Harm.LIST_INCONSISTENT)) {
      say(
          Harm.LIST_INCONSISTENT,
          String.format(
              "list_add(%s): next is %s, prev is %s, and they are not neighbours",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    }
  }

  private void listDel(int p, long entry, long next, long prev) {
    if ((!memory.isMapped(next, 8)
            || !memory.isMapped(prev, 8)
            || memory.word(next + 8) != entry
            || memory.word(prev) != entry)
        && tell(Harm.LIST_INCONSISTENT)) {
      say(
          Harm.LIST_INCONSISTENT,
          String.format(
              "list_del(%s): next is %s, prev is %s, and they do not point back",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    }
    if (p >= 0) {
      memory.setGhost(linked + p, 0);
    }
  }

  private void linked(int p, long head) {
    if (p < 0) {
      return;
    }
    memory.setGhost(linked + p, head);
    memory.setGhost(pins + p, memory.ghost(pins + p) & ~IN_HAND);
    if (!union.owns(p, View.LIST, PageLayout.LRU, PageLayout.UNION_BYTES)
        && tell(Harm.LINK_OVERWRITTEN)) {
      say(
          Harm.LINK_OVERWRITTEN,
          name(p) + " was linked while its links were written as pin fields: " + union.describe(p));
    }
  }

  private void allocated(int p) {
    forgetAging(p, 7L << AGING);
    memory.setGhost(pins + p, memory.ghost(pins + p) & ~(FREE | IN_HAND));
    add(p, GENERATION, 1);
  }

  /** The second access of an inactive page turns PG_referenced into activation, sooner or later. */
  private void accessed(int p) {
    if ((memory.ghost(pins + p) & 1L << AGING) == 0) {
      forgetAging(p, 1L << (AGING + 2));
    }
  }

  private void forgetAging(int p, long bits) {
    memory.setGhost(pins + p, memory.ghost(pins + p) & ~bits);
  }

  private void freed(int p, boolean bad) {
    if (ledger.isHeld(p) && tell(Harm.FREED_REFERENCED)) {
      say(Harm.FREED_REFERENCED, name(p) + " is freed while held by " + ledger.describe(p));
    }
    if (live(p) > 0 && tell(Harm.FREED_PINNED)) {
      say(Harm.FREED_PINNED, name(p) + " is freed under " + live(p) + " live pin(s)");
    }
    if (pinCount(p) > 0 && tell(Harm.FREED_IN_PIN_STATE)) {
      say(
          Harm.FREED_IN_PIN_STATE,
          name(p) + " is freed and still says that it has " + pinCount(p) + " pin(s)");
    }
    if (bad && tell(Harm.BAD_PAGE)) {
      say(Harm.BAD_PAGE, "bad_page: " + name(p) + " is leaked");
    }
    forgetAging(p, 7L << AGING);
    memory.setGhost(pins + p, (memory.ghost(pins + p) & ~IN_HAND) | FREE);
  }

  // ---- when no operation is running

  /** All CPUs are between operations. */
  public void quiescent() {
    for (int p = 0; p < pages.count(); p++) {
      checkReferences(p);
      if (!isFree(p)) {
        if (live(p) == 0) {
          checkReachable(p);
          checkAging(p);
        }
      }
    }
    checkLock(mm.lru().node().lruLock().addr());
    checkLock(mm.lru().node().gupLock().addr());
    checkLock(mm.pageTable().ptl().addr());
    checkLock(mm.addressSpace().pagesLock().addr());
  }

  private void checkReferences(int p) {
    long page = pages.address(p);
    check(p, Ref.ALLOC, 0);
    check(p, Ref.LOOKUP, 0);
    check(p, Ref.CACHE, mm.addressSpace().holders(page));
    check(p, Ref.MAP, mm.pageTable().mappings(page));
    check(p, Ref.ISO, live(p) > 0 ? ledger.count(p, Ref.ISO) : 0);
    check(p, Ref.GUP, live(p) * design.refsPerPin());
    for (int i = 0; i < PAGEVEC_REFS.length; i++) {
      check(p, PAGEVEC_REFS[i], pagevecSlots(i, page));
    }
  }

  private int pagevecSlots(int ref, long page) {
    int slots = 0;
    for (Pagevecs.Kind kind : Pagevecs.Kind.values()) {
      if (kind.ref() == PAGEVEC_REFS[ref]) {
        for (int cpu = 0; cpu < mm.cpus(); cpu++) {
          slots += mm.lru().pagevecs().contains(cpu, kind, page) ? 1 : 0;
        }
      }
    }
    return slots;
  }

  private void check(int p, Ref reason, int holders) {
    int count = ledger.count(p, reason);
    if (count == holders) {
      return;
    }
    Harm harm = count > holders ? Harm.REF_LEAKED : Harm.REF_MISMATCH;
    if (tell(harm)) {
      say(
          harm,
          String.format(
              "%s: expected %d reference(s) for %s, found %d; _refcount is %d (%s)",
              name(p), holders, reason.holder(), count, refcount(p), ledger.describe(p)));
    }
  }

  private void checkReachable(int p) {
    long page = pages.address(p);
    if (hasFlag(p, PageFlag.LRU)) {
      return;
    }
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      if (mm.lru().pagevecs().contains(cpu, Pagevecs.Kind.LRU_ADD, page)) {
        return;
      }
    }
    if (tell(Harm.STRANDED)) {
      say(
          Harm.STRANDED,
          String.format(
              "%s has no pins, is on no LRU and in no pagevec; _refcount is %d (%s)",
              name(p), refcount(p), ledger.describe(p)));
    }
  }

  private void checkAging(int p) {
    for (int i = 0; i < AGING_FLAGS.length; i++) {
      if ((memory.ghost(pins + p) >>> (AGING + i) & 1) != 0
          && !hasFlag(p, AGING_FLAGS[i])
          && tell(AGING_HARMS[i])) {
        say(AGING_HARMS[i], name(p) + " has no " + AGING_FLAGS[i].id() + " any more");
      }
    }
  }

  private void checkLock(long addr) {
    if (memory.half(addr) != 0 && tell(Harm.LOCK_LEFT_HELD)) {
      say(Harm.LOCK_LEFT_HELD, arena.name(addr) + " is held by nobody who is running");
    }
  }

  /** Pressure is over and nothing is pinned: all page cache pages must be gone. */
  public void reclaimed() {
    for (int p = 0; p < pages.count(); p++) {
      if (!isFree(p) && tell(Harm.NOT_RECLAIMED)) {
        say(
            Harm.NOT_RECLAIMED,
            name(p) + " is clean, has no pins, and is held by " + ledger.describe(p));
      }
    }
  }

  /** Pages that say they are pinned and are not. */
  public int falsePositives() {
    int count = 0;
    for (int p = 0; p < pages.count(); p++) {
      boolean free = isFree(p);
      count += !free && live(p) == 0 && design.isPinned(mm, pages.address(p)) ? 1 : 0;
    }
    return count;
  }

  // ---- ghost words

  private int field(int p, int shift) {
    return (int) (memory.ghost(pins + p) >>> shift & 0xff);
  }

  private void add(int p, int shift, int amount) {
    long old = memory.ghost(pins + p);
    long value = (field(p, shift) + amount) & 0xffL;
    memory.setGhost(pins + p, (old & ~(0xffL << shift)) | (value << shift));
  }

  /** Pins that are held now. */
  public int live(int p) {
    return (byte) field(p, LIVE);
  }

  private int counted(int p) {
    return field(p, COUNTED);
  }

  private int generation(int p) {
    return field(p, GENERATION);
  }

  /** Whether the allocator has the page. */
  public boolean isFree(int p) {
    return (memory.ghost(pins + p) & FREE) != 0;
  }

  /** Whether reclaim works on the page, off all lists. */
  public boolean isInHand(int p) {
    return (memory.ghost(pins + p) & IN_HAND) != 0;
  }

  /** The head of the list the page is linked on, or 0. */
  public long linkedOn(int p) {
    return memory.ghost(linked + p);
  }

  private int refcount(int p) {
    return memory.half(pages.address(p) + PageLayout.REFCOUNT);
  }

  private boolean hasFlag(int p, PageFlag flag) {
    return (memory.word(pages.address(p) + PageLayout.FLAGS) & flag.mask()) != 0;
  }

  /** What the design's bytes account for; nothing where they were written as something else. */
  private int pinCount(int p) {
    if (design.countsInUnion() && !union.owns(p, View.PIN, PageLayout.DMA_PINNED_COUNT, 4)) {
      return 0;
    }
    return design.pinCount(mm, pages.address(p));
  }

  private boolean countedBy(int cpu, int register) {
    return (memory.ghost(pinWord(cpu)) >>> register & 1) != 0;
  }

  private int generationSeen(int cpu, int register) {
    return (int) (memory.ghost(pinWord(cpu)) >>> (8 + 8 * register) & 0xff);
  }

  private void setCountedBy(int cpu, int register, boolean isCounted, int generation) {
    long old = memory.ghost(pinWord(cpu)) & ~((1L << register) | (0xffL << (8 + 8 * register)));
    memory.setGhost(
        pinWord(cpu),
        old | (isCounted ? 1L << register : 0) | ((long) generation << (8 + 8 * register)));
  }

  private int pinWord(int cpu) {
    return memory.ghostAt(mm.cpu(cpu).ghostWord());
  }

  // ---- for people

  /** "refs 2 (page cache, isolation) pins 1 union LLLL.." of one page. */
  public String strip(int p) {
    long page = pages.address(p);
    StringBuilder text = new StringBuilder(name(p));
    text.append(": ref ")
        .append(refcount(p))
        .append(" (")
        .append(ledger.describe(p))
        .append(")");
    text.append(isFree(p) ? ", free" : "");
    text.append(live(p) != 0 ? ", pins " + live(p) : "");
    long head = linkedOn(p);
    text.append(
        head != 0
            ? ", on " + arena.name(head).replace(".next", "")
            : isInHand(p) ? ", in hand" : ", on no list");
    for (PageFlag flag : PageFlag.values()) {
      if (hasFlag(p, flag)) {
        text.append(" ").append(flag.id());
      }
    }
    text.append(", w8 ").append(Values.word(arena, memory.word(page + PageLayout.LRU_NEXT)));
    text.append(", w16 ").append(Values.word(arena, memory.word(page + PageLayout.LRU_PREV)));
    return text.append(" [").append(union.describe(p)).append("]").toString();
  }
}
