// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.SpinLock;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/**
 * Small programs out of a random generator: reads, writes, locks, registers and assertions; or
 * locks over locks.
 */
final class RandomPrograms {
  private enum Kind {
    READ,
    WRITE,
    WRITE_SEEN,
    ADD,
    LOCK,
    UNLOCK,
    STORE_REGISTER,
    LOAD_REGISTER,
    ASSERT
  }

  private record Instruction(Kind kind, int word, int value) {}

  private RandomPrograms() {}

  /**
   * Two CPUs with two operations each, or three with one; the last two CPUs may run the same
   * program.
   */
  static Spec next(Random random) {
    int cpus = random.nextInt(3) == 0 ? 3 : 2;
    int operations = cpus == 2 ? 2 : 1;
    int[] roles = new int[cpus];
    boolean same = random.nextBoolean();
    for (int cpu = 0; cpu < cpus; cpu++) {
      roles[cpu] = same && cpu == cpus - 1 ? cpu - 1 : cpu;
    }
    List<List<Operation>> programs = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      List<Operation> program = new ArrayList<>();
      for (int i = 0; i < operations; i++) {
        program.add(operation("op" + i, random));
      }
      programs.add(program);
    }
    return Litmus.machine()
        .cpus(1, cpus, cpus, roles)
        .program((role, rounds, design) -> programs.get(role));
  }

  /** Two CPUs, or one with an interrupt handler, which take locks over each other. */
  static Spec withLocks(Random random) {
    boolean interrupt = random.nextBoolean();
    boolean same = random.nextInt(4) == 0;
    List<Operation> first = new ArrayList<>(List.of(section("first", random)));
    if (!same) {
      first.add(section("second", random));
    }
    List<Operation> other = List.of(section("other", random));
    Spec spec = Litmus.machine()
        .cpus(1, interrupt ? 1 : 2, 2, 0, same ? 0 : 1)
        .program((role, rounds, design) -> role == 0 ? first : other);
    return interrupt ? spec.interrupt(other.get(0)) : spec;
  }

  /** Which lock is taken over another may depend on how far others are, and how it is left, too. */
  private static Operation section(String name, Random random) {
    int outer = random.nextInt(3);
    int inner = random.nextInt(3);
    int nestsAt = random.nextInt(3);
    int irqs = random.nextInt(4);
    boolean keeps = random.nextInt(5) == 0;
    return new Operation(name, (mm, cpu) -> {
      long flags = irqs > 0 ? cpu.irqSave() : 0;
      lock(mm, outer).lock();
      if (inner != outer && Litmus.read(mm, Litmus.X) == nestsAt) {
        lock(mm, inner).lock();
        lock(mm, inner).unlock();
        if (irqs == 1) {
          cpu.irqEnable();
        }
      }
      if (!keeps) {
        lock(mm, outer).unlock();
      }
      if (irqs > 0) {
        cpu.irqRestore(flags);
      }
      Litmus.add(mm, Litmus.X, 1);
    });
  }

  private static SpinLock lock(Mm mm, int number) {
    return switch (number) {
      case 0 -> mm.lru().node().gupLock();
      case 1 -> mm.addressSpace().pagesLock();
      default -> mm.pageTable().ptl(0);
    };
  }

  private static Operation operation(String name, Random random) {
    List<Instruction> code = new ArrayList<>();
    int length = 1 + random.nextInt(4);
    for (int i = 0; i < length; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      code.add(new Instruction(kind, random.nextInt(2), random.nextInt(3)));
    }
    return new Operation(name, (mm, cpu) -> run(code, mm, cpu));
  }

  private static void run(List<Instruction> code, Mm mm, Cpu cpu) {
    int seen = 0;
    for (Instruction i : code) {
      SpinLock lock = lock(mm, i.word());
      switch (i.kind()) {
        case READ -> seen = Litmus.read(mm, i.word());
        case WRITE -> Litmus.write(mm, i.word(), i.value());
        case WRITE_SEEN -> Litmus.write(mm, i.word(), seen + i.value());
        case ADD -> Litmus.add(mm, i.word(), i.value());
        case LOCK -> lock.lock();
        case UNLOCK -> lock.unlock();
        case STORE_REGISTER -> cpu.setRegister(0, seen);
        case LOAD_REGISTER -> seen = (int) cpu.register(0);
        case ASSERT -> {
          if (seen == i.value() + 1) {
            mm.memory().bug("saw " + seen);
          }
        }
      }
    }
  }
}
