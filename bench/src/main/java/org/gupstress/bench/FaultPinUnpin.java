// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.gupstress.vm.Vma;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does a pin add to a page that is faulted in and unmapped? {@code faultPinUnpin} is a fault
 * on anonymous memory, the pin of the fresh page, which waits in a pagevec, its unpin and the
 * unmapping. {@code fault} is the same without the pin, as page_fault1 of will-it-scale does. In
 * nanoseconds of one thread per page.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FaultPinUnpin {
  private static final int PTES = 64;
  private static final int PAGES = 1024;
  private static final int REGISTER = 0;

  /** A way of pinning. */
  @State(Scope.Benchmark)
  public static class Designed {
    @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
    public String design = "get-page";
  }

  /** A machine of free pages, and anonymous memory for each thread. */
  abstract static class Booted {
    @SuppressWarnings("NullAway.Init") // by boot
    private Mm mm;

    void boot(String design, int threads) {
      mm = MeasuredMachine.booted(design, shape(threads));
      for (int i = 0; i < mm.page().count(); i++) {
        mm.lru().bootFree(mm.page().address(i));
      }
    }

    private static Mm.Shape shape(int threads) {
      int ptes = threads * PTES;
      int pages = threads * PAGES;
      Mm.Space space = new Mm.Space(List.of(Vma.anonymous(0, ptes)), ptes, 1, 1, false, 2);
      return MeasuredMachine.sized(threads, pages, Pagevecs.PAGEVEC_SIZE, Zone.of(pages), space);
    }
  }

  /** A machine with a pin design. */
  @State(Scope.Benchmark)
  public static class Pinning extends Booted {
    @Setup
    public void boot(Designed designed, BenchmarkParams params) {
      boot(designed.design, params.getThreads());
    }
  }

  /** A machine on which nobody pins. */
  @State(Scope.Benchmark)
  public static class Bare extends Booted {
    @Setup
    public void boot(BenchmarkParams params) {
      boot("get-page", params.getThreads());
    }
  }

  /** A thread of a process. */
  abstract static class Task {
    @SuppressWarnings("NullAway.Init") // by enter
    Mm mm;

    @SuppressWarnings("NullAway.Init") // by enter
    Cpu cpu;

    int first;

    void enter(Mm machine, ThreadParams thread) {
      mm = machine;
      cpu = mm.cpu(thread.getThreadIndex());
      first = thread.getThreadIndex() * PTES;
    }

    void fault(int pte) {
      if (!mm.faults().anonymous(cpu, pte)) {
        throw new IllegalStateException("out of memory");
      }
    }
  }

  /** A thread that pins. */
  @State(Scope.Thread)
  public static class Pinner extends Task {
    @Setup
    public void enter(Pinning machine, ThreadParams thread) {
      enter(((Booted) machine).mm, thread);
    }
  }

  /** A thread that does not pin. */
  @State(Scope.Thread)
  public static class Toucher extends Task {
    @Setup
    public void enter(Bare machine, ThreadParams thread) {
      enter(((Booted) machine).mm, thread);
    }
  }

  @Benchmark
  @OperationsPerInvocation(PTES)
  public int faultPinUnpin(Pinner task, PinCounts tally) {
    int pins = 0;
    for (int pte = task.first; pte < task.first + PTES; pte++) {
      task.fault(pte);
      task.mm.gup().getUserPagesFast(task.cpu, pte, REGISTER, true);
      long pinned = task.cpu.register(REGISTER);
      if (pinned != 0) {
        task.mm.unpin(task.cpu, pinned);
        pins++;
      }
    }
    unmap(task);
    tally.attempts += PTES;
    tally.refused += PTES - pins;
    return pins;
  }

  @Benchmark
  @OperationsPerInvocation(PTES)
  public int fault(Toucher task) {
    for (int pte = task.first; pte < task.first + PTES; pte++) {
      task.fault(pte);
    }
    unmap(task);
    return task.first;
  }

  private static void unmap(Task task) {
    for (int pte = task.first; pte < task.first + PTES; pte++) {
      task.mm.faults().unmap(task.cpu, pte);
    }
  }
}
