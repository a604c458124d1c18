// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.KernelBug;
import org.jspecify.annotations.Nullable;

/**
 * A thread that is a CPU: does one operation after another, and stands still between two of them
 * while the machine is stopped.
 *
 * <p>An operation that dies of a corrupted list releases its locks, and the CPU goes on with the
 * next. Whatever else an operation throws is the design's fault, and the machine panics.
 *
 * <p>Assumes that one thread at a time is the CPU: its own, or the one that ends the storm while
 * all CPUs stand still.
 */
abstract class StormCpu implements Watchdog.CpuView {
  private static final long REPAIR_NANOS = 20_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  final Mm mm;
  final Cpu cpu;
  final CpuMemory memory;
  private final Detector detector;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private @Nullable StopMachine stopMachine;
  private volatile @Nullable Request inHand;

  StormCpu(StormMachine machine, int number, CpuMemory memory, Detector detector) {
    this.memory = memory;
    this.detector = detector;
    this.mm = machine.through(memory);
    this.cpu = mm.cpu(number);
  }

  /** Does one thing, or waits a moment if there is nothing to do. */
  abstract void step();

  /** Whether operations of other CPUs wait for what this one does. */
  boolean isWaitedFor() {
    return false;
  }

  /** Says who makes the CPU stand still. Called before the CPU runs. */
  final void standsBy(StopMachine stops) {
    this.stopMachine = stops;
  }

  /** Runs until the storm ends. */
  final void run() {
    while (stopMachine == null || stopMachine.goesOn(this)) {
      if (detector.damage().isDone() && !isWaitedFor()) {
        LockSupport.parkNanos(REPAIR_NANOS);
      } else {
        step();
      }
    }
  }

  /** Runs one operation; what it is called is told in findings. */
  final void operate(StormOperation kind, Runnable operation) {
    thread.lazySet(Thread.currentThread());
    memory.begin(kind);
    try {
      operation.run();
    } catch (KernelBug | IndexOutOfBoundsException oops) {
      detector.died(memory, oops);
      // they may be half moved
      mm.lru().pagevecs().abandon(memory.cpu(), detector::abandoned);
      memory.releaseAll();
      cpu.irqEnable();
    } catch (Throwable thrown) {
      detector.broke(memory, kind.id(), thrown);
    } finally {
      if (memory.read64(cpu.irqsOffWord()) != 0) {
        detector.assertion(memory, "interrupts are off at the end of an operation");
      }
      memory.end();
      operations.lazySet(operations.get() + 1);
    }
  }

  /** Whether the machine was stopped, so that nothing more need be done. */
  final boolean hasPanicked() {
    return detector.panic().isDone();
  }

  /** The work item of the design, if it has one. */
  final void work() {
    if (mm.design().hasWork()) {
      operate(StormOperation.WORK, () -> mm.design().work(mm, cpu));
    }
  }

  // ---- for the watchdog

  @Override
  public final int cpu() {
    return memory.cpu();
  }

  @Override
  public final long progress() {
    return operations.get();
  }

  @Override
  public final @Nullable String operation() {
    StormOperation operation = memory.operation();
    return operation == StormOperation.IDLE ? null : operation.id();
  }

  @Override
  public final long cpuNanos() {
    Thread running = thread.get();
    return running == null ? 0 : Math.max(0, THREADS.getThreadCpuTime(running.getId()));
  }

  @Override
  public final @Nullable String waitsFor() {
    long addr = memory.locks().waitsFor();
    return addr == 0 ? null : detector.addresses().bitsName(addr, memory.locks().mask());
  }

  @Override
  public final boolean waitsInVain() {
    return memory.waitsInVain();
  }

  @Override
  public final boolean keepsWaiting(Watchdog.CpuView other) {
    if (!(other instanceof StormCpu waiter)) {
      return false;
    }
    CpuLocks wait = waiter.memory.locks();
    long addr = wait.waitsFor();
    long mask = wait.mask();
    if (addr == 0) {
      return false;
    }
    if (detector.addresses().isWriteback(addr, mask)) {
      return endsWriteback();
    }
    long page = detector.addresses().pinned(addr, mask);
    return page != 0
        ? hasPinned(page)
        : Arrays.stream(memory.locks().held()).anyMatch(held -> held == addr);
  }

  /** Whether pages under writeback wait for it. */
  boolean endsWriteback() {
    return false;
  }

  /** The pins that its operation takes or gives back, for others to see; null if it has none. */
  final void has(@Nullable Request pins) {
    inHand = pins;
  }

  /** Whether a pin of the page is given back by this CPU or by nobody; to be asked by others. */
  boolean hasPinned(long page) {
    Request pins = inHand;
    return pins != null && pins.has(page);
  }

  @Override
  public final long waits() {
    return memory.locks().waits();
  }

  @Override
  public final List<String> holds() {
    return Arrays.stream(memory.locks().held())
        .mapToObj(detector.addresses()::lockName)
        .toList();
  }

  @Override
  public final boolean standsStill() {
    return stopMachine != null && stopMachine.stands(this);
  }
}
