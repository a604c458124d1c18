// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.Set;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.memory.Note;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a storm as one CPU sees it. What the model says beside its accesses goes into
 * counters, checks and events of this CPU.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time is the CPU. Only this thread reads, writes, locks and notes here.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Other threads get exact numbers while the CPU stands still, and numbers that may be a
 *       moment old otherwise.
 *   <li>Nothing is allocated for an access that finds nothing wrong.
 * </ol>
 */
final class CpuMemory extends NativeMemory {
  private static final int ISOLATION = Ref.ISO.ordinal();
  private static final int TOUCHED_MAX = 512;

  /** One lock in so many is timed while it is held: reading the clock costs as much as the lock. */
  private static final int HOLDS_PER_SAMPLE = 16;

  /** So many locks that were free at once make one record of the recorder. */
  private static final int WAITS_PER_RECORD = 256;

  private final int cpu;
  private final Detector detector;
  private final AddressMap addresses;
  private final LatencyRecorder latencies;
  private final Perturber perturber;
  private final boolean keepsLedger;
  private final boolean checksLinks;
  private final boolean watchesPins;
  private final Watchpoint watchpoint;
  private final @Nullable EventRings rings;
  private final ReferenceLedger references;
  private final ReclaimLedger reclaim;
  private final CpuLocks locks = new CpuLocks();
  private final long[] counts = new long[StormCounter.values().length];
  private final long[] machineCounts = new long[MachineCounter.values().length];
  private @Nullable Replay replay;
  private long dirtied;
  private long cleaned;

  // ---- the operation in progress

  private StormOperation operation = StormOperation.IDLE;
  private final long[] touched = new long[TOUCHED_MAX];
  private int touches;
  private long listOperations;
  private long timedLock;
  private long lockedNanos;
  private long stalledNanos;
  private final int[] locksSinceSample = new int[Latency.values().length];
  private final int[] waitsWithoutWaiting = new int[Latency.values().length];

  /** @param rings where events go, if {@link Instrument#EVENTS} is on */
  CpuMemory(
      NativeMemory bytes,
      int cpu,
      Detector detector,
      LatencyRecorder latencies,
      @Nullable EventRings rings,
      Perturber perturber,
      Set<Instrument> instruments) {
    super(bytes);
    this.cpu = cpu;
    this.detector = detector;
    this.addresses = detector.addresses();
    this.latencies = latencies;
    this.perturber = perturber;
    this.keepsLedger = instruments.contains(Instrument.LEDGER);
    this.checksLinks = instruments.contains(Instrument.LINK_CHECKS);
    this.watchesPins = instruments.contains(Instrument.WATCHPOINTS);
    this.rings = instruments.contains(Instrument.EVENTS) ? rings : null;
    this.references = new ReferenceLedger(detector.refsPerPin());
    this.reclaim = new ReclaimLedger(cpu);
    this.watchpoint = new Watchpoint(bytes, this, detector, perturber);
  }

  /** Says who is told of pages that leave the page cache. Called before the CPU runs. */
  void tell(Replay load) {
    replay = load;
  }

  // ---- operations

  /** The CPU begins another operation. */
  void begin(StormOperation next) {
    operation = next;
    touches = 0;
    listOperations = 0;
  }

  void end() {
    operation = StormOperation.IDLE;
  }

  StormOperation operation() {
    return operation;
  }

  /** The last pages whose references the operation in progress has changed. */
  long[] touched() {
    return Arrays.copyOf(touched, Math.min(touches, TOUCHED_MAX));
  }

  // ---- locks

  CpuLocks locks() {
    return locks;
  }

  @Override
  public void lock(long addr) {
    perturber.atAccess();
    Latency wait = addresses.waitFor(addr);
    if (!tryLock(addr)) {
      waitAndLock(addr, wait);
    } else if (wait != null && ++waitsWithoutWaiting[wait.ordinal()] == WAITS_PER_RECORD) {
      latencies.record(cpu, wait, 0, WAITS_PER_RECORD);
      waitsWithoutWaiting[wait.ordinal()] = 0;
    }
    locks.add(addr);
    if (wait != null && ++locksSinceSample[wait.ordinal()] >= HOLDS_PER_SAMPLE && timedLock == 0) {
      locksSinceSample[wait.ordinal()] = 0;
      timedLock = addr;
      lockedNanos = System.nanoTime();
    }
    perturber.atAccess();
  }

