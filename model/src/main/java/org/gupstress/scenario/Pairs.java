// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Programs.completion;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dirtyUnpinUnlocked;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;
import static org.gupstress.scenario.Programs.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Operation.Kind;

/**
 * Every operation of the pin API against everything else that happens to a page: somebody uses a
 * page by a pin, and something is done to it meanwhile. Generated: each {@link Use} meets each
 * {@link Disturbance}, and each of their operations must overlap each of the other's.
 */
final class Pairs {
  /** Where an interrupt handler finds the page: no disturbance uses this register. */
  private static final int HANDLERS_REGISTER = 2;

  /** Where the user of many pins keeps the answer of the query. */
  private static final int ANSWER = 3;

  /**
   * In the register of a user that has called nobody: no page has this address, no query says it.
   */
  private static final long NOT_YET = 2;

  private static final String QUERY = query(0, 1).name();

  /** How a driver uses a page, from getting it to giving it back. */
  enum Use {
    READ("read", "one CPU gets the page by gup_fast, asks whether it is pinned, unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), query(0, 1), unpin(0), drain());
      }
    },
    WRITE(
        "write", "one CPU gets the page for writing, its device writes, it is dirtied, unpinned") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(gupForWriting(meets.pte(), 0), dma(0), dirtyUnpin(0), drain());
      }
    },
    DIRTY("dirty", "one CPU gets the page by gup_fast for its device, dirties and unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        Operation get =
            meets.allowsFastGup() ? gupWrite(meets.pte(), 0) : gupForWriting(meets.pte(), 0);
        return List.of(get, dma(0), dirtyUnpinUnlocked(0));
      }
    },
    UNCONVERTED("put", "one CPU gets the page by gup_fast and gives it back with put_page") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), unconvertedPut(0));
      }
    },
    LAST("last", "one CPU gets the page, gives up all else that holds it, and unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), meets.isOfFile() ? truncate(0) : unmap(0), unpin(0), drain());
      }
    },
    BRIEF("brief", "one CPU gets the page by gup_fast and unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), unpin(0));
      }
    },
    HELD("held", "one CPU has the page, lets the other begin, and unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), signal(), unpin(0), drain());
      }
    },
    MANY(
        "many",
        "one CPU gets the page twice, of which a device has as many pins as may be but one") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(get(meets, 0), get(meets, 1), query(0, ANSWER), unpin(1), unpin(0));
      }
    },
    INTERRUPT("irq", "the completion interrupt unpins the page that its CPU has got") {
      @Override
      List<Operation> program(Disturbance meets) {
        List<Operation> all = new ArrayList<>(List.of(get(meets, HANDLERS_REGISTER)));
        all.addAll(meets.program());
        if (meets.isOfFile()) {
          // then the interrupt may free the page
          all.addAll(List.of(truncate(0), drain()));
        }
        return all;
      }
    };

    private final String id;
    private final String sentence;

    Use(String id, String sentence) {
      this.id = id;
      this.sentence = sentence;
    }

    /** The program of the CPU that uses the page. */
    abstract List<Operation> program(Disturbance meets);

    private static Operation get(Disturbance meets, int register) {
      return meets.allowsFastGup() ? gupFast(meets.pte(), register) : gup(meets.pte(), register);
    }
  }

  /**
   * Pins that a device has of a page where the design has no limit that could be reached. With two
   * more there are 1024, and none is left of them in any count of up to ten bits.
   */
  private static final int MANY_PINS = 1022;

  private Pairs() {}

  /** In the order of the audit. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Disturbance disturbance : Disturbance.all()) {
      for (Use use : Use.values()) {
        if (disturbance.meets(use)) {
          all.add(use == Use.INTERRUPT ? interrupted(disturbance) : pair(use, disturbance));
        }
      }
    }
    return all;
  }

  static String id(Use use, String disturbance) {
    return use.id + "-vs-" + disturbance;
  }

  private static Spec spec(Use use, Disturbance disturbance, String who) {
    Spec spec = disturbance.machine(Spec.named(
        id(use, disturbance.id()), use.sentence + "; " + who + " " + disturbance.sentence()));
    if (use == Use.UNCONVERTED) {
      spec.load(Load.UNCONVERTED_PUTS).misbehaving(0, Disturbance.PUTS);
    }
    if (disturbance.isUnconverted()) {
      spec.load(Load.UNCONVERTED_PUTS);
      spec.misbehaving(use == Use.INTERRUPT ? 0 : 1, Disturbance.PUTS);
    }
    if (use == Use.MANY) {
      return crowded(spec.endingAtHarm());
    }
    if (disturbance.mayBeRefused()) {
      Consumer<Mm> boot = spec.bootOfAll();
      spec.boot(mm -> {
        boot.accept(mm);
        mm.cpu(0).setRegister(register(use), NOT_YET);
      });
    }
    return spec.endingAtHarm()
        .sometimes("the page was pinned", m -> isPinned(m) || isRefused(m, use, disturbance));
  }

  private static Scenario pair(Use use, Disturbance disturbance) {
    List<Operation> user = use.program(disturbance);
    List<Operation> other = new ArrayList<>(disturbance.program());
    if (use == Use.HELD) {
      other.add(0, waitForSignal());
    }
    List<List<Operation>> programs = List.of(user, other, disturbance.completions());
    int cpus = disturbance.completions().isEmpty() ? 2 : 3;
    Spec spec = spec(use, disturbance, "another")
        .cpus(cpus, cpus, cpus, 0, Disturbance.CPU, 2)
        .program((role, rounds, design) ->
            role == Disturbance.CPU ? withWork(other, design) : programs.get(role));
    if (use == Use.READ || use == Use.BRIEF || use == Use.HELD) {
      Sometimes effect = Objects.requireNonNull(disturbance.effect());
      spec.sometimes(effect.sentence(), effect.condition());
    }
    for (Operation one : user.subList(use == Use.HELD ? 1 : 0, user.size())) {
      if (one.kind() == Kind.PIN) {
        disturbance
            .disturbs()
            .forEach(two -> overlaps(spec, use, disturbance, one, Disturbance.CPU, two));
        disturbance.completions().stream()
            .filter(two -> !two.isPatient())
            .forEach(two -> overlaps(spec, use, disturbance, one, 2, two));
      }
    }
    return spec;
  }

  private static void overlaps(
      Spec spec, Use use, Disturbance disturbance, Operation one, int cpu, Operation other) {
    spec.sometimes(
        other.name() + " overlapped " + one.name(),
        m -> meet(m, cpu, one.name(), other.name()) || isRefused(m, use, disturbance));
  }

  /** Where the user keeps what it got. */
  private static int register(Use use) {
    return use == Use.INTERRUPT ? HANDLERS_REGISTER : 0;
  }

  /**
   * Whether get_user_pages failed although the page is mapped: a design may refuse what is on no
   * LRU.
   */
  private static boolean isRefused(Moment m, Use use, Disturbance disturbance) {
    return disturbance.mayBeRefused()
        && Conditions.register(m, 0, register(use)) == 0
        && m.mm().pageTable().readPte(disturbance.pte()) != 0;
  }

  /** With as many pins on the page as the design can count but one, or with very many. */
  private static Spec crowded(Spec spec) {
    Consumer<Mm> boot = spec.bootOfAll();
    return spec.boot(mm -> {
          boot.accept(mm);
          Boot.pinned(mm, 0, pinsOfDevice(mm.design()));
          for (int register : new int[] {0, 1, ANSWER}) {
            mm.cpu(0).setRegister(register, NOT_YET);
          }
        })
        .sometimes(
            "the page had as many pins as may be, or very many",
            m -> m.pages().live(0) > pinsOfDevice(m.mm().design()))
        .sometimes(
            "one pin more was refused, where there is a limit",
            m -> !isLimited(m.mm().design()) || isOneRefused(m));
  }

  /** Whether the limit of the design can be tried. */
  private static boolean isLimited(PinDesign design) {
    return design.pinsMax() <= 1 << Short.SIZE;
  }

  private static int pinsOfDevice(PinDesign design) {
    return isLimited(design) ? design.pinsMax() - 1 : MANY_PINS;
  }

  /** Whether one of two calls of get_user_pages has failed, and nothing was given back yet. */
  private static boolean isOneRefused(Moment m) {
    return Conditions.register(m, 0, ANSWER) == NOT_YET
        && m.mm().pageTable().readPte(0) != 0
        && (Conditions.register(m, 0, 0) == 0 || Conditions.register(m, 0, 1) == 0);
  }

  /** What a design puts off is done behind all that it could be put off for. */
  private static List<Operation> withWork(List<Operation> program, PinDesign design) {
    return design.hasWork() ? Stream.concat(program.stream(), Stream.of(work())).toList() : program;
  }

  private static Scenario interrupted(Disturbance disturbance) {
    List<Operation> program = Use.INTERRUPT.program(disturbance);
    Operation handler = completing(unpin(HANDLERS_REGISTER));
    Spec spec = spec(Use.INTERRUPT, disturbance, "that CPU")
        .program((role, rounds, design) -> program)
        .interrupt(handler, completion())
        // the interrupt may come before there is anything to unpin
        .keepingPins();
    for (Operation other : disturbance.program()) {
      spec.sometimes(
          handler.name() + " interrupted " + other.name(),
          m -> handler.name().equals(m.inInterrupt(0)) && other.name().equals(m.running(0)));
    }
    return spec;
  }

  /** The same, where get_user_pages may not have returned yet. */
  private static Operation completing(Operation unpin) {
    return new Operation(unpin.name(), unpin.kind(), (mm, cpu) -> {
      if (cpu.register(HANDLERS_REGISTER) != NOT_YET) {
        unpin.body().run(mm, cpu);
      }
    });
  }

  /**
   * Whether the CPUs are in the middle of the two. Nobody is in the middle of the query, which may
   * be a single access; but it changes nothing, so what happens while the page is pinned can happen
   * when it is asked for.
   */
  private static boolean meet(Moment m, int cpu, String one, String other) {
    boolean oneMeets = one.equals(QUERY) || one.equals(m.running(0));
    boolean otherMeets = other.equals(QUERY) || other.equals(m.running(cpu));
    boolean asks = one.equals(QUERY) || other.equals(QUERY);
    return oneMeets && otherMeets && (!asks || isPinned(m));
  }

  private static boolean isPinned(Moment m) {
    return m.pages().live(0) > 0;
  }
}
