// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dirtyUnpinUnlocked;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
      spec.misbehaving(use == Use.INTERRUPT ? 0 : 1, Disturbance.PUTS);
    }
    return spec.endingAtHarm().sometimes("the page was pinned", Pairs::isPinned);
  }

  private static Scenario pair(Use use, Disturbance disturbance) {
    List<Operation> user = use.program(disturbance);
    Spec spec = spec(use, disturbance, "another")
        .cpus(2, 2, 2, 0, 1)
        .program(
            (role, rounds, design) -> role == 0 ? user : withWork(disturbance.program(), design));
    if (use == Use.READ) {
      Sometimes effect = Objects.requireNonNull(disturbance.effect());
      spec.sometimes(effect.sentence(), effect.condition());
    }
    for (Operation one : user) {
      for (Operation other : disturbance.program()) {
        if (one.kind() == Kind.PIN) {
          spec.sometimes(
              other.name() + " overlapped " + one.name(), m -> meet(m, one.name(), other.name()));
        }
      }
    }
    return spec;
  }

  /** What a design puts off is done behind all that it could be put off for. */
  private static List<Operation> withWork(List<Operation> program, PinDesign design) {
    return design.hasWork() ? Stream.concat(program.stream(), Stream.of(work())).toList() : program;
  }

  private static Scenario interrupted(Disturbance disturbance) {
    List<Operation> program = Use.INTERRUPT.program(disturbance);
    Operation handler = unpin(HANDLERS_REGISTER);
    Spec spec = spec(Use.INTERRUPT, disturbance, "that CPU")
        .program((role, rounds, design) -> program)
        .interrupt(handler, complete())
        // the interrupt may come before there is anything to unpin
        .keepingPins();
    for (Operation other : disturbance.program()) {
      spec.sometimes(
          handler.name() + " interrupted " + other.name(),
          m -> handler.name().equals(m.inInterrupt(0)) && other.name().equals(m.running(0)));
    }
    return spec;
  }

  /**
   * Whether the CPUs are in the middle of the two. Nobody is in the middle of the query, which may
   * be a single access; but it changes nothing, so what happens while the page is pinned can happen
   * when it is asked for.
   */
  private static boolean meet(Moment m, String one, String other) {
    String query = query(0, 1).name();
    boolean oneMeets = one.equals(query) || one.equals(m.running(0));
    boolean otherMeets = other.equals(query) || other.equals(m.running(1));
    boolean asks = one.equals(query) || other.equals(query);
    return oneMeets && otherMeets && (!asks || isPinned(m));
  }

  private static boolean isPinned(Moment m) {
    return m.pages().live(0) > 0;
  }
}
