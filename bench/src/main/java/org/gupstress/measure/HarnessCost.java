// SPDX-License-Identifier: Apache-2.0
package org.gupstress.measure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gupstress.bench.Plans;
import org.gupstress.memory.NativeMemory;
import org.gupstress.storm.Instrument;
import org.gupstress.storm.LoneCpu;
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

/**
 * What does a storm pay for watching itself? A pin and its unpin through gup_fast, and a page that
 * reclaim scans and keeps, in nanoseconds of one CPU, with no instrument, each alone, and all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class HarnessCost {
  private static final int PAGES = 1 << 13;
  private static final int SCANNED = 32;

  /** The watchpoints watch what lies in the union, so foll-pin has none. */
  @Param({"rfc-fixed", "foll-pin"})
  public String design = "foll-pin";

  @Param({"none", "ledger", "link-checks", "watchpoints", "events", "all"})
  public String instrument = "none";

  private LoneCpu cpu;
  private int next;

  @Setup
  public void boot() {
    Set<Instrument> on = switch (instrument) {
      case "none" -> EnumSet.noneOf(Instrument.class);
      case "all" -> EnumSet.allOf(Instrument.class);
      default ->
        EnumSet.of(Instrument.valueOf(instrument.toUpperCase(Locale.ROOT).replace('-', '_')));
    };
    cpu = new LoneCpu(Plans.design(design), PAGES, on);
    cpu.pinAndUnpin();
  }

  @Benchmark
  public int pinAndUnpin() {
    next = (next + 1) % cpu.mappedPages();
    cpu.pinAndUnpin(next);
    return next;
  }

  @Benchmark
  @OperationsPerInvocation(SCANNED)
  public long scan() {
    return cpu.scan(1);
  }
}
