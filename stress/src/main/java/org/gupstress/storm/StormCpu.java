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
 * while the world is stopped.
 *
 * <p>An operation that dies of a corrupted list releases its locks; the CPU goes on with the next.
 * Whatever else it throws is the design's, and the machine stops.
 */
abstract class StormCpu implements Watchdog.CpuView {
  private static final long MENDING_NANOS = 20_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  final Mm mm;
  final Cpu cpu;
  final CpuMemory memory;
  private final Watch watch;
  private final AtomicLong operations = new AtomicLong();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  StormCpu(StormMachine machine, int number, CpuMemory memory, Watch watch) {
    this.memory = memory;
    this.watch = watch;
    this.mm = machine.through(memory);
    this.cpu = mm.cpu(number);
  }

  /** Does one thing, or waits a moment if there is nothing to do. */
  abstract void step();

  /** Whether it may stand aside until lists are mended: nobody waits for what it does. */
  boolean restsWhileDamaged() {
    return true;
  }

  /** Runs until the world ends. */
  void run(World world) {
    while (world.goesOn(this)) {
      if (watch.isDamaged() && restsWhileDamaged()) {
        LockSupport.parkNanos(MENDING_NANOS);
      } else {
        step();
      }
    }
  }

  /** Runs one operation; what it is called is told in findings. */
  final void operate(Activity activity, Runnable operation) {
    thread.lazySet(Thread.currentThread());
    memory.begin(activity);
    try {
      operation.run();
    } catch (KernelBug | IndexOutOfBoundsException oops) {
      watch.died(memory, oops);
      // they may be half moved
      mm.lru().pagevecs().abandon(memory.cpu(), watch::abandoned);
      memory.releaseAll();
      cpu.irqEnable();
    } catch (Throwable thrown) {
      watch.broke(List.of(new Actor(memory.cpu(), activity.id())), activity.id(), thrown);
    } finally {
      if (memory.read64(cpu.irqsOffWord()) != 0) {
        watch.assertion(memory, "interrupts are off at the end of an operation");
      }
      memory.end();
      operations.lazySet(operations.get() + 1);
    }
  }

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
    Activity activity = memory.activity();
    return activity == Activity.IDLE ? null : activity.id();
  }

  @Override
  public final long cpuNanos() {
    Thread running = thread.get();
    return running == null ? 0 : Math.max(0, THREADS.getThreadCpuTime(running.getId()));
  }

  @Override
  public final @Nullable String waitsFor() {
    long addr = memory.waitsFor();
    if (addr == 0) {
      return null;
    }
    return memory.waitsForBits() ? watch.bitsName(addr) : watch.lockName(addr);
  }

  @Override
  public final List<String> holds() {
    return Arrays.stream(memory.held()).mapToObj(watch::lockName).toList();
  }
}
