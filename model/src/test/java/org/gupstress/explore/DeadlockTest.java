// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CPUs that wait for ever, for each other or for themselves, are found. */
class DeadlockTest {
  private static final Operation LOCK = new Operation("lock", (mm, cpu) -> {
    mm.lru().node().gupLock().lock();
    Litmus.add(mm, Litmus.X, 1);
    mm.lru().node().gupLock().unlock();
  });
  private static final Operation LOCK_IRQSAVE = new Operation("lock_irqsave", (mm, cpu) -> {
    long flags = mm.lru().node().gupLock().lockIrqsave(cpu);
    Litmus.add(mm, Litmus.X, 1);
    mm.lru().node().gupLock().unlockIrqrestore(cpu, flags);
  });

  @Test
  void aHandlerThatTakesTheLockOfItsOwnCpuDeadlocks() {
    Operation handler = new Operation("handler", (mm, cpu) -> {
      Litmus.read(mm, Litmus.Y);
      mm.lru().node().gupLock().lock();
      mm.lru().node().gupLock().unlock();
    });
    Result result = Litmus.explore(interrupted(LOCK, handler));
    Result.Violation found = result.violations().get(Harm.DEADLOCK);
    assertThat(result.violations()).containsOnlyKeys(Harm.DEADLOCK, Harm.IRQ_UNSAFE);
    assertThat(found.text())
        .containsSubsequence("cpu0 in lock", "cpu0 (interrupt) in handler", "gup_lock");
    assertThat(Runs.replayed(Litmus.plan(interrupted(LOCK, handler)), found))
        .containsExactly(Harm.DEADLOCK);
  }

  @Test
  void aHandlerWhoseFirstAccessIsTheLockOfItsOwnCpuDeadlocks() {
    assertThat(Litmus.explore(interrupted(LOCK, LOCK)).violations())
        .containsOnlyKeys(Harm.DEADLOCK, Harm.IRQ_UNSAFE);
  }

  @Test
  void interruptsOffProtectFromTheHandler() {
    assertThat(Litmus.explore(interrupted(LOCK_IRQSAVE, LOCK_IRQSAVE)).violations())
        .isEmpty();
  }

  @Test
  void aHandlerRunsOnceAndWheneverInterruptsAreOn() {
    // five steps with interrupts on have six gaps; irqsave takes two steps before its lock
    Operation five = new Operation("five", (mm, cpu) -> {
      for (int i = 0; i < 5; i++) {
        Litmus.add(mm, Litmus.Y, 1);
      }
    });
    Operation tell =
        new Operation("tell", (mm, cpu) -> Litmus.write(mm, Litmus.R0, Litmus.read(mm, Litmus.Y)));
    Result result = Litmus.explore(interrupted(five, tell));
    assertThat(Litmus.outcomes(result, Litmus.R0))
        .containsExactlyInAnyOrder(
            List.of(0), List.of(1), List.of(2), List.of(3), List.of(4), List.of(5));
    assertThat(result.interleavings()).isEqualTo(6);

    Operation off = new Operation("off", (mm, cpu) -> {
      Litmus.add(mm, Litmus.Y, 1);
      cpu.irqDisable();
      Litmus.add(mm, Litmus.Y, 1);
      Litmus.add(mm, Litmus.Y, 1);
      cpu.irqEnable();
      Litmus.add(mm, Litmus.Y, 1);
    });
    assertThat(Litmus.outcomes(Litmus.explore(interrupted(off, tell)), Litmus.R0))
        .containsExactlyInAnyOrder(List.of(0), List.of(1), List.of(3), List.of(4));
  }

  /** irqsave is not enough, because unlock_irq of the inner lock enables interrupts. */
  @Test
  void anInnerUnlockIrqUndoesTheOuterIrqsave() {
    Operation nested = new Operation("nested", (mm, cpu) -> {
      long flags = mm.lru().node().gupLock().lockIrqsave(cpu);
      SpinLock inner = mm.addressSpace().pagesLock();
      inner.lockIrq(cpu);
      inner.unlockIrq(cpu);
      Litmus.add(mm, Litmus.X, 1);
      mm.lru().node().gupLock().unlockIrqrestore(cpu, flags);
    });
    assertThat(Litmus.explore(interrupted(nested, LOCK_IRQSAVE)).violations())
        .containsOnlyKeys(Harm.DEADLOCK, Harm.IRQ_UNSAFE);
  }

  @Test
  void aLockThatNobodyGivesBackIsReportedEvenIfNobodyWants() {
    Result result =
        Litmus.explore(Litmus.of((mm, cpu) -> mm.lru().node().gupLock().lock()));
    assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_LEFT_HELD);
    assertThat(result.violations().get(Harm.LOCK_LEFT_HELD).text()).startsWith("gup_lock is held");
  }

  @Test
  void waitingForWhatNobodyDoesIsADeadlockAndForWhatSomebodyDoesIsNot() {
    Operation.Body wait = (mm, cpu) -> mm.memory().waitUntil64(mm.signalWord(), 1, 1);
    Operation.Body signal = (mm, cpu) -> mm.memory().write64(mm.signalWord(), 1);
    Operation.Body other = (mm, cpu) -> mm.memory().write64(mm.signalWord(), 2);
    assertThat(Litmus.explore(Litmus.of(wait, signal)).violations()).isEmpty();
    assertThat(Litmus.explore(Litmus.of(wait, other)).violations()).containsOnlyKeys(Harm.DEADLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc-oct", "rfc-nov", "rfc-fixed"})
  void anInterruptThatUnpinsDeadlocksEveryDesignWithTheGupLock(String design) {
    Result result = Runs.explored(design, "unpin-in-interrupt", Kernel.PRODUCTION);
    assertThat(result.violations()).containsKey(Harm.DEADLOCK);
    assertThat(result.verdict(Claim.NO_DEADLOCK)).isEqualTo(Verdict.VIOLATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "page-ext", "foll-pin"})
  void anInterruptThatUnpinsIsFineForDesignsWithoutALock(String design) {
    Result result = Runs.explored(design, "unpin-in-interrupt", Kernel.PRODUCTION);
    assertThat(result.verdict(Claim.NO_DEADLOCK)).isEqualTo(Verdict.HOLDS);
  }

  private static Spec interrupted(Operation program, Operation handler) {
    return Litmus.machine().program((role, rounds, design) -> List.of(program)).interrupt(handler);
  }
}
