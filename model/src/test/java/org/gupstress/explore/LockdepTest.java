// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks that could be waited for in a circle are found where nobody ever waits. */
class LockdepTest {
  /** Which lock of the machine. */
  private enum Which {
    GUP,
    PTL,
    PAGES;

    SpinLock of(Mm mm) {
      return switch (this) {
        case GUP -> mm.lru().node().gupLock();
        case PTL -> mm.pageTable().ptl(0);
        case PAGES -> mm.addressSpace().pagesLock();
      };
    }
  }

  private static Operation over(String name, Which outer, Which inner) {
    return new Operation(name, (mm, cpu) -> {
      outer.of(mm).lock();
      inner.of(mm).lock();
      inner.of(mm).unlock();
      outer.of(mm).unlock();
    });
  }

  /** The shape of R-26, one CPU behind the other: no interleaving deadlocks. */
  private static Spec abba(Which outer, Which inner) {
    return Litmus.machine()
        .cpus(2, 2, 2, 0, 1)
        .program((role, rounds, design) -> role == 0
            ? List.of(over("gup", Which.PTL, Which.GUP), Programs.signal())
            : List.of(Programs.waitForSignal(), over("mkclean", outer, inner)));
  }

  @Test
  void anInversionIsFoundAlthoughTheCpusNeverMeet() {
    Spec spec = abba(Which.GUP, Which.PTL);
    Result result = Litmus.explore(spec);
    assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_ORDER);
    assertThat(result.verdict(Claim.NO_DEADLOCK)).isEqualTo(Verdict.VIOLATED);
    Result.Violation found = result.violations().get(Harm.LOCK_ORDER);
    assertThat(found.text())
        .isEqualTo("gup takes gup_lock with ptl held; mkclean takes ptl with gup_lock held");
    assertThat(found.preemptions()).isZero();
    assertThat(found.steps()).isEqualTo(2);
    assertThat(found.share()).isEqualTo(1);
    assertThat(found.token().schedule()).isEqualTo(Schedule.parse("a2+a5b3"));
    assertThat(Runs.replayed(Litmus.plan(spec), found)).containsExactly(Harm.LOCK_ORDER);
  }

  /** The control: one half of the evidence is none. */
  @Test
  void aTokenWithoutItsOtherInterleavingShowsNothing() {
    Plan plan = Litmus.plan(abba(Which.GUP, Which.PTL));
    assertThat(Replay.run(plan, Reductions.ALL, Schedule.parse("a2")).conclusion())
        .isEmpty();
    assertThat(Replay.run(plan, Reductions.ALL, Schedule.parse("a2+a5b2")).conclusion())
        .isEmpty();
    assertThat(Replay.run(plan, Reductions.ALL, Schedule.parse("a2+a5b3")).conclusion())
        .hasSize(1);
    assertThat(Replay.stamp(plan, Reductions.ALL, Schedule.parse("a2+a5b3")))
        .isNotEqualTo(Replay.stamp(plan, Reductions.ALL, Schedule.parse("a2")));
  }

  @Test
  void locksThatAreAlwaysTakenInOneOrderAreFine() {
    assertThat(Litmus.explore(abba(Which.PTL, Which.GUP)).violations()).isEmpty();
    assertThat(Litmus.explore(abba(Which.PTL, Which.PAGES)).violations()).isEmpty();
    assertThat(Litmus.explore(abba(Which.GUP, Which.PAGES)).violations()).isEmpty();
  }

  @Test
  void aCircleOfThreeIsFoundAndAllOfItIsNamed() {
    Spec spec = Litmus.machine()
        .cpus(1, 1, 1, 0)
        .program((role, rounds, design) -> List.of(
            over("one", Which.GUP, Which.PTL),
            over("two", Which.PTL, Which.PAGES),
            over("three", Which.PAGES, Which.GUP)));
    Result.Violation found = Litmus.explore(spec).violations().get(Harm.LOCK_ORDER);
    assertThat(found.text())
        .isEqualTo("one takes ptl with gup_lock held; two takes i_pages with ptl held; three takes"
            + " gup_lock with i_pages held");
    assertThat(found.token().schedule()).isEqualTo(Schedule.parse("a2+a6+a10"));
    assertThat(Runs.replayed(Litmus.plan(spec), found)).containsExactly(Harm.LOCK_ORDER);
  }

  /** Each order is taken in one branch: no interleaving has both. */
  @Test
  void theOtherSideMayLieInAnotherInterleaving() {
    Spec spec = Litmus.of((mm, cpu) -> Litmus.write(mm, Litmus.X, 1), (mm, cpu) -> {
      boolean late = Litmus.read(mm, Litmus.X) == 1;
      Which outer = late ? Which.GUP : Which.PTL;
      Which inner = late ? Which.PTL : Which.GUP;
      over("", outer, inner).body().run(mm, cpu);
    });
    Plan plan = Litmus.plan(spec);
    for (int threads = 1; threads <= 3; threads++) {
      Result result = Explorer.explore(plan, Options.DEFAULT.withThreads(threads));
      assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_ORDER);
      assertThat(result.violations().get(Harm.LOCK_ORDER).share()).isEqualTo(1);
      assertThat(Runs.replayed(plan, result.violations().get(Harm.LOCK_ORDER)))
          .containsExactly(Harm.LOCK_ORDER);
    }
  }

  @Test
  void aLockThatAnOperationLeavesHeldIsHeldInTheNext() {
    Operation lock = new Operation("lock", (mm, cpu) -> Which.GUP.of(mm).lock());
    Operation unlock = new Operation("unlock", (mm, cpu) -> Which.GUP.of(mm).unlock());
    Operation ptl = new Operation("ptl", (mm, cpu) -> {
      Which.PTL.of(mm).lock();
      Which.PTL.of(mm).unlock();
    });
    Spec kept = Litmus.machine()
        .program((role, rounds, design) ->
            List.of(lock, ptl, unlock, over("other", Which.PTL, Which.GUP)));
    Result result = Litmus.explore(kept);
    assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_LEFT_HELD, Harm.LOCK_ORDER);
    assertThat(result.violations().get(Harm.LOCK_ORDER).text())
        .isEqualTo("ptl takes ptl with gup_lock held; other takes gup_lock with ptl held");
    Spec released = Litmus.machine()
        .program((role, rounds, design) ->
            List.of(lock, unlock, ptl, over("other", Which.PTL, Which.GUP)));
    assertThat(Litmus.explore(released).violations()).containsOnlyKeys(Harm.LOCK_LEFT_HELD);
  }

  // ---- the page lock

  @Test
  void aTrylockMakesNoOrderAndWhatIsTakenAfterItDoes() {
    Operation.Body tries = (mm, cpu) -> {
      Which.PTL.of(mm).lock();
      if (mm.page().trylock(mm.page().address(0))) {
        mm.page().unlock(mm.page().address(0));
      }
      Which.PTL.of(mm).unlock();
    };
    Operation.Body waits = (mm, cpu) -> {
      Which.PTL.of(mm).lock();
      mm.page().lock(mm.page().address(1));
      mm.page().unlock(mm.page().address(1));
      Which.PTL.of(mm).unlock();
    };
    Operation.Body locked = (mm, cpu) -> {
      if (mm.page().trylock(mm.page().address(0))) {
        Which.PTL.of(mm).lock();
        Which.PTL.of(mm).unlock();
        mm.page().clear(mm.page().address(0), PageFlag.LOCKED);
      }
    };
    Operation.Body fresh = (mm, cpu) -> {
      mm.page().set(mm.page().address(0), PageFlag.LOCKED);
      Which.PTL.of(mm).lock();
      Which.PTL.of(mm).unlock();
      mm.page().unlock(mm.page().address(0));
    };
    assertThat(Litmus.explore(Litmus.of(tries, locked)).violations()).isEmpty();
    // lock_page under a spin lock is wrong in itself
    assertThat(Litmus.explore(Litmus.of(waits, fresh)).violations())
        .containsOnlyKeys(Harm.LOCK_ORDER, Harm.SLEEPS_ATOMIC);
    assertThat(Litmus.explore(Litmus.of(waits, locked))
            .violations()
            .get(Harm.LOCK_ORDER)
            .text())
        .contains("takes PG_locked with ptl held", "takes ptl with PG_locked held");
  }

  @Test
  void aSecondPageLockIsAnInversionWithItself() {
    Spec spec = Litmus.of((mm, cpu) -> {
      mm.page().lock(mm.page().address(0));
      mm.page().lock(mm.page().address(1));
      mm.page().unlock(mm.page().address(1));
      mm.page().unlock(mm.page().address(0));
    });
    Result result = Litmus.explore(spec);
    assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_ORDER);
    assertThat(result.violations().get(Harm.LOCK_ORDER).text())
        .isEqualTo("p0 takes PG_locked with PG_locked held");
    assertThat(Litmus.explore(Litmus.of((mm, cpu) -> {
              for (int p = 0; p < 2; p++) {
                mm.page().lock(mm.page().address(p));
                mm.page().unlock(mm.page().address(p));
              }
            }))
            .violations())
        .isEmpty();
  }

  // ---- interrupts

  private static Spec interrupted(Operation.Body program, Operation.Body handler) {
    return Litmus.machine()
        .program((role, rounds, design) -> List.of(new Operation("task", program)))
        .interrupt(new Operation("handler", handler));
  }

  private static Operation.Body plain(Which lock) {
    return (mm, cpu) -> {
      lock.of(mm).lock();
      lock.of(mm).unlock();
    };
  }

  private static Operation.Body irqsave(Which lock) {
    return (mm, cpu) -> {
      long flags = lock.of(mm).lockIrqsave(cpu);
      lock.of(mm).unlockIrqrestore(cpu, flags);
    };
  }

  /** The handler takes its lock only after the task is done with it: it never has to wait. */
  @Test
  void aLockOfAHandlerThatIsHeldWithInterruptsOnIsFoundWithoutADeadlock() {
    Operation.Body task = (mm, cpu) -> {
      plain(Which.GUP).run(mm, cpu);
      Litmus.write(mm, Litmus.X, 1);
    };
    Operation.Body handler = (mm, cpu) -> {
      if (Litmus.read(mm, Litmus.X) == 1) {
        plain(Which.GUP).run(mm, cpu);
      }
    };
    Spec spec = interrupted(task, handler);
    Result result = Litmus.explore(spec);
    assertThat(result.violations()).containsOnlyKeys(Harm.IRQ_UNSAFE);
    assertThat(result.violations().get(Harm.IRQ_UNSAFE).text())
        .isEqualTo(
            "task holds gup_lock with interrupts on; handler takes gup_lock in an interrupt");
    assertThat(Runs.replayed(Litmus.plan(spec), result.violations().get(Harm.IRQ_UNSAFE)))
        .containsExactly(Harm.IRQ_UNSAFE);
  }

  @Test
  void interruptsOffOrAnotherLockIsFine() {
    assertThat(Litmus.explore(interrupted(irqsave(Which.GUP), plain(Which.GUP))).violations())
        .isEmpty();
    assertThat(Litmus.explore(interrupted(plain(Which.GUP), plain(Which.PTL))).violations())
        .isEmpty();
  }

  /** A lock that a handler only waits for behind its own is as bad as one that it takes. */
  @Test
  void aLockThatIsTakenOverOneOfAHandlerMustNotBeHeldWithInterruptsOn() {
    Operation.Body nested = (mm, cpu) -> {
      long flags = cpu.irqSave();
      over("", Which.GUP, Which.PTL).body().run(mm, cpu);
      cpu.irqRestore(flags);
      plain(Which.PTL).run(mm, cpu);
    };
    Result result = Litmus.explore(interrupted(nested, plain(Which.GUP)));
    assertThat(result.violations()).containsOnlyKeys(Harm.IRQ_UNSAFE);
    assertThat(result.violations().get(Harm.IRQ_UNSAFE).text())
        .isEqualTo("task holds ptl with interrupts on; task takes ptl with gup_lock held; handler"
            + " takes gup_lock in an interrupt");
  }

  // ---- the shipped designs

  /** R-14, as it was posted: gup_lock is taken with interrupts on. */
  @ParameterizedTest
  @ValueSource(strings = {"rfc-oct", "rfc-nov"})
  void thePostingsTakeGupLockWithInterruptsOn(String design) {
    Result.Violation found = Runs.explored(design, "unpin-in-interrupt", Kernel.PRODUCTION)
        .violations()
        .get(Harm.IRQ_UNSAFE);
    assertThat(found.text())
        .isEqualTo("pin page0 holds gup_lock with interrupts on; unpin takes gup_lock in an"
            + " interrupt");
    assertThat(found.share()).isEqualTo(1);
    assertThat(lastAccess(design, found)).isEqualTo("spin_lock gup_lock");
  }

  /** R-14, second half: irqsave does not help, isolate_lru_page enables interrupts under it. */
  @Test
  void isolationEnablesInterruptsUnderTheMendedGupLock() {
    Result.Violation found = Runs.explored("rfc-fixed", "unpin-in-interrupt", Kernel.PRODUCTION)
        .violations()
        .get(Harm.IRQ_UNSAFE);
    assertThat(found.preemptions()).isZero();
    assertThat(lastAccess("rfc-fixed", found)).isEqualTo("cpu0.irqs_off := 0");
  }

  private static String lastAccess(String design, Result.Violation found) {
    Plan plan = Runs.usual(design, "unpin-in-interrupt", Kernel.PRODUCTION);
    Trace trace = Replay.run(plan, Reductions.ALL, found.token().schedule());
    return trace.steps().get(trace.steps().size() - 1).text(trace.names());
  }

  @Test
  void workersAndReductionsDoNotChangeWhatIsFound() {
    for (String design : List.of("rfc-oct", "rfc-fixed")) {
      Plan plan = Runs.usual(design, "unpin-in-interrupt", Kernel.PRODUCTION);
      Set<Map.Entry<Harm, Double>> expected =
          shares(Runs.explored(design, "unpin-in-interrupt", Kernel.PRODUCTION));
      for (int threads = 1; threads <= 3; threads++) {
        Options options = Options.DEFAULT.withThreads(threads);
        assertThat(shares(Explorer.explore(plan, options))).isEqualTo(expected);
        assertThat(shares(Explorer.explore(plan, options.withReductions(Reductions.NONE))))
            .isEqualTo(expected);
      }
    }
  }

  private static Set<Map.Entry<Harm, Double>> shares(Result result) {
    return result.violations().values().stream()
        .map(v -> Map.entry(v.harm(), v.share()))
        .collect(Collectors.toSet());
  }
}
