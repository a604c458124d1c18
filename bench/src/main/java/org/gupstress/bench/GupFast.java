// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.PageFlag;
import org.gupstress.vm.Vma;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What does a page cost that is pinned by its address and unpinned? get_user_pages_fast pins a
 * number of ptes of anonymous memory, then all of them are unpinned. In nanoseconds of one thread
 * per page.
 *
 * <p>Every thread has 512 ptes of its own, a whole page table. Its pages are on the LRU before
 * every pass over them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class GupFast {
  private static final int PTES = 512;
  private static final int REGISTER = 0;

  /** A machine whose threads have mapped anonymous memory. */
  @State(Scope.Benchmark)
  public static class Mapped {
    @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
    public String design = "get-page";

    private Mm mm;

    @Setup
    public void boot(BenchmarkParams params) {
      mm = MeasuredMachine.booted(design, shape(params.getThreads()));
      for (int i = 0; i < mm.page().count(); i++) {
        long page = mm.page().address(i);
        mm.page().set(page, PageFlag.SWAPBACKED);
        mm.pageTable().bootMapAnonymous(i, page);
        mm.lru().bootOnLru(page);
      }
    }

    private static Mm.Shape shape(int threads) {
      int ptes = threads * PTES;
      Mm.Space space = new Mm.Space(List.of(Vma.anonymous(0, ptes)), ptes, 1, 1, false, 2);
      return MeasuredMachine.sized(threads, ptes, Pagevecs.PAGEVEC_SIZE, Zone.NONE, space);
    }
  }

  /** A thread and its page table. */
  @State(Scope.Thread)
  public static class Walker {
    @Param({"1", "16", "512"})
    public int ptes = 1;

    private final long[] pinned = new long[PTES];
    private Mm mm;
    private Cpu cpu;
    private int first;

    @Setup
    public void enter(Mapped machine, ThreadParams thread) {
      mm = machine.mm;
      cpu = mm.cpu(thread.getThreadIndex());
      first = thread.getThreadIndex() * PTES;
    }

    /** Pages that a design has lost are found again. */
    @Setup(Level.Invocation)
    public void findAgain() {
      mm.lru().pagevecs().drain(cpu);
      for (int i = 0; i < PTES; i++) {
        MeasuredMachine.findAgain(mm, cpu, mm.page().address(first + i));
      }
      mm.lru().pagevecs().drain(cpu);
    }

    /** A page that is refused is 0, and not there to be unpinned. */
    private int walk(int from) {
      int refused = 0;
      for (int i = from; i < from + ptes; i++) {
        mm.gup().getUserPagesFast(cpu, first + i, REGISTER, true);
        pinned[i] = cpu.register(REGISTER);
      }
      for (int i = from; i < from + ptes; i++) {
        if (pinned[i] != 0) {
          mm.unpin(cpu, pinned[i]);
        } else {
          refused++;
        }
      }
      return refused;
    }
  }

  @Benchmark
  @OperationsPerInvocation(PTES)
  public long[] pinAndUnpin(Walker walker, PinCounts tally) {
    int refused = 0;
    for (int from = 0; from < PTES; from += walker.ptes) {
      refused += walker.walk(from);
    }
    tally.attempts += PTES;
    tally.refused += refused;
    return walker.pinned;
  }
}
