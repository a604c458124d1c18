// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.Set;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.memory.Note;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.reclaim.InactiveList;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a storm as one CPU sees it. What the model says beside its accesses ends here, in
 * counters, checks and events of this CPU alone.
 *
 * <p>Guarantees: everything is written by the CPU's thread only; others read it when the world has
 * stopped, or get values that may be a moment old. Nothing is allocated per access.
 */
final class CpuMemory extends NativeMemory {
  private static final int ISOLATION = Ref.ISO.ordinal();
  private static final int SITES = Site.values().length;
  private static final int HELD_MAX = 64;
  private static final int TOUCHED_MAX = 512;
  private static final int PRIORITIES = ReclaimPass.PRIORITY_MAX + 1;
  private static final int FREE_VERDICT = InactiveList.Verdict.FREE.ordinal();
  private static final int ACTIVATE_VERDICT = InactiveList.Verdict.ACTIVATE_LOCKED.ordinal();

  /** One lock in so many is timed while it is held: reading the clock costs as much as the lock. */
  private static final int HOLDS_PER_SAMPLE = 16;

  private static final int WAITS_PER_RECORD = 256;

  private final int cpu;
  private final Watch watch;
  private final Perturber perturber;
  private final boolean isLoad;
  private final boolean keepsLedger;
  private final boolean checksLinks;
  private final boolean watchesPins;
  private final Watchpoint watchpoint;
  private final @Nullable EventRings rings;

  // ---- the ledger

  private final int[] site = new int[Ref.values().length];
  private final long[] taken = new long[site.length * SITES];
  private final long[] dropped = new long[site.length * SITES];

  // ---- counters

  private final long[] counts = new long[Counter.values().length];
  private long dirtied;
  private long cleaned;
  private final long[][] reclaim = new long[PRIORITIES][Pass.values().length];
  private final long[] passBegan = new long[Pass.values().length];
  private int priority = ReclaimPass.PRIORITY_MAX;

  // ---- what the operation in progress has and waits for

  private Activity activity = Activity.IDLE;
  private final long[] held = new long[HELD_MAX];
  private int holds;
  private long waitsFor;
  private boolean waitsForBits;
  private final long[] touched = new long[TOUCHED_MAX];
  private int touches;
  private long listOperations;
  private long timedLock;
  private long lockedNanos;
  private final int[] locksSinceSample = new int[Timing.values().length];
  private final int[] waitsWithoutWaiting = new int[Timing.values().length];

  /** What is counted of each priority. */
  enum Pass {
    PASSES,
    SCANNED,
    ISOLATED,
    RECLAIMED,
    ACTIVATED,
    KEPT
  }

  /**
   * @param isLoad whether the CPU carries load, and so allocates
   * @param instruments what is on; {@link Instrument#EVENTS} only if the watch has rings as well
   */
  CpuMemory(
      NativeMemory bytes,
      int cpu,
      boolean isLoad,
      Watch watch,
      Perturber perturber,
      Set<Instrument> instruments) {
    super(bytes);
    this.cpu = cpu;
    this.isLoad = isLoad;
    this.watch = watch;
    this.perturber = perturber;
    this.keepsLedger = instruments.contains(Instrument.LEDGER);
    this.checksLinks = instruments.contains(Instrument.LINK_CHECKS);
    this.watchesPins = instruments.contains(Instrument.WATCHPOINTS);
    this.rings = instruments.contains(Instrument.EVENTS) ? watch.rings() : null;
    this.watchpoint = new Watchpoint(bytes, this, watch, perturber);
  }

  // ---- operations

  /** The CPU begins something else. */
  void begin(Activity next) {
    activity = next;
    touches = 0;
    listOperations = 0;
  }

  void end() {
    activity = Activity.IDLE;
  }

  Activity activity() {
    return activity;
  }

  /** The pages whose references the operation in progress has changed, the last ones of them. */
  long[] touched() {
    return Arrays.copyOf(touched, Math.min(touches, TOUCHED_MAX));
  }

  // ---- locks

  @Override
  public void lock(long addr) {
    perturber.atAccess();
    Timing timing = watch.waitFor(addr);
    if (tryLock(addr)) {
      if (timing != null && ++waitsWithoutWaiting[timing.ordinal()] == WAITS_PER_RECORD) {
        watch.timings().record(cpu, timing, 0, WAITS_PER_RECORD);
        waitsWithoutWaiting[timing.ordinal()] = 0;
      }
    } else {
      long start = System.nanoTime();
      waitsFor = addr;
      super.lock(addr);
      waitsFor = 0;
      if (timing != null) {
        long nanos = System.nanoTime() - start;
        watch.timings().record(cpu, timing, nanos);
        StormEvents.lockWait(cpu, timing.tag(), nanos);
      }
    }
    push(addr);
    if (timing != null
        && ++locksSinceSample[timing.ordinal()] >= HOLDS_PER_SAMPLE
        && timedLock == 0) {
      locksSinceSample[timing.ordinal()] = 0;
      timedLock = addr;
      lockedNanos = System.nanoTime();
    }
    perturber.atAccess();
  }

