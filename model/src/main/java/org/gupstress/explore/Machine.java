// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.gupstress.claim.Actor;
import org.gupstress.claim.Checker;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.claim.HeldLocks;
import org.gupstress.claim.LockUse;
import org.gupstress.claim.Lockdep;
import org.gupstress.claim.PageFields;
import org.gupstress.claim.PageState;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Caller;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.MemoryModel;
import org.gupstress.memory.Mix;
import org.gupstress.memory.Note;
import org.gupstress.memory.Op;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.RecordingMemory.Noted;
import org.gupstress.memory.WeakMemory;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Duty;
import org.gupstress.scenario.Moment;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a plan, standing in one state, that can make any CPU take its next step and can
 * take steps back.
 *
 * <p>A step is one access to shared memory with everything that follows it up to the next one. What
 * comes next is known from {@link Code}. While an interrupt handler runs, its CPU does not.
 *
 * <p>Used by one thread.
 */
final class Machine implements Moment {
  /** Accesses of one operation; more count as endless. */
  static final int OPERATION_STEPS_MAX = 500;

  private static final String BOUND = "; more than " + OPERATION_STEPS_MAX
      + " accesses of one operation count as endless: a loop that gives up must do so before, one"
      + " that waits says what for with Memory.waitUntil64 or takes a lock";

  private final Plan plan;
  private final Reductions reductions;
  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Checker checker;
  private final Code code;

  private final int cpus;
  private final int contexts;
  private final int movers;
  private final @Nullable WeakMemory weak;
  private final Actor[] actors;
  private final long[] salt;
  private final boolean[] exchangeable;
  private final Local[] local;
  private final Local[] first;
  private final boolean narrated;
  private final boolean accountsForPages;
  private Lockdep lockdep = new Lockdep();

  private final WeakMemory.@Nullable State undelayed;

  private boolean ended;
  private boolean operationEnded;
  private boolean hasActed;
  private int readsOfOwn;
  private boolean distinguishes;
  private boolean drainsAll;
  private @Nullable Access lastAccess;
  private @Nullable LockUse lastLockUse;
  private long lastSeen;
  private Accessed.Delay lastDelay = Accessed.Delay.NONE;
  private List<Caller> lastCallers = List.of();
  private @Nullable String fault;
  private Stop.@Nullable ScenarioBroke mistake;
  private final Heartbeat heartbeat;

  Machine(Plan plan, Reductions wanted, Narration narration, Heartbeat heartbeat) {
    this(plan, plan.shape(heartbeat), wanted, narration, heartbeat);
  }

  Machine(Plan plan, Mm.Shape shape, Reductions wanted, Narration narration, Heartbeat heartbeat) {
    this.plan = plan;
    this.heartbeat = heartbeat;
    this.cpus = plan.cpus();
    boolean symmetry = !tellsCpusApart(plan.design())
        && !shape.drained()
        && !shape.interrupts()
        && shape.space().processes() == 0
        && !plan.memory().isWeak();
    this.reductions = new Reductions(
        wanted.forget(), wanted.symmetry() && symmetry, wanted.merge() && !shape.interrupts());
    this.code = new Code(plan, shape, reductions, narration == Narration.CALLERS, heartbeat);
    this.memory = new ArenaMemory(cpus, code.bytes(), Checker.ghostWords(shape));
    this.arena = new Arena(cpus);
    this.mm = new Mm(memory, arena, plan.kernel(), shape, plan.design());
    this.checker = new Checker(memory, arena, mm);
    this.contexts = code.contexts();
    this.movers = contexts + choices(plan.memory()) * cpus;
    this.weak = plan.memory().isWeak() ? new WeakMemory(memory, plan.memory(), cpus) : null;
    this.undelayed = weak == null ? null : weak.state();
    this.actors = new Actor[contexts];
    for (int c = 0; c < contexts; c++) {
      actors[c] = checker.actor(code.host(c), c >= cpus);
    }
    this.salt = new long[contexts];
    this.exchangeable = new boolean[contexts];
    for (int c = 0; c < contexts; c++) {
      boolean byRole = reductions.symmetry() && c < cpus;
      salt[c] = Mix.of(byRole ? 1000 + plan.scenario().role(c) : c);
      for (int d = 0; d < contexts; d++) {
        exchangeable[c] |= c != d && areAlike(c, d);
      }
    }
    this.local = new Local[contexts];
    boot();
    this.narrated = narration != Narration.HARMS;
    // of the shipped ones, one asks this for all
    this.accountsForPages =
        plan.scenario().accountsForPages() || !Catalogue.isShipped(plan.scenario());
    if (narrated) {
      checker.narrate();
    }
    for (int c = 0; c < contexts; c++) {
      local[c] = code.start(c);
    }
    this.first = local.clone();
  }

