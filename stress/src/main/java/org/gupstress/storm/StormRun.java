// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.dossier.Dossier;
import org.gupstress.load.LoadProfile;
import org.gupstress.lru.Node;
import org.jspecify.annotations.Nullable;

/** One storm: boots the machine, lets the load run, brings it to rest, and unmounts its files. */
final class StormRun {
  private static final long SECOND = 1_000_000_000;

  /** How much longer the load runs, at least, than it stands still to be looked at. */
  private static final int LOOKS_SHARE = 3;

  private final StormPlan plan;
  private final StormObserver observer;
  private final Patience patience;
  private final StormMachine machine;
  private final Mm mm;
  private final @Nullable EventRings rings;
  private final Panic panic;
  private final HarmLog harms;
  private final Detector detector;
  private final LatencyRecorder latencies;
  private final DirectIo io;
  private final @Nullable Replay replay;
  private final List<LoadCpu> load = new ArrayList<>();
  private final List<KernelCpu> kernel = new ArrayList<>();
  private final List<CpuMemory> memories = new ArrayList<>();
  private final StormThreads threads;
  private final Inspection inspection;
  private final Statistics statistics;

  StormRun(StormPlan plan, StormObserver observer, Patience patience) {
    StormSetup setup = plan.setup();
    this.plan = plan;
    this.observer = observer;
    this.patience = patience;
    this.machine = new StormMachine(plan);
    machine.boot();
    this.mm = machine.through(machine.bytes());
    this.rings = setup.events() ? new EventRings(setup.pages()) : null;
    this.panic = new Panic(machine.bytes(), this::running);
    this.harms = new HarmLog(observer, rings, panic);
    int turns = Patience.turns(setup.cpus(), Runtime.getRuntime().availableProcessors());
    this.detector = new Detector(mm, new AddressMap(mm, machine.size()), harms, panic, turns);
    this.latencies = new LatencyRecorder(machine.cpus());
    this.io = new DirectIo(DirectIo.REQUESTS_PER_CPU * setup.cpus());
    LoadProfile replayed = setup.mix().replayed();
    this.replay = replayed == null ? null : new Replay(replayed, machine);
    addCpus(replayed);
    this.threads = new StormThreads(load, kernel, patience, harms, panic, observer);
    this.inspection = new Inspection(mm, detector, this::forEachPin);
    this.statistics = new Statistics(machine, memories, latencies, plan.design().refsPerPin());
  }

  /** Of what a trace is replayed, kswapd is there if the trace has it; compaction is not. */
  private void addCpus(@Nullable LoadProfile replayed) {
    StormSetup setup = plan.setup();
    DirtyLimit dirtyLimit = new DirtyLimit(memories, setup.pages());
    for (int cpu = 0; cpu < setup.cpus(); cpu++) {
      Perturber dice = dice(cpu);
      load.add(new LoadCpu(
          machine,
          cpu,
          memory(cpu, dice),
          detector,
          latencies,
          dice,
          io,
          dirtyLimit,
          setup,
          replay));
    }
    if (replayed == null || replayed.hasKswapd()) {
      kernel.add(new KernelCpu.Kswapd(machine, memory(machine.kswapd()), detector));
    }
    kernel.add(new KernelCpu.Flusher(
        machine, memory(machine.flusher()), detector, replayed == null ? null : dirtyLimit));
    kernel.add(new KernelCpu.Device(machine, memory(machine.device()), detector, io));
    kernel.add(new KernelCpu.Kworker(machine, memory(machine.kworker()), detector, io));
    if (replayed == null) {
      kernel.add(new KernelCpu.Kcompactd(machine, memory(machine.kcompactd()), detector));
    }
    Replay load = replay;
    if (load != null) {
      memories.forEach(memory -> memory.tell(load));
    }
  }

  private Perturber dice(int cpu) {
    return new Perturber(plan.setup().perturbation(), plan.setup().seed() * machine.cpus() + cpu);
  }

  private CpuMemory memory(int cpu) {
    return memory(cpu, dice(cpu));
  }

  private CpuMemory memory(int cpu, Perturber dice) {
    CpuMemory memory = new CpuMemory(
        machine.bytes(), cpu, detector, latencies, rings, dice, EnumSet.allOf(Instrument.class));
    memories.add(memory);
    return memory;
  }

  private List<CpuOperation> running() {
    return memories.stream()
        .filter(memory -> memory.operation() != StormOperation.IDLE)
        .map(memory -> new CpuOperation(memory.cpu(), memory.operation().id()))
        .toList();
  }

  private void forEachPin(LongConsumer each) {
    io.forEachPin(each);
    load.forEach(cpu -> cpu.forEachPin(each));
  }

  // ---- the phases

