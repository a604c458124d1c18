// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.gupstress.design.Designs;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.memory.Arena;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.NativeMemory;
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
 * <p>One counter hands out the machines of the ring, so that one is used again only after all
 * others were: private chunks per thread let a stale half of a chunk meet the wrapped ring. A
 * sample whose machine was given away again while it was in use says so ({@link #REUSED}).
 */
final class Rig {
  /** jcstress keeps a loop of 10,240 samples, and makes the next one before it drops it. */
  static final int MACHINES = 3 * 8192;

  /** An access through a wild pointer, or the kernel's BUG: the machine is down. */
  static final String OOPS = "oops";

  /** Not an outcome of the model: the ring was too small for the samples in flight. */
  static final String REUSED = "machine-used-twice";

  private final Scenario scenario;
  private final PinDesign design;
  private final int cpus;
  private volatile @Nullable Ring ring;

  private Rig(Scenario scenario, PinDesign design, int cpus) {
    this.scenario = scenario;
    this.design = design;
    this.cpus = cpus;
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
  Plan plan() {
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
  synchronized void close() {
    ring = null;
  }

  /** A ring of another size, for tests of the ring itself. */
  Ring ringOf(int machines) {
    return new Ring(this, machines);
  }

  /** Machines, and the actors' ways into them. */
  static final class Ring {
    private final NativeMemory memory;
    private final int machines;
    private final Actor[] actors;
    private final ThreadLocal<Judge> judge;
    private final AtomicLong next = new AtomicLong();

    Ring(Rig rig, int machines) {
      this.machines = machines;
      this.memory = new NativeMemory((int) rig.size(), machines + 1);
      Mm image = rig.build(memory);
      memory.enter(machines);
      image.lru().boot();
      rig.scenario.boot(image);
      this.actors = new Actor[rig.cpus];
      for (int cpu = 0; cpu < rig.cpus; cpu++) {
        actors[cpu] = new Actor(rig, memory.view(), cpu);
      }
      this.judge = ThreadLocal.withInitial(() -> new Judge(rig, memory.view()));
    }

    /** A fresh machine: the number of a sample that owns it until the ring has gone round. */
    long take() {
      long sample = next.getAndIncrement();
      memory.reset((int) (sample % machines), machines, sample);
      return sample;
    }

    /** Runs the program of a CPU. At most one thread at a time is a given CPU. */
    void act(int cpu, long sample) {
      actors[cpu].run((int) (sample % machines));
    }

    /** How the sample ended; everybody who acts in it is done. */
    String judge(long sample) {
      return judge.get().judge((int) (sample % machines), sample);
    }
  }

  private long size() {
    Arena arena = new Arena(cpus);
    arena.stopNaming();
    new Mm(new NativeMemory(0), arena, Kernel.PRODUCTION, scenario.shape(cpus), design);
    return arena.size();
  }

  private Mm build(NativeMemory memory) {
    Arena arena = new Arena(cpus);
    arena.stopNaming();
    return new Mm(memory, arena, Kernel.PRODUCTION, scenario.shape(cpus), design);
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

  /** Reads the end of a sample. */
  private static final class Judge {
    private final Scenario scenario;
    private final NativeMemory memory;
    private final Mm mm;

    Judge(Rig rig, NativeMemory memory) {
      this.scenario = rig.scenario;
      this.memory = memory;
      this.mm = rig.build(memory);
    }

    String judge(int machine, long sample) {
      memory.enter(machine);
      if (memory.tag() != sample) {
        return REUSED;
      }
      if (memory.isPanicked()) {
        return OOPS;
      }
      String outcome = scenario.outcome(mm);
      return outcome == null ? "ended" : outcome;
    }
  }
}