  /** A design that keeps or does something for one CPU makes CPUs different. */
  private static boolean tellsCpusApart(PinDesign design) {
    return design.drainsOtherCpus() || design.wordsPerCpu() > 0;
  }

  private void boot() {
    memory.watch(new ArenaMemory.Watcher() {
      @Override
      public void before(Access access) {
        checker.before(actors[0], HeldLocks.NONE, access);
      }

      @Override
      public void note(Note note, long about, long detail, long amount) {
        checker.note(actors[0], note, about, detail, amount);
      }
    });
    mm.lru().boot();
    heartbeat.asks("boot");
    plan.scenario().boot(mm);
    heartbeat.asks("");
    memory.watch(null);
    checker.booted();
    memory.forgetUndo();
    memory.onlyQueries();
  }

  // ---- which contexts can step

  /** Whoever can make a step: contexts, and the stores that wait and what is chosen of them. */
  int contexts() {
    return movers;
  }

  /** For each CPU: what leaves its buffer, and which of several, or how old a load is. */
  static int choices(MemoryModel model) {
    return switch (model) {
      case SC -> 0;
      case TSO -> 1;
      case ARM64 -> 2;
    };
  }

  /** Whether the context has come to its end, or to what is not due and need never be. */
  boolean isDone(int c) {
    Local at = local[c];
    return at.operation == code.length(c) || (at.isStart() && !code.isDue(c, at.operation, mm));
  }

  /** Whether the context has begun an operation and not ended it. */
  boolean isInside(int c) {
    return c < contexts && !local[c].isStart();
  }

  boolean isAllDone() {
    for (int c = 0; c < contexts; c++) {
      if (!isDone(c)) {
        return false;
      }
    }
    return weak == null || weak.isDrained();
  }

  /** Whether no context is inside an operation, and no store waits. */
  boolean isQuiescent() {
    if (weak != null && !weak.isDrained()) {
      return false;
    }
    for (int c = 0; c < contexts; c++) {
      if (isInside(c)) {
        return false;
      }
    }
    return true;
  }

  boolean isEnabled(int c) {
    if (weak != null && weak.choosing() >= 0 && weak.choosing() != cpuOf(c)) {
      return false;
    }
    if (c >= contexts) {
      return canMove(c);
    }
    if (isDone(c) || isInterrupted(c)) {
      return false;
    }
    if (isPatient(c) && canAnybodyElse(c)) {
      return false;
    }
    if (isSpinning(c)) {
      return false;
    }
    Local at = ahead(c);
    return at == null || at.kind != Local.Kind.WANTS || at.isPrivate || canPerform(c, at);
  }

  /**
   * Where the context makes its next access that is no read of private memory, or null if it fails
   * before: a start may read private memory before its first shared access.
   */
  private @Nullable Local ahead(int c) {
    Local at = local[c];
    while (at.kind == Local.Kind.WANTS && at.isPrivate && Local.wanted(at).op().readsOnly()) {
      Access read = Local.wanted(at);
      if (!memory.isMapped(read.addr(), read.op().width()) || at.depth > OPERATION_STEPS_MAX) {
        return null;
      }
      long seen = isBehindStores(c)
          ? delays().peekPrivate(code.host(c), read)
          : memory.perform(read.op(), read.addr(), read.a(), read.b());
      at = code.follow(c, at, seen);
    }
    return at;
  }

