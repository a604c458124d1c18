// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.LruList;
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
import org.gupstress.vm.PageTable;

/**
 * Watches every access and every note of one machine, and says which claims they break.
 *
 * <p>While a pin is live, the design must count it and its query must say so, after every single
 * step; so must references equal the ledger. Who may hold them, and whether a page can be reached,
 * is judged when no operation is running.
 */
public final class Checker {
  private static final LruList[] LISTS = LruList.values();
  private static final Ref[] REASONS = Ref.values();

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PinDesign design;
  private final PageState state;
  private final Findings findings = new Findings();
  private final Quiescence quiescence;

  public Checker(ArenaMemory memory, Arena arena, Mm mm) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.design = mm.design();
    this.state = new PageState(memory, arena, mm);
    this.quiescence = new Quiescence(memory, arena, mm, state, findings);
  }

  /** Ghost words that a checker needs for so many pages. */
  public static int ghostWords(int pages) {
    return 5 * pages;
  }

  /** What was found so far. */
  public Findings findings() {
    return findings;
  }

  /** What is known of the pages. */
  public PageState state() {
    return state;
  }

  /** The boot is over: what pages look like now is what must be kept. */
  public void booted() {
    state.booted();
    findings.takeHarms();
  }

  // ---- accesses

  /** An access is about to be made at a mapped address. */
  public void before(Access access) {
    int p = pages.number(access.addr());
    if (p < 0) {
      return;
    }
    int offset = (int) (access.addr() - pages.address(p));
    if (access.addr() == pages.content(pages.address(p))
        && access.op() == Op.WRITE32
        && state.live(p) > 0) {
      findings.report(
          Harm.LOST_WRITE, () -> state.name(p) + " is overwritten while a device writes to it");
    }
    if (offset >= PageLayout.HOLE && !design.usesHole() && !isCharge(access)) {
      findings.report(
          Harm.CONTRACT,
          () -> access.describe(arena)
              + " reaches into mem_cgroup: a design that keeps something there declares it with"
              + " usesHole()");
    }
    if (offset < PageLayout.UNION || offset >= PageLayout.UNION + PageLayout.UNION_BYTES) {
      return;
    }
    View view = access.view();
    int width = access.op().width();
    boolean owned = state.union.owns(p, view, offset, width);
    if (!owned && state.union.isTypedRead(access)) {
      confused(access, p, offset, width);
    }
    long misread = state.union.misreadDiscriminators(access, p, offset);
    if (misread != 0) {
      findings.report(
          Harm.DISCRIMINATOR_SET,
          () -> String.format(
              "%s = %s has 0x%x set, written as another view, which the design reads as its flag",
              arena.name(access.addr()), Values.word(arena, memory.word(access.addr())), misread));
    }
    if (access.op().readsOnly()) {
      return;
    }
    if (view == View.PIN && state.linkedOn(p) != 0) {
      findings.report(
          Harm.LINK_OVERWRITTEN,
          () -> state.name(p)
              + " is linked on "
              + arena.name(state.linkedOn(p)).replace(".next", "")
              + " and its "
              + (offset == PageLayout.LRU_NEXT ? "lru.next" : "lru.prev")
              + " is written as a pin field");
    }
    if (view == View.LIST
        && state.counted(p) > 0
        && state.union.hasAny(p, View.PIN, offset, width)) {
      Harm harm = state.isInHand(p) ? Harm.PIN_ERASED_IN_HAND : Harm.PIN_OVERWRITTEN;
      findings.report(
          harm,
          () -> "a list store to "
              + arena.name(access.addr())
              + " overwrites the "
              + (offset == PageLayout.LRU_NEXT ? "flags" : "count")
              + " of "
              + state.counted(p)
              + " live pin(s)");
    }
    long set = state.union.setsDiscriminators(access, offset);
    if (set != 0) {
      findings.report(
          Harm.DISCRIMINATOR_SET,
          () -> String.format(
              "%s := %s = 0x%x has 0x%x set, which the design reads as its flag on any page",
              arena.name(access.addr()), Values.word(arena, access.a()), access.a(), set));
    }
    state.union.wrote(p, view, offset, width);
  }

  /** Whether it is the one store to mem_cgroup that the kernel makes. */
  private boolean isCharge(Access access) {
    return access.op() == Op.WRITE64 && access.a() == mm.lru().node().head(LruList.INACTIVE_ANON);
  }

  private void confused(Access access, int p, int offset, int width) {
    boolean mixed = state.union.hasAny(p, access.view(), offset, width);
    Harm harm = mixed ? Harm.VIEW_TORN : Harm.VIEW_CONFUSED;
    findings.report(
        harm,
        () -> String.format(
            "%s reads %d bytes of %s as %s; they were written as %s (bytes 8..23: %s), the word is"
                + " %s",
            access.op().verb(),
            width,
            state.name(p),
            access.view(),
            mixed ? "several views" : "another view",
            state.union.describe(p),
            Values.word(arena, memory.word(access.addr() & ~7L))));
  }

  /** The access was made, its notes were taken: what must hold after every step. */
  public void after(Access access) {
    int page = pages.number(access.addr());
    int owner = page >= 0 ? page : mm.extOwner(access.addr());
    if (owner >= 0) {
      checkPins(owner);
      checkRefcount(owner);
    } else if (mm.isOwnWord(access.addr())) {
      for (int p = 0; p < pages.count(); p++) {
        checkPins(p);
      }
    } else if (access.op() == Op.UNLOCK
        && access.addr() == mm.lru().node().lruLock().addr()) {
      checkLruMembership();
    }
  }

  private void checkRefcount(int p) {
    if (state.refcount(p) != state.ledger.sum(p)) {
      findings.report(
          Harm.REF_MISMATCH,
          () -> String.format(
              "%s: _refcount is %d, the references taken are %d (%s)",
              state.name(p), state.refcount(p), state.ledger.sum(p), state.ledger.describe(p)));
    }
  }

  private void checkPins(int p) {
    if (state.live(p) == 0 || !design.hasQuery()) {
      return;
    }
    if (!design.isPinned(mm, pages.address(p))) {
      findings.report(
          Harm.PIN_INVISIBLE,
          () -> state.name(p) + " has " + state.live(p) + " live pin(s), the query says no");
    }
    if (state.pinCount(p) < state.counted(p)) {
      findings.report(
          Harm.PIN_RELEASED,
          () -> String.format(
              "%s: %d counted pin(s) are live, the design accounts for %d",
              state.name(p), state.counted(p), state.pinCount(p)));
    }
  }

  private void checkLruMembership() {
    int[] linked = new int[LISTS.length];
    for (int p = 0; p < pages.count(); p++) {
      long head = state.linkedOn(p);
      LruList byFlags = LruList.of(memory.word(pages.address(p) + PageLayout.FLAGS));
      boolean onLru = mm.lru().node().isHead(head);
      linked[byFlags.ordinal()] += onLru ? state.lruPages(p) : 0;
      checkLruMembership(p, onLru ? head : 0, byFlags);
    }
    for (LruList list : LISTS) {
      int size = mm.lru().node().lruSize(list);
      int found = linked[list.ordinal()];
      if (size != found) {
        findings.report(
            Harm.LRU_MISMATCH,
            () -> "lru_size of " + list.id() + " is " + size + ", linked are " + found);
      }
    }
  }

  /** The LRU list on which the page is, or 0, must be the one that its flags name, or none. */
  private void checkLruMembership(int p, long head, LruList byFlags) {
    boolean says = state.hasFlag(p, PageFlag.LRU);
    if (head != (says ? mm.lru().node().head(byFlags) : 0)) {
      findings.report(
          Harm.LRU_MISMATCH,
          () -> state.name(p)
              + (head != 0
                  ? " is linked on " + arena.name(head).replace(".next", "")
                  : " is on no LRU")
              + ", its flags say "
              + (says ? byFlags.id() : "none"));
    }
  }

  // ---- notes

  /** What the model says about the access just made. */
  public void note(int cpu, Note note, long about, long detail, long amount) {
    int p = pages.number(about);
    if (p < 0 && isAboutPage(note)) {
      findings.report(
          Harm.WILD_POINTER, () -> note + " about " + arena.name(about) + ", which is no page");
      return;
    }
    switch (note) {
      case REF -> state.ledger.add(p, REASONS[(int) detail], amount);
      case GUP_GOT -> {
        if (!mm.pageTable().maps((int) detail, about) && !mapsTail((int) detail, p)) {
          findings.report(
              Harm.WRONG_PAGE,
              () -> "gup got " + state.name(p) + " at pte" + detail + ", which has another");
        }
      }
      case PIN_HELD -> pinHeld(cpu, p, (int) detail);
      case PIN_RELEASE -> pinReleased(cpu, p, (int) detail);
      case LATE_UNPIN -> lateUnpin(cpu, p, (int) detail);
      case LIST_ADD -> listAdd(about, detail, amount);
      case LIST_DEL -> listDel(p, about, detail, amount);
      case LIST_REFUSED -> {
        findings.report(
            Harm.LIST_INCONSISTENT,
            () -> "DEBUG_LIST refuses an operation on " + arena.name(about));
      }
      case LINKED -> linked(p, detail);
      case ALLOCATED -> state.allocated(p);
      case FREED -> freed(p);
      case BAD_PAGE ->
        findings.report(Harm.BAD_PAGE, () -> "bad_page: " + state.name(p) + " is leaked");
      case IN_HAND -> state.takenInHand(p);
      case ACCESSED -> state.accessed(p);
      case AGED -> state.aged(p);
      case CPU_NUMBER,
          SITE,
          REFAULT,
          SCAN_PRIORITY,
          SCANNED,
          SHRUNK,
          DEACTIVATED,
          THROTTLED,
          DIRTIED,
          CLEANED -> {}
      case DROPPED -> quiescence.dropped(p);
      case NO_BUFFERS ->
        findings.report(
            Harm.NO_BUFFERS, () -> state.name(p) + " is to be written and has no buffers");
    }
  }

  private boolean mapsTail(int pte, int head) {
    int mapped = pages.number(PageTable.pageOf(mm.pageTable().readPte(pte)));
    return mapped >= 0 && state.isTailOf(mapped, head);
  }

  private static boolean isAboutPage(Note note) {
    return switch (note) {
      case CPU_NUMBER,
          SITE,
          SCAN_PRIORITY,
          SCANNED,
          THROTTLED,
          LIST_ADD,
          LIST_DEL,
          LIST_REFUSED,
          LINKED -> false;
      default -> true;
    };
  }

  private void pinHeld(int cpu, int p, int register) {
    state.addLive(p, 1);
    if (!design.hasQuery()) {
      return;
    }
    boolean isCounted = state.pinCount(p) > state.counted(p);
    state.setCountedBy(cpu, register, isCounted, state.generation(p));
    if (isCounted) {
      state.addCounted(p, 1);
    } else
      findings.report(
          Harm.PIN_UNCOUNTED,
          () -> String.format(
              "cpu%d holds a pin on %s; %d counted pin(s) were live before it, the design accounts for"
                  + " %d",
              cpu, state.name(p), state.counted(p), state.pinCount(p)));
    checkPins(p);
  }

  private void pinReleased(int cpu, int p, int register) {
    state.addLive(p, -1);
    if (design.hasQuery() && state.countedBy(cpu, register)) {
      state.addCounted(p, -1);
    }
    state.setCountedBy(cpu, register, false, state.generation(p));
  }

  private void lateUnpin(int cpu, int p, int register) {
    boolean reused = state.generationSeen(cpu, register) != state.generation(p);
    if ((state.isFree(p) || reused)) {
      findings.report(
          Harm.UNPIN_AFTER_FREE,
          () -> state.name(p)
              + (state.isFree(p) ? " is free" : " belongs to a new owner")
              + " when cpu"
              + cpu
              + " unpins it");
    }
  }

  private void listAdd(long entry, long next, long prev) {
    if ((!memory.isMapped(next, 8)
        || !memory.isMapped(prev, 8)
        || memory.word(next + 8) != prev
        || memory.word(prev) != next)) {
      findings.report(
          Harm.LIST_INCONSISTENT,
          () -> String.format(
              "list_add(%s): next is %s, prev is %s, and they are not neighbours",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    }
  }

  private void listDel(int p, long entry, long next, long prev) {
    if ((!memory.isMapped(next, 8)
        || !memory.isMapped(prev, 8)
        || memory.word(next + 8) != entry
        || memory.word(prev) != entry)) {
      findings.report(
          Harm.LIST_INCONSISTENT,
          () -> String.format(
              "list_del(%s): next is %s, prev is %s, and they do not point back",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    }
    if (p >= 0) {
      state.unlinked(p);
    }
  }

  private void linked(int p, long head) {
    if (p < 0) {
      return;
    }
    state.linked(p, head);
    if (!state.union.owns(p, View.LIST, PageLayout.LRU, PageLayout.UNION_BYTES)) {
      findings.report(
          Harm.LINK_OVERWRITTEN,
          () -> state.name(p) + " was linked while its links were written as pin fields: "
              + state.union.describe(p));
    }
  }

  private void freed(int p) {
    if (state.ledger.isHeld(p)) {
      findings.report(
          Harm.FREED_REFERENCED,
          () -> state.name(p) + " is freed while held by " + state.ledger.describe(p));
    }
    if (state.live(p) > 0) {
      findings.report(
          Harm.FREED_PINNED,
          () -> state.name(p) + " is freed under " + state.live(p) + " live pin(s)");
    }
    if (state.pinCount(p) > 0) {
      findings.report(
          Harm.FREED_IN_PIN_STATE,
          () -> state.name(p) + " is freed and still says that it has " + state.pinCount(p)
              + " pin(s)");
    }
    state.freed(p);
  }

  // ---- when no operation is running

  /** All CPUs are between operations. */
  public void quiescent() {
    quiescence.check();
  }

  /** Pressure is over and nothing is pinned: all page cache pages must be gone. */
  public void reclaimed() {
    quiescence.reclaimed();
  }

  /** Every page in use must be somewhere where reclaim counts it. */
  public void accounted() {
    quiescence.accounted();
  }

  /** Pages that say they are pinned and are not. */
  public int falsePositives() {
    return quiescence.falsePositives();
  }
}