  private void waitAndLock(long addr, @Nullable Latency wait) {
    long start = System.nanoTime();
    locks.beginWait(addr);
    super.lock(addr);
    locks.endWait();
    if (wait != null) {
      long nanos = System.nanoTime() - start;
      latencies.record(cpu, wait, nanos);
      StormEvents.lockWait(cpu, wait.tag(), nanos);
    }
  }

  @Override
  public void unlock(long addr) {
    if (addr == timedLock) {
      Latency hold = addresses.holdOf(addr);
      if (hold != null) {
        latencies.record(cpu, hold, System.nanoTime() - lockedNanos);
      }
      timedLock = 0;
    }
    locks.remove(addr);
    super.unlock(addr);
  }

  @Override
  public void lockBits64(long addr, long mask) {
    if (!tryLockBits64(addr, mask)) {
      locks.beginWait(addr, mask, 0);
      super.lockBits64(addr, mask);
    }
  }

  @Override
  public boolean tryLockBits64(long addr, long mask) {
    boolean locked = super.tryLockBits64(addr, mask);
    if (locked) {
      // in this order: nobody must see it wait for what it holds
      if (locks.waitsFor() != 0) {
        locks.endWait();
      }
      locks.add(addr);
    }
    return locked;
  }

  @Override
  public void unlockBits64(long addr, long mask) {
    locks.remove(addr);
    super.unlockBits64(addr, mask);
  }

  @Override
  public void waitUntil64(long addr, long mask, long value) {
    locks.beginWait(addr, mask, value);
    super.waitUntil64(addr, mask, value);
    locks.endWait();
  }

  /** Spin locks come free even if their holder dies, bits of a page are repaired with the lists. */
  @Override
  protected void stillWaits() {
    super.stillWaits();
    if (addresses.isPage(locks.waitsFor())) {
      detector.damage().giveUpIfDone();
    }
  }

  /** Whether what the CPU waits for has not come, to be asked by others. */
  boolean waitsInVain() {
    long addr = locks.waitsFor();
    long mask = locks.mask();
    long wanted = locks.wanted();
    if (addr == 0) {
      return false;
    }
    return mask == 0 ? !is32(addr, 0) : (readOnce64(addr) & mask) != wanted;
  }