  StormResult run() throws InterruptedException {
    Counts<PagePlace> start = inspection.look();
    PagesOverTime pages = new PagesOverTime(start);
    double loadSeconds = 0;
    threads.start();
    try {
      long begin = System.nanoTime();
      load(begin, pages);
      loadSeconds = (System.nanoTime() - begin) / 1e9;
      threads.guard(() -> comeToRest(pages));
      threads.guard(() -> unmount(pages));
    } finally {
      if (threads.end()) {
        machine.bytes().retire();
      }
    }
    boolean isStopped = panic.isDone();
    Dossier dossier = pages.load;
    Replay replayed = replay;
    if (replayed != null) {
      statistics.add(StormCounter.INSERTED_IN_WINDOWS, replayed.inserted());
      statistics.add(StormCounter.REFAULTS_IN_WINDOWS, replayed.cameBack());
    }
    return new StormResult(
        loadSeconds,
        isStopped ? StormResult.Ending.PANIC : StormResult.Ending.PLANNED,
        panic.inFlight(),
        start,
        pages.end,
        isStopped ? null : pages.unmounted,
        statistics.counts(),
        dossier == null ? statistics.dossier() : dossier,
        statistics.references(),
        detector.stranded().fates(isStopped ? Fate.UNKNOWN : Fate.NEVER),
        Latency.beside(latencies.total()),
        harms.counts(),
        detector.stranded().strandings(isStopped ? Fate.UNKNOWN : Fate.NEVER));
  }

  /** Where the pages were when they were last inspected in a phase, and what the load did. */
  private static final class PagesOverTime {
    private volatile @Nullable Dossier load;
    private volatile Counts<PagePlace> end;
    private volatile @Nullable Counts<PagePlace> unmounted;

    PagesOverTime(Counts<PagePlace> start) {
      this.end = start;
    }
  }

  private void load(long begin, PagesOverTime pages) throws InterruptedException {
    long end = begin + plan.setup().duration().toNanos();
    long nextLook = begin + SECOND;
    while (!panic.isDone() && System.nanoTime() < end) {
      threads.watchForAMoment();
      statistics.isolated(isolatedPages());
      boolean isSecond = System.nanoTime() >= nextLook;
      if ((isSecond || detector.damage().isDone()) && threads.stop()) {
        long stopped = System.nanoTime();
        repairIfDamaged();
        if (isSecond) {
          pages.end = look();
          statistics.stood(System.nanoTime() - stopped);
          tell((int) ((stopped - begin) / SECOND), pages.end);
          nextLook = nextLook(begin, stopped);
        }
        threads.goOn();
      }
    }
  }

  /** At the next full second, or later: a large machine takes long to look at. */
  private static long nextLook(long begin, long stopped) {
    long now = System.nanoTime();
    long second = begin + ((now - begin) / SECOND + 1) * SECOND;
    return Math.max(second, now + LOOKS_SHARE * (now - stopped));
  }

  private void tell(int number, Counts<PagePlace> places) {
    StormSecond second = statistics.second(number, places);
    harms.tell(() -> {
      observer.second(second);
      observer.latencies(statistics.latencies());
    });
  }

  private int isolatedPages() {
    Node node = mm.lru().node();
    return node.nrIsolated(true) + node.nrIsolated(false);
  }

  /** All CPUs stand still. All pins are given back and all pagevecs are drained. */
  private void comeToRest(PagesOverTime pages) throws InterruptedException {
    pages.load = statistics.dossier();
    repairIfDamaged();
    for (LoadCpu cpu : load) {
      while (cpu.deregister()) {
        repairIfDamaged();
      }
    }
    finishDirectIo();
    drain();
    if (!panic.isDone()) {
      pages.end = look();
    }
  }

  /** The kernel's threads finish what is in flight. */
  private void finishDirectIo() throws InterruptedException {
    threads.goOnWithoutLoad();
    // looks are counted, not time in which the process was stopped
    long looks = patience.longest().toMillis();
    while (!panic.isDone() && !io.isIdle() && looks-- > 0) {
      Thread.sleep(1);
      if (detector.damage().isDone() && threads.stop()) {
        // until then those that could end it stand aside
        repairIfDamaged();
        threads.goOnWithoutLoad();
      }
    }
    if (!io.isIdle()) {
      harms.addLast(
          Harm.ENDLESS,
          List.of(),
          "direct I/O is still in flight " + patience.longest().toSeconds()
              + " s after the load has ended");
    }
    threads.stop();
  }

  /** All CPUs stand still, and this thread is all of them: processes end, files go. */
  private void unmount(PagesOverTime pages) {
    LoadCpu any = load.get(0);
    for (int file = 0; file < machine.files() && !panic.isDone(); file++) {
      any.unmount(file);
      repairIfDamaged();
    }
    for (int process = 0; process < machine.processes() && !panic.isDone(); process++) {
      load.get(process % load.size()).exit(process);
      repairIfDamaged();
    }
    drain();
    if (!panic.isDone()) {
      pages.unmounted = look();
    }
  }

  private void drain() {
    load.get(0).work();
    for (StormCpu cpu : threads.cpus()) {
      cpu.operate(StormOperation.DRAIN, () -> cpu.mm.lru().pagevecs().drain(cpu.cpu));
    }
    repairIfDamaged();
  }

  // ---- while all CPUs stand still

  private void repairIfDamaged() {
    if (detector.damage().isDone() && !panic.isDone()) {
      repair();
    }
  }

  private void repair() {
    inspection.repair(detector.damage().takePages());
    statistics.add(StormCounter.REPAIRS, 1);
  }

  private Counts<PagePlace> look() {
    if (!inspection.areListsWhole()) {
      repair();
    }
    Counts<PagePlace> places = inspection.look();
    statistics.add(StormCounter.QUERIES, inspection.queries());
    statistics.add(StormCounter.FALSE_POSITIVES, inspection.falsePositives());
    return places;
  }
}