  /** Whether the access that the code wants to make is one that can be made now. */
  private boolean canPerform(int c, Local at) {
    Access access = Local.wanted(at);
    if (!memory.isMapped(access.addr(), access.op().width())) {
      return true;
    }
    return isDelayed(access)
        ? delays().canPerform(code.host(c), access)
        : !access.op().blocks() || memory.isEnabled(access);
  }

  /** Whether the access is one that other CPUs may see late, or that may see theirs late. */
  private boolean isDelayed(Access access) {
    return weak != null && (access.op().isBarrier() || arena.cpuOf(access.addr()) < 0);
  }

  /** Whether stores of the context's CPU wait, so that what it writes for itself waits behind. */
  private boolean isBehindStores(int c) {
    return weak != null && !weak.isDrained(code.host(c));
  }

  private WeakMemory delays() {
    return Objects.requireNonNull(weak);
  }

  // ---- what moves by itself in weak memory

  private boolean isChoice(int c) {
    return c >= contexts + cpus;
  }

  private boolean canMove(int c) {
    return isChoice(c) ? canChoose(cpuOf(c)) : delays().canLeave(cpuOf(c));
  }

  private boolean canChoose(int cpu) {
    boolean can = delays().canAge(cpu, null);
    for (int c = 0; c < contexts && !can; c++) {
      boolean isNext = code.host(c) == cpu && !isDone(c) && !isInterrupted(c) && !isSpinning(c);
      Local at = isNext ? ahead(c) : null;
      can = at != null
          && at.kind == Local.Kind.WANTS
          && !at.isPrivate
          && memory.isMapped(Local.wanted(at).addr(), Local.wanted(at).op().width())
          && isDelayed(Local.wanted(at))
          && code.spin(c, at) == null
          && delays().canAge(cpu, Local.wanted(at));
    }
    return can;
  }

  /** A store becomes visible, or the next one or the next load is another than the obvious one. */
  private Set<Harm> move(int c) {
    if (isChoice(c)) {
      delays().age(cpuOf(c));
    } else {
      Access left = delays().leaving(cpuOf(c)).made();
      Rider rider = (Rider) Objects.requireNonNull(delays().leaving(cpuOf(c)).rider());
      Actor actor = actors[rider.context()];
      lastAccess = left;
      lastDelay = Accessed.Delay.BECOMES_VISIBLE;
      actor.enters(operation(rider.context()));
      checker.before(actor, rider.held(), left.plain());
      delays().leave(cpuOf(c));
      hear(cpuOf(c));
      checker.after(left.plain());
      if (isQuiescent()) {
        judgeQuiescence();
      }
    }
    return concluded();
  }

  /** What belongs to a store and is judged when it becomes visible. */
  private record Rider(int context, HeldLocks held) {}

  /** What code tells the checker behind stores that are not yet visible. */
  private record Said(int context, Local at) {}

  /** What code has looked at behind stores that are not yet visible. */
  private record Touched(int context, HeldLocks held, Access access) {}

  /** Tells the checker what was said before all stores in front of it were visible. */
  private void hear(int cpu) {
    for (Object next = delays().takeSaid(cpu); next != null; next = delays().takeSaid(cpu)) {
      if (next instanceof Said said) {
        tell(said.context(), said.at());
      } else if (next instanceof Touched touched) {
        checker.before(actors[touched.context()], touched.held(), touched.access());
      }
    }
  }

  /** Whether the context is in a loop that sees nothing new until somebody else steps. */
  private boolean isSpinning(int c) {
    Spin spin = code.spin(c, local[c]);
    // what it has stored itself it will see where all see it
    return spin != null && (isBehindStores(c) || !spin.wouldDiffer(memory));
  }

