// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.Mm;
import org.gupstress.lru.Node;
import org.gupstress.memory.KernelBug;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.jspecify.annotations.Nullable;

/**
 * Threads as CPUs over the model in native memory.
 *
 * <p>Once a second the world stands still and is looked at. An operation that dies of corrupted
 * memory would stop a kernel; here the lists are made anew and the storm goes on, so that what a
 * design does in the long run can be seen beside how soon it corrupts memory.
 */
public final class Storm implements StormEngine {
  private static final long LOOK_NANOS = 2_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final int REQUESTS_PER_CPU = 16;

  /**
   * How long a CPU may be in one operation, whatever it does there, and for how long it may do what
   * a busy machine does not explain.
   *
   * @param certain in CPU time, or waiting for somebody who waits for it
   */
  record Patience(Duration longest, Duration certain) {
    /** Whatever a shipped design does, it is more likely that the machine is busy. */
    static final Patience OF_SHIPPED = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10));

    static final Patience OF_USERS = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(4));
  }

  /** What threads have to come to their end after a panic; one that loops does not. */
  private static final long LAST_MILLIS = 1000;

  private final @Nullable Patience patience;

  public Storm() {
    this(null);
  }

  /** @param patience before the machine is stopped; null: as the design deserves */
  Storm(@Nullable Patience patience) {
    this.patience = patience;
  }

  @Override
  public StormResult run(StormPlan plan, StormObserver observer) throws InterruptedException {
    boolean isShipped = Designs.all().contains(plan.design());
    Patience usual = isShipped ? Patience.OF_SHIPPED : Patience.OF_USERS;
    return new Run(plan, observer, patience == null ? usual : patience).run();
  }

  /** One storm. */
  private static final class Run {
    private final StormPlan plan;
    private final StormObserver observer;
    private final Patience patience;
    private final StormMachine machine;
    private final Mm mm;
    private final Watch watch;
    private final Timings timings;
    private final DirectIo io;
    private final World world = new World();
    private final List<LoadCpu> load = new ArrayList<>();
    private final List<StormCpu> first = new ArrayList<>();
    private final List<StormCpu> last = new ArrayList<>();
    private final List<CpuMemory> memories = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Inspection inspection;
    private final Watchdog watchdog;
    private final Totals totals;
    private long walkedNanos;
    private long walkNanos;

    Run(StormPlan plan, StormObserver observer, Patience patience) {
      this.patience = patience;
      StormSetup setup = plan.setup();
      this.plan = plan;
      this.observer = observer;
      this.machine = new StormMachine(plan);
      machine.boot();
      this.mm = machine.through(machine.bytes());
      this.timings = new Timings(machine.cpus());
      this.watch = new Watch(
          mm,
          machine.size(),
          timings,
          setup.events() ? new EventRings(setup.pages()) : null,
          observer);
      this.io = new DirectIo(REQUESTS_PER_CPU * setup.cpus());
      DirtyLimit dirtyLimit = new DirtyLimit(memories, setup.pages());
      for (int cpu = 0; cpu < setup.cpus(); cpu++) {
        Perturber dice = dice(cpu);
        load.add(
            new LoadCpu(machine, cpu, memory(cpu, dice), watch, dice, io, dirtyLimit, setup.mix()));
      }
      first.addAll(load);
      first.add(new KernelCpu.Kswapd(machine, memory(machine.kswapd()), watch));
      first.add(new KernelCpu.Flusher(machine, memory(machine.flusher()), watch));
      last.add(new KernelCpu.Device(machine, memory(machine.device()), watch, io));
      first.add(new KernelCpu.Kworker(machine, memory(machine.kworker()), watch, io));
      first.add(new KernelCpu.Kcompactd(machine, memory(machine.kcompactd()), watch));
      this.inspection = new Inspection(mm, watch, this::forEachPin);
      this.totals = new Totals(memories, timings);
      List<StormCpu> all = new ArrayList<>(first);
      all.addAll(last);
      this.watchdog =
          new Watchdog(all, patience.longest(), patience.certain(), System::nanoTime, this::panic);
    }

    private Perturber dice(int cpu) {
      return new Perturber(plan.setup().perturbation(), plan.setup().seed() * machine.cpus() + cpu);
    }

    private CpuMemory memory(int cpu) {
      return memory(cpu, dice(cpu));
    }

    private CpuMemory memory(int cpu, Perturber dice) {
      CpuMemory memory = new CpuMemory(
          machine.bytes(),
          cpu,
          cpu < machine.loadCpus(),
          watch,
          dice,
          EnumSet.allOf(Instrument.class));
      memories.add(memory);
      return memory;
    }

    private void forEachPin(LongConsumer each) {
      io.forEachPin(each);
      load.forEach(cpu -> cpu.forEachPin(each));
    }

    // ---- the storm

    StormResult run() throws InterruptedException {
      Tally<Place> start = inspection.look();
      first.forEach(this::start);
      last.forEach(this::start);
      double loadSeconds = 0;
      Tally<Place> end = start;
      Tally<Place> unmounted = start;
      try {
        long begin = System.nanoTime();
        end = load(begin, begin + plan.setup().duration().toNanos(), start);
        loadSeconds = (System.nanoTime() - begin) / 1e9;
        end = guarded(end, this::comeToRest);
        unmounted = guarded(end, this::unmount);
      } finally {
        if (watch.isPanicked()) {
          machine.bytes().panic();
        }
        world.end();
        join();
        if (threads.stream().noneMatch(Thread::isAlive)) {
          machine.bytes().retire();
        }
      }
      return new StormResult(
          loadSeconds,
          watch.isPanicked() ? StormResult.Ending.PANIC : StormResult.Ending.PLANNED,
          start,
          end,
          unmounted,
          totals.counts(),
          totals.reclaim(),
          references(),
          watch.fates(),
          timings.total(),
          watch.harms());
    }

    /** Waits for the threads; after a panic not long for those that do not notice. */
    private void join() throws InterruptedException {
      long wait = watch.isPanicked() ? LAST_MILLIS : patience.longest().toMillis() * threads.size();
      long deadline = System.nanoTime() + wait * 1_000_000;
      for (Thread thread : threads) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        if (watch.isPanicked()) {
          // code that was loaded to be stopped looks at this
          thread.interrupt();
        }
      }
    }

    private void start(StormCpu cpu) {
      Thread thread = new Thread(() -> cpu.run(world), "storm-cpu" + cpu.cpu());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }

    /** Lets the load run; where the pages were when it was last looked at. */
    private Tally<Place> load(long begin, long end, Tally<Place> before)
        throws InterruptedException {
      Tally<Place> places = before;
      int second = 1;
      while (!watch.isPanicked() && System.nanoTime() < end) {
        Thread.sleep(LOOK_NANOS / 1_000_000);
        checkForHangs();
        totals.isolated(isolatedPages());
        boolean isSecond = System.nanoTime() >= begin + second * SECOND;
        if ((isSecond || watch.isDamaged()) && stop()) {
          mend();
          if (isSecond) {
            places = look();
            Tick tick = totals.tick(second, places);
            // findings come from the CPUs, under the same lock
            synchronized (watch) {
              observer.tick(tick);
              observer.times(totals.times());
            }
            second = (int) ((System.nanoTime() - begin) / SECOND) + 1;
          }
          world.goOn(first);
          world.goOn(last);
        }
      }
      return places;
    }

    private int isolatedPages() {
      Node node = mm.lru().node();
      return node.nrIsolated(true) + node.nrIsolated(false);
    }

    /** A part of the storm that changes where the pages are. */
    @FunctionalInterface
    private interface Part {
      Tally<Place> run() throws InterruptedException;
    }

    /** Runs a part with the watchdog beside it; where the pages were before if it does not end. */
    private Tally<Place> guarded(Tally<Place> before, Part part) throws InterruptedException {
      AtomicReference<Tally<Place>> after = new AtomicReference<>(before);
      if (!stop()) {
        return before;
      }
      Thread thread = new Thread(
          () -> {
            try {
              after.set(part.run());
            } catch (InterruptedException | KernelBug over) {
              Thread.currentThread().interrupt();
            }
          },
          "storm-end");
      thread.setDaemon(true);
      thread.start();
      while (thread.isAlive() && !watch.isPanicked()) {
        thread.join(LOOK_NANOS / 1_000_000);
        checkForHangs();
      }
      return Objects.requireNonNull(after.get());
    }

    /** Makes the world stand still; false if it has panicked. */
    private boolean stop() throws InterruptedException {
      return stop(first) && stop(last);
    }

    private boolean stop(List<StormCpu> cpus) throws InterruptedException {
      world.ask(cpus);
      while (!watch.isPanicked() && !world.stands(LOOK_NANOS)) {
        checkForHangs();
      }
      return !watch.isPanicked();
    }

    private void mend() {
      if (watch.isDamaged()) {
        repair();
      }
    }

    private void repair() {
      inspection.repair(watch.takeCasualties());
      totals.add(Counter.REPAIRS, 1);
    }

    private Tally<Place> look() {
      long begin = System.nanoTime();
      // walking lists of millions takes longer than everything else
      if (begin - walkedNanos > 50 * walkNanos) {
        if (!inspection.walkLists()) {
          repair();
        }
        walkedNanos = System.nanoTime();
        walkNanos = walkedNanos - begin;
      }
      Tally<Place> places = inspection.look();
      totals.add(Counter.QUERIES, inspection.queries());
      totals.add(Counter.FALSE_POSITIVES, inspection.falsePositives());
      return places;
    }

    /** The world stands. All pins are given back and all pagevecs are drained. */
    private Tally<Place> comeToRest() throws InterruptedException {
      mend();
      for (LoadCpu cpu : load) {
        while (cpu.deregister()) {
          mend();
        }
      }
      // the kernel's threads finish what is in flight
      world.goOn(kernelThreads());
      long deadline = System.nanoTime() + patience.longest().toNanos();
      while (!watch.isPanicked() && !io.isIdle() && System.nanoTime() < deadline) {
        Thread.sleep(1);
        if (watch.isDamaged() && stop()) {
          // until then those that could end it stand aside
          mend();
          world.goOn(kernelThreads());
        }
      }
      if (!watch.isPanicked() && !io.isIdle()) {
        panic(new Watchdog.Hang(
            Harm.ENDLESS,
            "direct I/O is still in flight " + patience.longest().toSeconds()
                + " s after the load has ended",
            List.of()));
      }
      stop();
      drain();
      mend();
      return look();
    }

    private List<StormCpu> kernelThreads() {
      List<StormCpu> threads = new ArrayList<>(first);
      threads.removeAll(load);
      threads.addAll(last);
      return threads;
    }

    private void drain() {
      for (StormCpu cpu : first) {
        drain(cpu);
      }
      last.forEach(Run::drain);
    }

    private static void drain(StormCpu cpu) {
      cpu.operate(Activity.DRAIN, () -> cpu.mm.lru().pagevecs().drain(cpu.cpu));
    }

    /** The world stands, and this thread is all CPUs: processes end, files go. */
    private Tally<Place> unmount() {
      LoadCpu somebody = load.get(0);
      for (int file = 0; file < machine.files(); file++) {
        somebody.unmount(file);
        mend();
      }
      for (LoadCpu cpu : load) {
        cpu.exit();
        mend();
      }
      drain();
      mend();
      return look();
    }

    private void checkForHangs() {
      synchronized (watchdog) {
        watchdog.check();
      }
    }

    private void panic(Watchdog.Hang hang) {
      watch.report(hang.harm(), -1, hang.stuck(), null, null, hang.sentence());
      watch.panic();
      machine.bytes().panic();
    }

    // ---- results

    private List<ReferenceRow> references() {
      List<ReferenceRow> rows = new ArrayList<>();
      for (Ref reason : Ref.values()) {
        for (Site site : Site.values()) {
          long taken = memories.stream().mapToLong(m -> m.taken(reason, site)).sum();
          long dropped =
              memories.stream().mapToLong(m -> m.dropped(reason, site)).sum();
          if (site != Site.USUAL) {
            add(rows, new ReferenceRow(reason, site.id(), taken, dropped));
          } else if (reason.taker().equals(reason.dropper())) {
            add(rows, new ReferenceRow(reason, reason.taker(), taken, dropped));
          } else {
            add(rows, new ReferenceRow(reason, reason.taker(), taken, 0));
            add(rows, new ReferenceRow(reason, reason.dropper(), 0, dropped));
          }
        }
      }
      return rows;
    }

    private static void add(List<ReferenceRow> rows, ReferenceRow row) {
      if (row.taken() + row.dropped() > 0) {
        rows.add(row);
      }
    }
  }
}