  @Override
  public void unlock(long addr) {
    if (addr == timedLock) {
      Timing timing = watch.holdOf(addr);
      if (timing != null) {
        watch.timings().record(cpu, timing, System.nanoTime() - lockedNanos);
      }
      timedLock = 0;
    }
    pop(addr);
    super.unlock(addr);
  }

  @Override
  public void lockBits64(long addr, long mask) {
    if (!tryLockBits64(addr, mask)) {
      waitsFor = addr;
      super.lockBits64(addr, mask);
      waitsFor = 0;
    }
  }

  @Override
  public boolean tryLockBits64(long addr, long mask) {
    boolean locked = super.tryLockBits64(addr, mask);
    if (locked) {
      push(addr);
    }
    return locked;
  }

  @Override
  public void unlockBits64(long addr, long mask) {
    pop(addr);
    super.unlockBits64(addr, mask);
  }

  @Override
  public void waitUntil64(long addr, long mask, long value) {
    waitsForBits = true;
    waitsFor = addr;
    super.waitUntil64(addr, mask, value);
    waitsFor = 0;
    waitsForBits = false;
  }

  /** Spin locks come free even if their holder dies, bits of a page are mended with the lists. */
  @Override
  protected void stillWaits() {
    super.stillWaits();
    if (watch.isPage(waitsFor)) {
      watch.giveUpIfDamaged();
    }
  }

  private void push(long addr) {
    int n = holds;
    if (n < HELD_MAX) {
      held[n] = addr;
      holds = n + 1;
    }
  }

  private void pop(long addr) {
    int n = holds;
    for (int i = n - 1; i >= 0; i--) {
      if (held[i] == addr) {
        System.arraycopy(held, i + 1, held, i, n - 1 - i);
        holds = n - 1;
        return;
      }
    }
  }

  /** The addresses of the locks that it holds; for other threads a moment old. */
  long[] held() {
    return Arrays.copyOf(held, holds);
  }

  /** The address of what it waits for, or 0. */
  long waitsFor() {
    return waitsFor;
  }

  /** Whether it waits for bits of that word, and not for a lock. */
  boolean waitsForBits() {
    return waitsForBits;
  }

  /** The operation died: its locks are released. */
  void releaseAll() {
    for (long addr : held()) {
      if (watch.isPage(addr)) {
        unlockBits64(addr, PageFlag.LOCKED.mask());
      } else {
        unlock(addr);
      }
    }
    holds = 0;
    waitsFor = 0;
    waitsForBits = false;
  }

  // ---- watchpoints

  @Override
  public Memory through(View view) {
    perturber.atAccess();
    return view == View.PIN && watchesPins && perturber.samples() ? watchpoint : this;
  }

  // ---- what the model says

  @Override
  public void note(Note note, long about, long detail, long amount) {
    switch (note) {
      case SITE -> site[(int) detail] = (int) amount;
      case REF -> ref(about, (int) detail, amount);
      case LIST_ADD -> listAdd(about, detail, amount);
      case LIST_DEL -> listDel(about, detail, amount);
      default -> rarely(note, about, detail, amount);
    }
  }

  private void ref(long page, int reason, long amount) {
    perturber.atAccess();
    if (keepsLedger) {
      int at = reason * SITES + site[reason];
      if (amount > 0) {
        taken[at] += amount;
      } else {
        dropped[at] -= amount;
      }
      touched[touches++ & (TOUCHED_MAX - 1)] = page;
      if (reason == ISOLATION) {
        isolation(page, amount > 0);
      }
    }
    event(page, Note.REF, reason, amount);
  }

  private void isolation(long page, boolean begins) {
    int number = watch.number(page);
    if (begins) {
      StormEvents.isolate(cpu, number, true);
    } else {
      StormEvents.putback(cpu, number);
    }
  }

  private void event(long about, Note note, int reason, long amount) {
    if (rings != null) {
      int page = watch.number(about);
      if (page >= 0) {
        rings.add(
            page, System.nanoTime() - watch.startNanos(), cpu, activity, note, reason, amount);
      }
    }
  }

