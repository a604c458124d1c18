// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How many pages a second can all threads together isolate from the LRU and put back? With one
 * lru_lock for the node or one for each of eight memory cgroups, by the algorithm of the lock.
 *
 * <p>A thread has pages of its own, all of one cgroup, so threads share only the lists of a cgroup
 * and its lock. Jain's index tells whether they got equal shares of the lock. It is computed from
 * the counters {@code pairs} and {@code pairsSquared}: 1 if all threads did as much, 1/threads if
 * one thread did it all.
 *
 * <p>A {@code synchronized} block must be left in the method that entered it, so it holds the lock
 * for the whole call: a little longer than the others do.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LruLockContention {
  private static final int GROUPS = 8;

  /** Of each thread. */
  static final int PAGES = 128;

  private static final String ANY_DESIGN = "get-page";

  /** Eight cgroups, each with lists of its own. */
  @State(Scope.Benchmark)
  public static class Node {
    @Param({"ttas", "ticket", "mcs", "qspinlock", "reentrant", "synchronized"})
    public String lock = "ttas";

    /** node: one lock for all; memcg: one for each group. */
    @Param({"node", "memcg"})
    public String granularity = "node";

    /** Slots of a pagevec: 1 is none, 15 is Linux 4.19, 31 is 6.9. */
    @Param({"1", "15", "31"})
    public int pagevec = Pagevecs.PAGEVEC_SIZE;

    private Mm.Shape shape;
    private NativeMemory memory;
    private LruLock[] locks;
    private Object[] monitors;

    @Setup
    public void boot(BenchmarkParams params) {
      int threads = params.getThreads();
      shape = MeasuredMachine.bare(threads, threads * PAGES, pagevec);
      memory = MeasuredMachine.memory(ANY_DESIGN, shape, GROUPS);
      locks = new LruLock[granularity.equals("node") ? 1 : GROUPS];
      monitors = new Object[locks.length];
      for (int i = 0; i < locks.length; i++) {
        locks[i] = LruLock.of(lock, threads);
        monitors[i] = new Object();
      }
      for (int group = 0; group < GROUPS; group++) {
        memory.enter(group);
        Mm mm = MeasuredMachine.through(memory, ANY_DESIGN, shape);
        mm.lru().boot();
        for (int p = 0; p < threads * PAGES; p++) {
          MeasuredMachine.bootAnonymous(mm, mm.page().address(p));
        }
      }
    }
  }

  /** The pairs of a thread while all threads were measured. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Shares {
    public long pairs;

    /** The square of {@link #pairs}: what JMH reports is its sum over the threads. */
    public double pairsSquared() {
      return (double) pairs * pairs;
    }
  }

  /** The pages of a thread. */
  @State(Scope.Thread)
  public static class ThreadPages {
    private Mm mm;
    private Cpu cpu;
    private Object monitor;
    private boolean isSynchronized;
    private int slots;
    private int first;
    private int at;

    @Setup
    public void enter(Node node, ThreadParams thread) {
      int group = thread.getThreadIndex() % GROUPS;
      int lock = group % node.locks.length;
      LruLockMemory memory =
          new LruLockMemory(node.memory, node.locks[lock], thread.getThreadIndex());
      memory.enter(group);
      mm = MeasuredMachine.through(memory, ANY_DESIGN, node.shape);
      memory.replaces(mm.lru().node().lruLock().addr());
      cpu = mm.cpu(thread.getThreadIndex());
      monitor = node.monitors[lock];
      isSynchronized = node.lock.equals("synchronized");
      slots = node.pagevec;
      first = thread.getThreadIndex() * PAGES;
    }

    /** The machine as this thread sees it. */
    Mm mm() {
      return mm;
    }

    long next() {
      at = at + 1 < PAGES ? at + 1 : 0;
      return mm.page().address(first + at);
    }

    boolean isolate(long page) {
      if (!isSynchronized) {
        return mm.lru().isolation().isolateLruPage(cpu, page);
      }
      Object lruLock = monitor;
      synchronized (lruLock) {
        return mm.lru().isolation().isolateLruPage(cpu, page);
      }
    }

    void putback(long page) {
      boolean drains = mm.lru().pagevecs().count(cpu.slot(), Pagevecs.Kind.LRU_ADD) == slots - 1;
      if (!isSynchronized || !drains) {
        mm.lru().isolation().putbackLruPage(cpu, page);
        return;
      }
      Object lruLock = monitor;
      synchronized (lruLock) {
        mm.lru().isolation().putbackLruPage(cpu, page);
      }
    }
  }

  @Benchmark
  public long isolateAndPutback(ThreadPages own, Shares shares, Control control) {
    long page = own.next();
    if (!own.isolate(page)) {
      throw new IllegalStateException("a page of this thread was not on its list");
    }
    own.putback(page);
    if (!control.stopMeasurement) {
      shares.pairs++;
    }
    return page;
  }
}
