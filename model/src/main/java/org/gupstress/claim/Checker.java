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
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.vm.MmStruct;
import org.gupstress.vm.PageTable;
import org.jspecify.annotations.Nullable;

/**
 * Watches every access and every note of one machine, and says which claims they break.
 *
 * <p>While a pin is live, the design must count it and its query must say so, after every single
 * step; so must references equal the ledger. Who may hold them, and whether a page can be reached,
 * is judged when no operation is running.
 */
public final class Checker {
  private static final Ref[] REASONS = Ref.values();

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PinDesign design;
  private final PageState state;
  private final Findings findings = new Findings();
  private final Quiescence quiescence;
  private final Actor[] actors;
  private final Lifetime lifetime;
  private final Pins pins;
  private final Grabs grabs;
  private final PrivateWord privateWord;
  private final Lists lists;
  private final Agreement agreement;
  private final Entries entries;
  private final @Nullable Coherence coherence;
  private final @Nullable Exclusivity exclusivity;
  private final @Nullable Secrets secrets;
  private final Mappings mappings;
  private boolean watching;
  private Actor acting;

  public Checker(ArenaMemory memory, Arena arena, Mm mm) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.design = mm.design();
    this.state = new PageState(memory, arena, mm);
    this.actors = new Actor[2 * mm.cpus()];
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      // one word is that of the registers
      int words = memory.ghostAt(mm.ghostWords(mm.cpu(cpu)));
      actors[2 * cpu] = new Actor(cpu, words + 1);
      actors[2 * cpu + 1] = new Actor(cpu, words + 1 + Actor.WORDS);
    }
    this.acting = actors[0];
    this.lifetime = new Lifetime(memory, arena, mm, state, findings, actors);
    this.pins = new Pins(memory, mm, state, findings, actors);
    this.grabs = new Grabs(memory, design, state, findings);
    this.privateWord = new PrivateWord(memory, arena, mm, state, findings);
    this.lists = new Lists(memory, arena, mm, state, lifetime, findings);
    this.agreement = new Agreement(memory, arena, mm, state, findings);
    this.entries = new Entries(arena, mm, findings);
    this.mappings = new Mappings(memory, mm, state, findings);
    this.quiescence = new Quiescence(memory, arena, mm, state, pins, findings);
    boolean hasProcesses = mm.processes().exist();
    this.coherence =
        hasProcesses ? new Coherence(memory, mm, state, pins.registers(), findings) : null;
    this.exclusivity = hasProcesses ? new Exclusivity(memory, mm, state, findings) : null;
    this.secrets = hasProcesses ? new Secrets(memory, mm, state, findings) : null;
  }

  /** Ghost words that a checker needs for a machine. */
  public static int ghostWords(Mm.Shape shape) {
    int ofProcesses = shape.cpus() + 2 + shape.pages();
    return 8 * shape.pages() + (shape.space().processes() > 0 ? ofProcesses : 0);
  }

  /** What was found so far. */
  public Findings findings() {
    return findings;
  }

  /** What is known of the pages. */
  public PageState state() {
    return state;
  }

  /** Who runs on a CPU, or interrupts it. */
  public Actor actor(int cpu, boolean inInterrupt) {
    return actors[2 * cpu + (inInterrupt ? 1 : 0)];
  }

  /** The boot is over: what pages look like now is what must be kept. */
  public void booted() {
    state.booted();
    mappings.booted();
    for (Actor actor : actors) {
      operationEnded(actor);
    }
    findings.takeHarms();
    watching = true;
  }

  /** From now on findings are written out, and say who took what. */
  public void narrate() {
    findings.narrate();
    state.holders.listen();
  }

  /** The machine is at its beginning again. */
  public void rewound() {
    state.holders.forget();
  }

  // ---- accesses

  /** An access is about to be made at a mapped address. */
  public void before(Actor actor, HeldLocks held, Access access) {
    acting = actor;
    grabs.before(actor, access);
    int p = pages.number(access.addr());
    if (p >= 0) {
      int offset = (int) (access.addr() - pages.address(p));
      if (watching) {
        lifetime.before(actor, held, access, p, offset);
      }
      beforeField(access, p, offset);
      privateWord.before(access, p, offset);
      if (offset >= PageLayout.UNION && offset < PageLayout.UNION + PageLayout.UNION_BYTES) {
        beforeUnion(actor, held, access, p, offset);
      }
    } else if (access.op().readsOnly()) {
      if (coherence != null) {
        coherence.beforeRead(actor, access.addr());
      }
    } else {
      if (arena.cpuOf(access.addr()) == actor.cpu) {
        pins.privateWrite(actor.cpu, access.addr());
      } else if (watching) {
        lists.beforeStore(actor, held, access);
        entries.beforeStore(actor, held, access);
        mappings.beforeStore(actor, held, access);
      }
    }
  }

  private void beforeField(Access access, int p, int offset) {
    if (access.op() == Op.WRITE32
        && access.addr() == pages.content(pages.address(p))
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
  }

  private void beforeUnion(Actor actor, HeldLocks held, Access access, int p, int offset) {
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
    if (watching) {
      lists.beforeStore(actor, held, access, p, offset);
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
    grabs.after(acting);
    int page = pages.number(access.addr());
    if (exclusivity != null && coherence != null && !access.op().readsOnly()) {
      if (page >= 0) {
        exclusivity.checkPinned(page);
      } else {
        coherence.written(access.addr());
      }
      if (access.op() == Op.UNLOCK) {
        exclusivity.unlocked(access.addr());
      }
    }
    int owner = page >= 0 ? page : mm.extOwner(access.addr());
    if (owner >= 0) {
      pins.check(owner);
      checkRefcount(owner);
    } else if (mm.isOwnWord(access.addr())) {
      for (int p = 0; p < pages.count(); p++) {
        pins.check(p);
      }
    } else if (access.op() == Op.UNLOCK) {
      lists.unlocked(access.addr());
      agreement.unlocked(access.addr());
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

  // ---- notes

  /** What the model says about the access just made. */
  public void note(Actor actor, Note note, long about, long detail, long amount) {
    int p = pages.number(about);
    if (p < 0 && isAboutPage(note)) {
      findings.report(
          Harm.WILD_POINTER, () -> note + " about " + arena.name(about) + ", which is no page");
      return;
    }
    switch (note) {
      case REF -> reference(actor, p, REASONS[(int) detail], amount);
      case SITE -> state.holders.at(actor, (int) detail, (int) amount);
      case GUP_GOT -> {
        if (coherence != null) {
          coherence.got(actor.cpu, (int) detail);
        }
        if (exclusivity != null && amount != 0) {
          exclusivity.gotForWriting(p, (int) detail);
        }
        if (!maps((int) detail, about) && !mapsTail((int) detail, p)) {
          findings.report(
              Harm.WRONG_PAGE,
              () -> "gup got " + state.name(p) + " at pte" + detail + ", which has another");
        }
      }
      case GRAB -> grabs.begins(actor, p);
      case REFUSED -> grabs.refused(actor);
      case PIN_HELD -> {
        grabs.held(actor, p);
        pins.held(actor, p, (int) detail);
        if (coherence != null && exclusivity != null) {
          coherence.held(actor.cpu, (int) detail, amount);
          exclusivity.checkPinned(p);
        }
      }
      case PINS_LENT -> state.lend(p, (int) detail);
      case PIN_RELEASE -> pins.released(actor, p, (int) detail);
      case UNPIN -> pins.unpins(actor, p);
      case LATE_UNPIN -> pins.lateUnpin(actor, p, (int) detail);
      case DMA -> {
        pins.dma(actor, p, (int) detail);
        int process = coherence == null ? -1 : coherence.processOf(actor.cpu, (int) detail);
        if (secrets != null && process >= 0) {
          secrets.stored(p, process);
        }
      }
      case ASKS -> pins.asks(actor, p);
      case ANSWERED -> pins.answered(actor, p, detail != 0);
      case LIST_ADD -> lists.add(about, detail, amount);
      case LIST_DEL -> lists.del(p, about, detail, amount);
      case LIST_REFUSED -> {
        findings.report(
            Harm.LIST_INCONSISTENT,
            () -> "DEBUG_LIST refuses an operation on " + arena.name(about));
      }
      case LINKED -> lists.linked(p, detail);
      case ALLOCATED -> {
        if (secrets != null) {
          secrets.allocated(p);
        }
        state.allocated(p);
        lifetime.won(actor, p);
      }
      case FREED -> freed(p);
      case BAD_PAGE ->
        findings.report(Harm.BAD_PAGE, () -> "bad_page: " + state.name(p) + " is leaked");
      case IN_HAND -> state.takenInHand(p);
      case ACCESSED -> {
        state.accessed(p);
        mappings.accessed(actor, p);
      }
      case AGED -> state.aged(p);
      case CPU_NUMBER,
          REFAULT,
          SCAN_PRIORITY,
          SCANNED,
          SHRUNK,
          DEACTIVATED,
          THROTTLED,
          DRAINS_ALL,
          MIGHT_SLEEP,
          WORKINGSET_ACTIVATE,
          DIRECT_RECLAIM_BEGIN,
          DIRECT_RECLAIM_END,
          DIRTIED,
          CLEANED -> {}
      case COPIED -> {
        if (secrets != null) {
          secrets.copied(p, pages.number(detail));
        }
      }
      case FORKED, UNMAPPED, TABLE_FREED, STORED, LOADED ->
        ofProcess(note, p, (int) detail, amount);
      case DROPPED -> quiescence.dropped(p);
      case NO_BUFFERS ->
        findings.report(
            Harm.NO_BUFFERS, () -> state.name(p) + " is to be written and has no buffers");
    }
  }

  /** What the processes do. */
  private void ofProcess(Note note, int p, int detail, long amount) {
    if (coherence == null || secrets == null) {
      return;
    }
    switch (note) {
      case FORKED -> secrets.forked(detail, (int) amount);
      case UNMAPPED -> coherence.unmapped(detail);
      case TABLE_FREED -> coherence.tableFreed(detail);
      case STORED -> secrets.stored(p, detail);
      case LOADED -> secrets.loaded(p, detail);
      default -> throw new IllegalArgumentException(note + " is not about processes");
    }
  }

  /** Whether the address maps the page; while its table is cut off, that counts as before. */
  private boolean maps(int pte, long page) {
    long pmd = mm.processes().exist() ? mm.processes().of(pte).readPmd() : 0;
    return MmStruct.isLeaf(pmd) ? PageTable.pageOf(pmd) == page : mm.pageTable().maps(pte, page);
  }

  private boolean mapsTail(int pte, int head) {
    int mapped = pages.number(PageTable.pageOf(mm.pageTable().readPte(pte)));
    return mapped >= 0 && state.isTailOf(mapped, head);
  }

  private static boolean isAboutPage(Note note) {
    return switch (note) {
      case CPU_NUMBER,
          SITE,
          GRAB,
          REFUSED,
          FORKED,
          UNMAPPED,
          TABLE_FREED,
          SCAN_PRIORITY,
          SCANNED,
          THROTTLED,
          DRAINS_ALL,
          MIGHT_SLEEP,
          DIRECT_RECLAIM_BEGIN,
          DIRECT_RECLAIM_END,
          LIST_ADD,
          LIST_DEL,
          LIST_REFUSED,
          LINKED -> false;
      default -> true;
    };
  }

  private void reference(Actor actor, int p, Ref reason, long amount) {
    state.ledger.add(p, reason, amount);
    state.holders.add(actor, p, reason, amount);
    if (reason == Ref.GUP) {
      grabs.reference(actor, p, amount);
    }
    if (amount > 0) {
      lifetime.won(actor, p);
    } else if (state.ledger.count(p, reason) < 0) {
      findings.report(
          Harm.NOT_HELD,
          () -> actor
              + " drops a reference of "
              + reason.holder()
              + " to "
              + state.name(p)
              + " that nobody took; it is held by "
              + state.ledger.describe(p));
    }
  }

  private void freed(int p) {
    lists.freed(p);
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
    if (state.pinCount(p) > 0 && !design.mayOvercount()) {
      findings.report(
          Harm.FREED_IN_PIN_STATE,
          () -> state.name(p) + " is freed and still says that it has " + state.pinCount(p)
              + " pin(s)");
    }
    agreement.freed(p);
    pins.freed(p);
    lifetime.freed(p);
    state.freed(p);
  }

  /** What may sleep begins: CONFIG_DEBUG_ATOMIC_SLEEP asks whether it may. */
  public void mightSleep(Actor actor, HeldLocks held, boolean inInterrupt) {
    if (inInterrupt || held.isAtomic()) {
      findings.report(
          Harm.SLEEPS_ATOMIC,
          () -> actor + " may sleep " + (inInterrupt ? "in an interrupt" : held.whyAtomic()));
    }
  }

  // ---- when no operation is running

  /** An operation has returned. */
  public void operationEnded(Actor actor) {
    lifetime.operationEnded(actor);
    mappings.operationEnded(actor);
    pins.operationEnded(actor);
  }

  /** An operation has returned with more locks than it began with, or with interrupts off. */
  public void operationEnded(Actor actor, HeldLocks before, HeldLocks held) {
    for (HeldLocks.Lock lock : held.locks()) {
      if (before.holds(lock.addr())) {
        continue;
      }
      long word = memory.word(lock.addr() & ~7L);
      boolean isSpin = lock.bits() == 0;
      if (isSpin ? memory.half(lock.addr()) != 0 : (word & lock.bits()) != 0) {
        findings.report(
            Harm.LOCK_LEFT_HELD,
            () -> actor + " returns with " + lock.name() + " held"
                + (isSpin ? "" : " (" + arena.name(lock.addr()) + ")"));
      }
    }
    if (held.areIrqsOff() && !before.areIrqsOff()) {
      findings.report(Harm.LOCK_LEFT_HELD, () -> actor + " returns with interrupts off");
    }
  }

  /**
   * All CPUs are between operations.
   *
   * @param isEnd whether everything has run
   * @param keepsPins whether pins may be live at the end
   */
  public void quiescent(boolean isEnd, boolean keepsPins) {
    quiescence.check(isEnd, keepsPins);
    lists.quiescent();
    agreement.quiescent();
    mappings.quiescent();
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