  /** The operation died: its locks are released. */
  void releaseAll() {
    for (long addr : locks.held()) {
      if (addresses.isPage(addr)) {
        unlockBits64(addr, PageFlag.LOCKED.mask());
      } else {
        unlock(addr);
      }
    }
    locks.clear();
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
      case SITE -> references.enter((int) detail, (int) amount);
      case REF -> reference(about, (int) detail, amount);
      case LIST_ADD -> listAdd(about, detail, amount);
      case LIST_DEL -> listDel(about, detail, amount);
      default -> rarely(note, about, detail, amount);
    }
  }

  private void reference(long page, int reason, long amount) {
    perturber.atAccess();
    if (keepsLedger) {
      references.add(reason, amount);
      touched[touches++ & (TOUCHED_MAX - 1)] = page;
      if (reason == ISOLATION) {
        isolation(page, amount > 0);
      }
    }
    event(page, Note.REF, reason, amount);
  }

  private void isolation(long page, boolean begins) {
    int number = addresses.number(page);
    if (begins) {
      StormEvents.isolate(cpu, number, true);
    } else {
      StormEvents.putback(cpu, number);
    }
  }

  private void event(long about, Note note, int reason, long amount) {
    if (rings != null) {
      int page = addresses.number(about);
      if (page >= 0) {
        long nanos = System.nanoTime() - detector.harms().startNanos();
        rings.add(page, nanos, cpu, operation, note, reason, amount);
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
    if (addresses.isWild(next)
        || addresses.isWild(prev)
        || read64(next + 8) != nextsPrev
        || read64(prev) != prevsNext) {
      detector.inconsistent(this, what, entry, next, prev);
    }
  }

  /** Lists that were corrupted may have no end; an operation that walks one does. */
  private void bound() {
    perturber.atAccess();
    if (detector.panic().isDone()) {
      throw new KernelBug("the machine has panicked");
    }
    if (++listOperations > detector.listOperationsMax()) {
      detector.endless(this);
    }
  }

  private void rarely(Note note, long about, long detail, long amount) {
    switch (note) {
      case PIN_HELD -> add(StormCounter.PINS, 1);
      case PIN_RELEASE -> add(StormCounter.UNPINS, 1);
      case REFAULT -> add(MachineCounter.REFAULTS, 1);
      case WORKINGSET_ACTIVATE -> add(MachineCounter.WORKINGSET_ACTIVATIONS, 1);
      case THROTTLED -> {
        add(MachineCounter.THROTTLED, 1);
        detector.damage().giveUpIfDone();
        Perturber.sleep();
      }
      case DIRECT_RECLAIM_BEGIN -> {
        add(MachineCounter.ALLOCATION_STALLS, 1);
        stalledNanos = System.nanoTime();
      }
      case DIRECT_RECLAIM_END -> {
        add(MachineCounter.DIRECT_RECLAIMED, detail);
        latencies.record(cpu, Latency.DIRECT_RECLAIM, System.nanoTime() - stalledNanos);
      }
      case SCAN_PRIORITY -> {
        reclaim.beginPriority((int) detail);
        // an operation that gets many pages may reclaim very often, and each pass has an end
        listOperations = 0;
      }
      case SCANNED -> reclaim.scanned((int) about, detail, amount);
      case SHRUNK -> reclaim.judged(detail);
      case DEACTIVATED -> reclaim.deactivated();
      case DIRTIED -> {
        dirtied++;
        add(MachineCounter.DIRTIED, 1);
      }
      case CLEANED -> cleaned++;
      case DROPPED -> {
        Replay seen = replay;
        if (seen != null) {
          seen.went(
              detector.fileOf(read64(about + PageLayout.MAPPING)),
              read64(about + PageLayout.INDEX));
        }
      }
      case FREED -> {
        // shrink_page_list has unlocked it with __ClearPageLocked, which is a plain store
        locks.remove(addresses.page(addresses.number(about)) + PageLayout.FLAGS);
        detector.freed(this, about);
      }
      case BAD_PAGE -> detector.badPage(this, about);
      case NO_BUFFERS -> add(StormCounter.PAGES_WITHOUT_BUFFERS, 1);
      case LIST_REFUSED -> detector.refused(this, about);
      default -> {}
    }
    switch (note) {
      case SCANNED, SCAN_PRIORITY, DIRECT_RECLAIM_BEGIN, DIRECT_RECLAIM_END -> {}
      case LINKED, GRAB, REFUSED, UNPIN, DMA, ASKS, ANSWERED -> {}
      default -> event(about, note, 0, 0);
    }
  }

  /** An assertion is counted and the CPU goes on, as where the kernel was built to warn only. */
  @Override
  public void bug(String text) {
    detector.assertion(this, text);
  }

  // ---- for others

  int cpu() {
    return cpu;
  }

  void add(StormCounter counter, long amount) {
    counts[counter.ordinal()] += amount;
  }

  void add(MachineCounter counter, long amount) {
    machineCounts[counter.ordinal()] += amount;
  }

  long count(MachineCounter counter) {
    return machineCounts[counter.ordinal()];
  }

  long count(StormCounter counter) {
    return counts[counter.ordinal()];
  }

  /** Pages that this CPU made dirty, less those that it cleaned. */
  long dirtied() {
    return dirtied - cleaned;
  }

  ReferenceLedger references() {
    return references;
  }

  ReclaimLedger reclaim() {
    return reclaim;
  }
}