  private void listAdd(long entry, long next, long prev) {
    bound();
    event(entry, Note.LIST_ADD, 0, 0);
    if (checksLinks) {
      checkLinks("list_add", entry, next, prev, prev, next);
    }
  }

  private void listDel(long entry, long next, long prev) {
    bound();
    event(entry, Note.LIST_DEL, 0, 0);
    if (checksLinks) {
      checkLinks("list_del", entry, next, prev, entry, entry);
    }
  }

  /** Whether the neighbours point back, as lib/list_debug.c asks. */
  private void checkLinks(
      String what, long entry, long next, long prev, long nextsPrev, long prevsNext) {
    if (watch.isWild(next)
        || watch.isWild(prev)
        || read64(next + 8) != nextsPrev
        || read64(prev) != prevsNext) {
      watch.inconsistent(this, what, entry, next, prev);
    }
  }

  /** Lists that were corrupted may have no end; an operation that walks one does. */
  private void bound() {
    perturber.atAccess();
    if (watch.isPanicked()) {
      throw new KernelBug("the machine has panicked");
    }
    if (++listOperations > watch.listOperationsMax()) {
      watch.endless(this);
    }
  }

  private void rarely(Note note, long about, long detail, long amount) {
    switch (note) {
      case PIN_HELD -> counts[Counter.PINS.ordinal()]++;
      case PIN_RELEASE -> counts[Counter.UNPINS.ordinal()]++;
      case REFAULT -> counts[Counter.REFAULTS.ordinal()]++;
      case THROTTLED -> {
        watch.giveUpIfDamaged();
        Perturber.sleep();
      }
      case SCAN_PRIORITY -> {
        endPass();
        priority = (int) detail;
        System.arraycopy(reclaim[priority], 0, passBegan, 0, passBegan.length);
        count(Pass.PASSES, 1);
        if (isLoad && priority == ReclaimPass.PRIORITY_MAX) {
          counts[Counter.ALLOCATION_STALLS.ordinal()]++;
        }
      }
      case SCANNED -> {
        count(Pass.SCANNED, detail);
        count(Pass.ISOLATED, amount);
      }
      case SHRUNK ->
        count(
            detail == FREE_VERDICT
                ? Pass.RECLAIMED
                : detail == ACTIVATE_VERDICT ? Pass.ACTIVATED : Pass.KEPT,
            1);
      case DEACTIVATED -> count(Pass.KEPT, 1);
      case DIRTIED -> dirtied++;
      case CLEANED -> cleaned++;
      case FREED -> watch.freed(this, about, detail != 0);
      case NO_BUFFERS -> counts[Counter.PAGES_WITHOUT_BUFFERS.ordinal()]++;
      case LIST_REFUSED -> watch.refused(this, about);
      default -> {}
    }
    if (note != Note.SCANNED && note != Note.SCAN_PRIORITY && note != Note.LINKED) {
      event(about, note, 0, 0);
    }
  }

  /** Tells of the pass that is over; there is none before the first. */
  private void endPass() {
    long[] now = reclaim[priority];
    if (now[Pass.PASSES.ordinal()] > passBegan[Pass.PASSES.ordinal()]) {
      StormEvents.reclaim(
          cpu,
          new ReclaimPass(
              priority,
              1,
              since(Pass.SCANNED),
              since(Pass.ISOLATED),
              since(Pass.RECLAIMED),
              since(Pass.ACTIVATED),
              since(Pass.KEPT)));
    }
  }

  private long since(Pass what) {
    return reclaim[priority][what.ordinal()] - passBegan[what.ordinal()];
  }

  private void count(Pass what, long amount) {
    reclaim[priority][what.ordinal()] += amount;
  }

  /** An assertion is counted and the CPU goes on, as where the kernel was built to warn only. */
  @Override
  public void bug(String text) {
    watch.assertion(this, text);
  }

  // ---- for others

  int cpu() {
    return cpu;
  }

  void add(Counter counter, long amount) {
    counts[counter.ordinal()] += amount;
  }

  long count(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Pages that this CPU made dirty, less those that it cleaned. */
  long dirtied() {
    return dirtied - cleaned;
  }

  long reclaim(int atPriority, Pass what) {
    return reclaim[atPriority][what.ordinal()];
  }

  long taken(Ref reason, Site at) {
    return taken[reason.ordinal() * SITES + at.ordinal()];
  }

  long dropped(Ref reason, Site at) {
    return dropped[reason.ordinal() * SITES + at.ordinal()];
  }
}
