// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.Kernel;
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

/**
 * What get_user_pages_fast and its unpin cost on one page, one thread, native memory.
 *
 * <p>From its second round on the page is in no design's first-use state: in the postings it is
 * lost by then, so their figure is that of the cheap path.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PinCost {
  @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
  public String design = "get-page";

  private Mm mm = machine(design);
  private Cpu cpu = mm.cpu(0);

  @Setup
  public void boot() {
    mm = machine(design);
    cpu = mm.cpu(0);
  }

  private static Mm machine(String design) {
    Mm mm = new Mm(
        new NativeMemory(1 << 16),
        new Arena(1),
        Kernel.PRODUCTION,
        new Mm.Shape(1, 1, Pagevecs.PAGEVEC_SIZE),
        Plans.design(design));
    mm.lru().boot();
    long page = mm.page().address(0);
    mm.addressSpace().bootAdd(0, page);
    mm.pageTable().bootMap(0, page);
    mm.lru().bootOnLru(page);
    return mm;
  }

  @Benchmark
  public long pinAndUnpin() {
    mm.gup().getUserPagesFast(cpu, 0, 0);
    long page = cpu.register(0);
    mm.design().unpin(mm, cpu, page);
    return page;
  }
}
