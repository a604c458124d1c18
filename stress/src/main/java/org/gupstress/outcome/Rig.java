// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.gupstress.design.Designs;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.memory.Arena;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.NativeMemory;
import org.gupstress.memory.OwnWord;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * A question put to a design, for threads that sample it: one machine per sample, out of a ring
 * that is allocated once.
 *
 * <p>A sample costs the copy of one small machine and no allocation. Every actor has a view of its
 * own, whose addresses are those of the machine it has entered; whoever judges a sample has one per
 * thread. All machines have the same layout, so one {@link Mm} per view serves them all.
 *
 * <p>The ring holds the machines that are free. A thread that has judged a sample keeps the machine
 * for the next sample that it makes: jcstress makes it at once, and the bytes are still in the
 * cache of that processor.
 */
public final class Rig {
  /**
   * jcstress keeps 10,240 samples unless told otherwise; a thread that ends takes the machine of
   * its last sample with it.
   */
  static final int MACHINES = 2 * 8192;

  /** An access through a wild pointer, or the kernel's BUG: the machine is down. */
  public static final String OOPS = "oops";

  /** Not an outcome of the model: somebody else has judged the sample already. */
  static final String REUSED = "machine-used-twice";

  private final Scenario scenario;
  private final PinDesign design;
  private final int cpus;

  /** Bytes of a private block that are in use: machines are laid out without the ends. */
  private final int cpuBlock;

  private volatile @Nullable Ring ring;

  private Rig(Scenario scenario, PinDesign design, int cpus) {
    this.scenario = scenario;
    this.design = design;
    this.cpus = cpus;
    Arena roomy = new Arena(cpus);
    roomy.stopNaming();
    layOut(roomy);
    this.cpuBlock = NativeMemory.wholeLines(roomy.blockInUse());
  }

  /** The question on its usual number of CPUs. */
  static Rig of(Scenario scenario, String design) {
    return of(scenario, design, scenario.cpus().usual());
  }

  static Rig of(Scenario scenario, String design, int cpus) {
    for (PinDesign known : Designs.all()) {
      if (known.id().equals(design)) {
        return new Rig(scenario, known, cpus);
      }
    }
    throw new IllegalArgumentException("no design is called " + design);
  }

  /** The same question for the explorer. */
  public Plan plan() {
    return new Plan(design, scenario, Kernel.PRODUCTION, cpus, scenario.rounds().usual());
  }

  /** The machines; allocated when the first sample is made. */
  Ring ring() {
    Ring open = ring;
    return open != null ? open : open(MACHINES);
  }

  private synchronized Ring open(int machines) {
    Ring open = ring;
    if (open == null) {
      open = new Ring(this, machines);
      ring = open;
    }
    return open;
  }

  /** Gives the machines back; the next sample makes new ones. */
  public synchronized void close() {
    ring = null;
  }

  /** A ring of another size, for tests of the ring itself. */
  Ring ringOf(int machines) {
    return new Ring(this, machines);
  }

  private Mm build(NativeMemory memory) {
    return new Mm(memory, arena(), Kernel.PRODUCTION, scenario.shape(cpus), design);
  }

  private Arena arena() {
    Arena arena = new Arena(cpus, cpuBlock);
    arena.stopNaming();
    return arena;
  }

  private void layOut(Arena arena) {
    Mm.layOut(arena, Kernel.PRODUCTION, scenario.shape(cpus), design);
  }

  /** Machines, and the actors' ways into them. */
  static final class Ring {
    private final int machines;
    private final NativeMemory memory;
    private final Actor[] actors;
    private final ArrayBlockingQueue<Long> free;
    private final ThreadLocal<Judge> judge;

    Ring(Rig rig, int machines) {
      this.machines = machines;
      Arena arena = rig.arena();
      rig.layOut(arena);
      this.memory = new NativeMemory((int) arena.size(), machines + 1);
      Mm image = rig.build(memory);
      memory.enter(machines);
      image.lru().boot();
      rig.scenario.boot(image);
      this.actors = new Actor[rig.cpus];
      for (int cpu = 0; cpu < rig.cpus; cpu++) {
        actors[cpu] = new Actor(rig, memory.view(), cpu);
      }
      this.free = new ArrayBlockingQueue<>(machines);
      for (long machine = 0; machine < machines; machine++) {
        free.add(machine);
      }
      this.judge = ThreadLocal.withInitial(() -> new Judge(rig, memory.view(), free));
    }

    /** A fresh machine: the number of a sample that owns it. */
    long take() {
      // the samples of one machine differ by the number of all machines
      long sample = judge.get().take() + machines;
      memory.reset(machine(sample), machines, sample);
      return sample;
    }

    private int machine(long sample) {
      return (int) (sample % machines);
    }

    /** Runs the program of a CPU. At most one thread at a time is a given CPU. */
    void act(int cpu, long sample) {
      actors[cpu].run(machine(sample));
    }

    /** How the sample ended; everybody who acts in it is done. */
    String judge(long sample) {
      return judge.get().judge(machine(sample), sample);
    }
  }

  /** One CPU of whichever machine it is sent into. */
  private static final class Actor {
    private final NativeMemory memory;
    private final Mm mm;
    private final int cpu;
    private final Operation[] program;

    Actor(Rig rig, NativeMemory memory, int cpu) {
      this.memory = memory;
      this.mm = rig.build(memory);
      this.cpu = cpu;
      Scenario scenario = rig.scenario;
      List<Operation> operations =
          scenario.program(scenario.role(cpu), scenario.rounds().usual(), rig.design);
      this.program = operations.toArray(Operation[]::new);
    }

    void run(int machine) {
      memory.enter(machine);
      try {
        for (Operation operation : program) {
          operation.body().run(mm, mm.cpu(cpu));
        }
      } catch (KernelBug oops) {
        memory.panic();
      }
    }
  }

  /** Reads the end of a sample, and keeps its machine for the next one. */
  private static final class Judge {
    private static final long NONE = -1;

    private final Scenario scenario;
    private final NativeMemory memory;
    private final Mm mm;
    private final ArrayBlockingQueue<Long> free;
    private final OwnWord kept = new OwnWord();

    Judge(Rig rig, NativeMemory memory, ArrayBlockingQueue<Long> free) {
      this.scenario = rig.scenario;
      this.memory = memory;
      this.mm = rig.build(memory);
      this.free = free;
      kept.set(NONE);
    }

    /** The last sample in a machine that nobody uses now. */
    long take() {
      long last = kept.get();
      if (last == NONE) {
        return takeFromRing();
      }
      kept.set(NONE);
      return last;
    }

    private long takeFromRing() {
      Long last = free.poll();
      if (last == null) {
        int machines = memory.machines() - 1;
        throw new IllegalStateException("more than " + machines + " samples at once");
      }
      return last;
    }

    private void keep(long sample) {
      if (kept.get() != NONE) {
        free.add(kept.get());
      }
      kept.set(sample);
    }

    String judge(int machine, long sample) {
      memory.enter(machine);
      if (memory.tag() != sample) {
        return REUSED;
      }
      keep(sample);
      if (memory.isPanicked()) {
        return OOPS;
      }
      String outcome = scenario.outcome(mm);
      return outcome == null ? "ended" : outcome;
    }
  }
}
