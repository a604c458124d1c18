// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Kernel;
import org.gupstress.page.Ref;
import org.gupstress.reclaim.Reclaimer;

/**
 * One CPU of the machine of a storm, alone in it: to measure what it can do and what watches it.
 */
public final class LoneCpu {
  private final StormMachine machine;
  private final CpuMemory memory;
  private final Mm mm;
  private final Cpu cpu;

  /** @param pages of the machine, from {@value StormSetup#PAGES_MIN} */
  public LoneCpu(PinDesign design, int pages, Set<Instrument> instruments) {
    this.machine = new StormMachine(new StormPlan(design, setup(pages)));
    machine.boot();
    StormObserver nobody = finding -> {
      throw new IllegalStateException("the design is not fit to be measured: " + finding);
    };
    EventRings rings = instruments.contains(Instrument.EVENTS) ? new EventRings(pages) : null;
    Mm outside = machine.through(machine.bytes());
    Panic panic = new Panic(machine.bytes(), List::of);
    HarmLog harms = new HarmLog(nobody, rings, panic);
    AddressMap addresses = new AddressMap(outside, machine.size());
    this.memory = new CpuMemory(
        machine.bytes(),
        0,
        new Detector(outside, addresses, harms, panic, 1),
        new LatencyRecorder(machine.cpus()),
        rings,
        new Perturber(Perturbation.NONE, 1),
        instruments);
    this.mm = machine.through(memory);
    this.cpu = mm.cpu(0);
  }

  private static StormSetup setup(int pages) {
    return new StormSetup(
        WorkloadMix.parse("dio-anon,readtwice", Workload::of),
        1,
        pages,
        Duration.ofSeconds(1),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        false);
  }

  /** As {@link StormMachine#overheadPerPage()}. */
  public double overheadPerPage() {
    return machine.overheadPerPage();
  }

  /** How many pages {@link #pinAndUnpin()} pins. */
  public int mappedPages() {
    return machine.buffers(0).count();
  }

  /** Pins and unpins all mapped anonymous pages once; the first time faults them in. */
  public long pinAndUnpin() {
    for (int page = 0; page < mappedPages(); page++) {
      pinAndUnpin(page);
    }
    return mappedPages();
  }

  /** Pins and unpins a mapped anonymous page. */
  public void pinAndUnpin(int page) {
    memory.begin(StormOperation.DIO_SUBMIT);
    mm.gup().getUserPagesFast(cpu, machine.buffers(0).first() + page, 0, true);
    mm.unpin(cpu, cpu.register(0));
  }

  /**
   * Passes of reclaim over pages that it has to keep: isolate, judge, put back. The pages are in
   * the cache and each has a reference more than reclaim may take.
   *
   * @return pages scanned
   */
  public long scan(int passes) {
    if (mm.lru().node().lruSize(LruList.INACTIVE_FILE) == 0) {
      fill();
    }
    memory.begin(StormOperation.KSWAPD);
    for (int i = 0; i < passes; i++) {
      mm.reclaim().inactive().shrink(cpu, LruList.INACTIVE_FILE, 32, Reclaimer.KSWAPD);
    }
    return passes * 32L;
  }

  private void fill() {
    int blocks = Math.min(machine.blocks(), machine.pages() / 4);
    for (int block = 0; block < blocks; block++) {
      mm.pageCache().read(cpu, 0, block);
    }
    mm.lru().pagevecs().drain(cpu);
    for (int block = 0; block < blocks; block++) {
      mm.page().bootRef(mm.pageCache().file(0).pageAt(block), Ref.GUP);
    }
  }
}