  private boolean isPatient(int c) {
    return local[c].isStart() && code.isPatient(c, local[c].operation);
  }

  private boolean canAnybodyElse(int c) {
    for (int d = 0; d < contexts; d++) {
      if (d != c && !isDone(d) && !isPatient(d) && isEnabled(d)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a handler keeps this context from running, or interrupts are off for this handler. */
  private boolean isInterrupted(int c) {
    if (contexts == cpus) {
      return false;
    }
    for (int h = cpus; h < contexts; h++) {
      if (h != c && code.host(h) == code.host(c) && isInside(h)) {
        return true;
      }
    }
    return c >= cpus && !isInside(c) && memory.word(mm.cpu(code.host(c)).irqsOffWord()) != 0;
  }

  // ---- stepping

  /** Makes one step; returns the harms it did. The context must be enabled. */
  Set<Harm> step(int c) {
    ended = false;
    operationEnded = false;
    hasActed = false;
    readsOfOwn = c < contexts ? local[c].depth : 0;
    lastAccess = null;
    lastLockUse = null;
    lastDelay = Accessed.Delay.NONE;
    lastCallers = List.of();
    if (c >= contexts) {
      return move(c);
    }
    Local at = local[c];
    if (narrated) {
      actors[c].enters(operation(c));
    }
    if (at.isStart()) {
      arrive(c, at);
    }
    boolean hasWritten = false;
    while (!ended && at.kind == Local.Kind.WANTS && at.isPrivate) {
      hasWritten |= !Local.wanted(at).op().readsOnly();
      at = access(c, at);
    }
    if (!ended && at.kind == Local.Kind.WANTS && canGoOn(c, at, hasWritten)) {
      at = access(c, at);
      while (!ended && at.kind == Local.Kind.WANTS && at.isPrivate) {
        at = access(c, at);
      }
    }
    if (!ended && at.kind == Local.Kind.RETURNED) {
      if (weak == null || weak.isDrained(code.host(c))) {
        checker.operationEnded(actors[c]);
      }
      if (at.held != HeldLocks.NONE) {
        checker.operationEnded(actors[c], at.root().held, at.held);
      }
      at = code.successor(c, at);
      operationEnded = true;
    }
    local[c] = at;
    if (operationEnded && isQuiescent()) {
      judgeQuiescence();
    }
    return concluded();
  }

  private void judgeQuiescence() {
    checker.quiescent(isAllDone(), plan.scenario().keepsPins());
    if (accountsForPages) {
      checker.accounted();
    }
    if (isAllDone()) {
      checkEnd();
    }
  }

  /** The harms that the step did. */
  private Set<Harm> concluded() {
    if (weak != null) {
      weak.forget(done());
    }
    ended |= checker.findings().hasHarms() && plan.scenario().endsAtHarm();
    if (narrated && lastLockUse != null) {
      lockdep.add(lastLockUse);
      lockdep.report(lastLockUse, checker.findings());
    }
    return checker.findings().takeHarms();
  }

  private void checkEnd() {
    if (plan.scenario().reclaimsEverything()) {
      checker.reclaimed();
    }
    for (Duty duty : plan.scenario().duties()) {
      heartbeat.asks("the duty \"" + duty.otherwise() + "\"");
      if (!duty.isDone().test(this)) {
        checker.findings().report(duty.harm(), duty.name(), duty::otherwise);
      }
    }
    heartbeat.asks("");
  }

  /**
   * A private write may come before a lock that is taken: then the step ends in front of the lock.
   */
  private boolean canGoOn(int c, Local at, boolean hasWritten) {
    // in weak memory there may be a choice in front of the access
    boolean mayChoose = weak != null && hasWritten && isDelayed(Local.wanted(at));
    return !mayChoose && canPerform(c, at);
  }

  /** CPUs that make no more accesses, as a set. */
  private int done() {
    int done = (1 << cpus) - 1;
    for (int c = 0; c < contexts; c++) {
      done &= isDone(c) ? -1 : ~(1 << code.host(c));
    }
    return done;
  }

  private Local access(int c, Local at) {
    Access access = Local.wanted(at);
    if (!at.isPrivate) {
      lastAccess = access;
      lastCallers = at.callers;
    }
    if (!memory.isMapped(access.addr(), access.op().width())) {
      return fail(
          at,
          Harm.WILD_POINTER,
          () -> access.describe(arena)
              + " at an address that is "
              + (memory.isMapped(access.addr(), 1) ? "misaligned" : "not mapped"));
    }
    int owner = access.op().isBarrier() ? -1 : arena.cpuOf(access.addr());
    hasActed |= !access.op().readsOnly() || !isRegisterOf(code.host(c), access.addr());
    readsOfOwn++;
    if (owner >= 0 && owner != code.host(c)) {
      return fail(
          at,
          Harm.WILD_POINTER,
          () -> access.describe(arena) + " reaches into what only cpu" + owner + " may touch");
    }
    if (access.op().stores64() && owner < 0) {
      int named = arena.cpuOf(access.op() == Op.WRITE64 ? access.a() : access.b());
      distinguishes |= named >= 0 && exchangeable[named];
    }
    if (access.op().isBarrier()) {
      delays().perform(code.host(c), access, null, 0);
      Local next = code.follow(c, at, 0);
      arrive(c, next);
      return bounded(c, at, next);
    }
    boolean isDelayed = isDelayed(access);
    if (isDelayed && delays().waits(access)) {
      Local next = code.follow(c, at, 0);
      delays().perform(code.host(c), access, new Rider(c, at.held), Mix.then(c, at.held.mixed()));
      lastSeen = 0;
      lastDelay = Accessed.Delay.WAITS;
      lastLockUse = next.lockUse == null ? lastLockUse : next.lockUse;
      arrive(c, next);
      return bounded(c, at, next);
    }
    if (isBehindStores(c) && (!isDelayed || access.op().readsOnly())) {
      // whether it may is judged in the light of what its CPU has stored before
      delays()
          .say(
              code.host(c),
              new Touched(c, at.held, access.plain()),
              Mix.then(Mix.then(access.mixed(), c), at.held.mixed()));
    } else {
      checker.before(actors[c], at.held, access.plain());
    }
    if (isDelayed && delays().isOlder(code.host(c))) {
      lastDelay = Accessed.Delay.OLDER;
    }
    long seen = isDelayed
        ? delays().perform(code.host(c), access, null, 0)
        : isBehindStores(c)
            ? delays().performPrivate(code.host(c), access)
            : memory.perform(access.op(), access.addr(), access.a(), access.b());
    lastSeen = at.isPrivate ? lastSeen : seen;
    Spin spin = at.isPrivate ? null : code.spin(c, at);
    // a turn that nobody sees leads back to where it began
    Local next = spin != null && spin.isPure() && seen == spin.answers().get(0)
        ? at.up(spin.accesses().size() - 1)
        : code.follow(c, at, seen);
    if (next.lockUse != null) {
      lastLockUse = next.lockUse;
    }
    arrive(c, next);
    checker.after(access.plain());
    checkInterrupt(c, access, next);
    return bounded(c, at, next);
  }

  /** Ends the branch where the operation comes to no end. */
  private Local bounded(int c, Local at, Local next) {
    boolean isCircling = code.isCircling(c, next);
    if (next.depth > OPERATION_STEPS_MAX || isCircling) {
      return fail(
          next,
          Harm.ENDLESS,
          () -> code.name(c, at.operation)
              + (isCircling ? " goes round in circles: it" : "")
              + " made "
              + next.depth
              + " accesses"
              + BOUND);
    }
    return next;
  }

  private boolean isRegisterOf(int cpu, long addr) {
    long first = mm.cpu(cpu).registerAddress(0);
    return addr >= first && addr < first + (long) Cpu.REGISTERS * Long.BYTES;
  }

  /** A handler may only enable interrupts by returning. */
  private void checkInterrupt(int c, Access access, Local next) {
    if (c >= cpus
        && next.kind == Local.Kind.WANTS
        && access.op() == Op.WRITE64
        && access.addr() == mm.cpu(code.host(c)).irqsOffWord()
        && access.a() == 0) {
      checker
          .findings()
          .report(Harm.IRQ_ENABLED, () -> operation(c) + " enables interrupts in an interrupt");
    }
  }

  /** Takes the notes of a node and ends the branch where its code does. */
  private void arrive(int c, Local at) {
    if (at.notes.isEmpty() || !isBehindStores(c)) {
      tell(c, at);
    } else {
      delays().say(code.host(c), new Said(c, at), Mix.then(c, mixed(at.notes)));
    }
    look(c, at);
  }

  /** Tells the checker the notes of a node. */
  private void tell(int c, Local at) {
    for (int i = 0; i < at.notes.size(); i++) {
      Noted n = at.notes.get(i);
      checker.note(actors[c], n.note(), n.about(), n.detail(), n.amount());
    }
  }

  private static long mixed(List<Noted> notes) {
    long mixed = notes.size();
    for (Noted n : notes) {
      mixed = Mix.then(Mix.then(mixed, n.note().ordinal()), n.about());
      mixed = Mix.then(Mix.then(mixed, n.detail()), n.amount());
    }
    return mixed;
  }

  private void look(int c, Local at) {
    for (int i = 0; i < at.notes.size(); i++) {
      Noted n = at.notes.get(i);
      distinguishes |= n.note() == Note.CPU_NUMBER && exchangeable[c];
      drainsAll |= n.note() == Note.DRAINS_ALL;
      if (n.note() == Note.MIGHT_SLEEP) {
        checker.mightSleep(actors[c], at.held, c >= cpus);
      }
    }
    if (at.kind == Local.Kind.BUG) {
      fail(at, Harm.ASSERTION, () -> at.text);
    } else if (at.kind == Local.Kind.FAULT && code.mistake(at) != null) {
      mistake = code.mistake(at);
      ended = true;
    } else if (at.kind == Local.Kind.FAULT) {
      String broken = "operation " + code.name(c, at.operation) + " " + at.text;
      fault = fault == null ? broken : fault;
      fail(at, Harm.CONTRACT, () -> broken);
    }
  }

  /** Whether somebody is not done and nobody can go on. */
  boolean isDeadlocked() {
    for (int c = 0; c < movers; c++) {
      if (isEnabled(c)) {
        return false;
      }
    }
    return !isAllDone();
  }

  /** What it is where nobody can go on: an operation that tries again for ever, or a deadlock. */
  Harm stuck() {
    for (int c = 0; c < contexts; c++) {
      if (!isDone(c) && !isInterrupted(c) && isSpinning(c)) {
        return Harm.ENDLESS;
      }
    }
    return Harm.DEADLOCK;
  }

  /** Who waits for what, where nobody can go on. */
  Finding deadlock() {
    StringJoiner waiting = new StringJoiner("; ");
    for (int c = 0; c < contexts; c++) {
      if (!isDone(c)) {
        Access wants = local[c].next;
        waiting.add("cpu"
            + code.host(c)
            + (c >= cpus ? " (interrupt)" : "")
            + " in "
            + operation(c)
            + (wants == null
                ? " has not begun"
                : (isSpinning(c) ? " goes round in circles and sees nothing new: it" : "")
                    + " wants to " + wants.describe(arena)));
      }
    }
    Harm harm = stuck();
    return new Finding(harm, waiting + (harm == Harm.ENDLESS ? BOUND : ""));
  }

  private Local fail(Local at, Harm harm, Supplier<String> text) {
    ended = true;
    checker.findings().report(harm, text);
    return at;
  }

  /** Whether the last step ended the branch: nothing can be said about what follows. */
  boolean isEnded() {
    return ended;
  }

  /** How the scenario broke, or null. */
  Stop.@Nullable ScenarioBroke mistake() {
    return mistake;
  }

  /** How an operation first broke the contract of operations, or null. */
  @Nullable
  String fault() {
    return fault;
  }

  /** Whether a step told exchangeable CPUs apart: by an address of private memory, or by number. */
  boolean breaksSymmetry() {
    return distinguishes;
  }

  /** Whether any step so far was of lru_add_drain_all. */
  boolean drainsAll() {
    return drainsAll;
  }

  // ---- states

  /** Goes back to the initial state; what is known of locks stays. */
  void rewind() {
    checker.rewound();
    restore(0, first, 0, undelayed);
  }

  /** Forgets in which order and context locks were taken. */
  void forgetLocks() {
    lockdep = new Lockdep();
  }

  /** What the last step means to lockdep, or null. */
  @Nullable
  LockUse lastLockUse() {
    return lastLockUse;
  }

  /** A mark of the memory to {@link #restore}. */
  int mark() {
    return memory.mark();
  }

  void saveLocals(Local[] to, int at) {
    System.arraycopy(local, 0, to, at, contexts);
  }

  /** Where the stores stand that wait; null where none does. */
  WeakMemory.@Nullable State delayed() {
    return weak == null ? null : weak.state();
  }

  /** Whether a bound of the weak memory was reached. */
  boolean isBounded() {
    return weak != null && weak.isBounded();
  }

  void restore(int mark, Local[] from, int at, WeakMemory.@Nullable State delayed) {
    if (delayed != null) {
      delays().restore(delayed);
    }
    memory.undoTo(mark);
    System.arraycopy(from, at, local, 0, contexts);
    ended = false;
  }

  /**
   * Fingerprint of what only this context can see; equal for exchangeable contexts in equal states.
   */
  long key(int c) {
    if (c >= contexts) {
      return Mix.of(c);
    }
    long own = c < cpus ? memory.privateHash(c) : 0;
    return Mix.of(own + Mix.of(local[c].pathHash + salt[c]));
  }

  /** Fingerprint of what all contexts can see. */
  long sharedKey() {
    long shared = Mix.of(memory.sharedHash());
    return weak == null ? shared : Mix.then(shared, weak.state().mixed());
  }

  /** Whether some contexts may be exchanged for each other. */
  boolean isSymmetric() {
    return reductions.symmetry();
  }

  /** Whether these two may be exchanged for each other; any one may for itself. */
  boolean areAlike(int c, int d) {
    boolean byRole = reductions.symmetry() && c < cpus && d < cpus;
    return c == d || (byRole && plan.scenario().role(c) == plan.scenario().role(d));
  }

  /** How the scenario names the way in which the run has ended, or null. */
  @Nullable
  String outcome() {
    return plan.scenario().outcome(mm);
  }

  int falsePositives() {
    return checker.falsePositives();
  }

  List<Finding> takeFindings() {
    return checker.findings().takeSentences();
  }

  // ---- for conditions and for people

  @Override
  public Mm mm() {
    return mm;
  }

  @Override
  public PageState pages() {
    return checker.state();
  }

  @Override
  public @Nullable String running(int cpu) {
    OutOfRange.check("CPU", cpu, cpus);
    return isInside(cpu) ? code.name(cpu, local[cpu].operation) : null;
  }

  @Override
  public @Nullable String inInterrupt(int cpu) {
    OutOfRange.check("CPU", cpu, cpus);
    for (int h = cpus; h < contexts; h++) {
      if (code.host(h) == cpu && isInside(h)) {
        return operation(h);
      }
    }
    return null;
  }

  Arena arena() {
    return arena;
  }

  ArenaMemory memory() {
    return memory;
  }

  /** Whether it is an interrupt handler. */
  boolean isHandler(int c) {
    return c >= cpus && c < contexts;
  }

  /** The CPU on which a context runs. */
  int cpuOf(int c) {
    return c < contexts ? code.host(c) : (c - contexts) % cpus;
  }

  /** The operation that the context is in or will begin next; empty if it is done. */
  String operation(int c) {
    if (c >= contexts) {
      return "store buffer of cpu" + cpuOf(c);
    }
    return isDone(c) ? "" : code.name(c, local[c].operation);
  }

  /** The shared access that the last step made, or null if it made none. */
  @Nullable
  Accessed lastAccess() {
    return lastAccess == null ? null : new Accessed(lastAccess, lastSeen, lastDelay);
  }

  /** Whether the last step was a whole operation without an access that others can see. */
  boolean wasSilent() {
    return operationEnded && lastAccess == null && !ended;
  }

  /** Whether the last step did more than to look at the registers of its CPU. */
  boolean hasActed() {
    return hasActed || ended;
  }

  /** Whether the last step was the end of an operation that had looked at something. */
  boolean hasLooked() {
    return operationEnded && readsOfOwn > 0;
  }

  /** The number of the operation in its program that the context is in or will begin next. */
  int operationNumber(int c) {
    return c < contexts ? local[c].operation : Integer.MAX_VALUE;
  }

  /** A fingerprint of what every context wants to do next. */
  long wantsMixed() {
    long mixed = 0;
    for (int c = 0; c < contexts; c++) {
      Access next = local[c].next;
      mixed = Mix.then(mixed, next == null ? local[c].operation : next.mixed());
    }
    return mixed;
  }

  /** A fingerprint of that access. */
  long lastAccessMixed() {
    return lastAccess == null ? 0 : lastAccess.mixed();
  }

  /** The functions that led to that access, outermost first; none unless they are asked for. */
  List<Caller> lastCallers() {
    return lastCallers;
  }

  /** Who holds which locks, and what waits in pagevecs. */
  Surroundings surroundings() {
    List<Surroundings.Holder> holders = new ArrayList<>();
    for (int c = 0; c < contexts; c++) {
      HeldLocks held = local[c].held;
      if (held.count() > 0 || held.areIrqsOff()) {
        holders.add(
            new Surroundings.Holder(code.host(c), c >= cpus, held.inOrder(), held.areIrqsOff()));
      }
    }
    Map<String, List<String>> waiting = new LinkedHashMap<>();
    Pagevecs pagevecs = mm.lru().pagevecs();
    for (int cpu = 0; cpu < cpus; cpu++) {
      for (Pagevecs.Kind kind : Pagevecs.Kind.values()) {
        // a count that something else was written over says nothing of slots
        int count = Math.max(0, Math.min(pagevecs.count(cpu, kind), pagevecs.slots()));
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          pages.add(arena.name(pagevecs.pageAt(cpu, kind, i)));
        }
        if (!pages.isEmpty()) {
          waiting.put("cpu" + cpu + "." + kind.name().toLowerCase(Locale.ROOT), pages);
        }
      }
    }
    return new Surroundings(holders, waiting, buffers());
  }

  private Map<String, List<String>> buffers() {
    Map<String, List<String>> buffers = new LinkedHashMap<>();
    for (int cpu = 0; weak != null && cpu < cpus; cpu++) {
      List<String> stores =
          weak.waiting(cpu).stream().map(store -> store.describe(arena)).toList();
      if (!stores.isEmpty()) {
        buffers.put("cpu" + cpu, stores);
      }
    }
    return buffers;
  }

  /** The fields of all pages, in their order. */
  List<PageFields> pageFields() {
    return IntStream.range(0, mm.page().count())
        .mapToObj(checker.state()::fields)
        .toList();
  }
}
