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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How long does the unluckiest pin take, and how often does it find a lock held? {@link #tail}
 * samples the time of one pin and unpin while other threads do the same to pages of their own; a
 * sample contains the time of reading the clock. {@link #spins} counts the looks at a lock that
 * another thread holds (the counters {@code locks} and {@code looks}).
 *
 * <p>A thread puts the pages that a design has lost back on the LRU half a round before it needs
 * them again. {@code tail} does that between the samples; {@code spins} has it in the operation.
 */
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Threads(2)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SpinsAndTails {
  private static final int PAGES = 1024;

  /** A machine with pages for every thread. */
  @State(Scope.Benchmark)
  public static class Machined {
    @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
    public String design = "get-page";

    private Mm.Shape shape;
    private NativeMemory memory;

    @Setup
    public void boot(BenchmarkParams params) {
      int pages = params.getThreads() * PAGES;
      shape = MeasuredMachine.bare(params.getThreads(), pages, Pagevecs.PAGEVEC_SIZE);
      memory = MeasuredMachine.memory(design, shape, 1);
      Mm mm = MeasuredMachine.through(memory, design, shape);
      mm.lru().boot();
      for (int p = 0; p < pages; p++) {
        MeasuredMachine.bootAnonymous(mm, mm.page().address(p));
      }
    }
  }

  /** A thread that pins. */
  @State(Scope.Thread)
  public static class Pinner {
    private CountingMemory memory;
    private Mm mm;
    private Cpu cpu;
    private int first;
    private int at;

    @Setup
    public void enter(Machined machine, ThreadParams thread) {
      memory = new CountingMemory(machine.memory);
      mm = MeasuredMachine.through(memory, machine.design, machine.shape);
      cpu = mm.cpu(thread.getThreadIndex());
      first = thread.getThreadIndex() * PAGES;
    }

    private long page(int ahead) {
      return mm.page().address(first + (at + ahead) % PAGES);
    }

    void goOn() {
      at = (at + 1) % PAGES;
      MeasuredMachine.findAgain(mm, cpu, page(PAGES / 2));
    }

    boolean pinAndUnpin() {
      return MeasuredMachine.pinAndUnpin(mm, cpu, page(0));
    }
  }

  /** One whose samples are of the pin and the unpin alone. */
  @State(Scope.Thread)
  public static class Sampled extends Pinner {
    @Setup(Level.Invocation)
    public void next() {
      goOn();
    }
  }

  /** The waits of a thread in an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Waits {
    /** Locks taken. */
    public long locks;

    /** Looks at a lock that somebody else held. */
    public long looks;
  }

  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public boolean tail(Sampled pinner) {
    return pinner.pinAndUnpin();
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public boolean spins(Pinner pinner, Waits waits) {
    long locks = pinner.memory.locks();
    long looks = pinner.memory.looks();
    pinner.goOn();
    boolean pinned = pinner.pinAndUnpin();
    waits.locks += pinner.memory.locks() - locks;
    waits.looks += pinner.memory.looks() - looks;
    return pinned;
  }
}
