// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;
import static org.gupstress.claim.Found.text;
import static org.gupstress.scenario.Programs.drainAll;

import org.gupstress.memory.SpinLock;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Operation.Body;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** What may sleep runs where nobody waits for the CPU. */
class SleepTest {
  private static final Body LOCK_PAGE = (mm, cpu) -> {
    mm.page().lock(page(mm, 0));
    mm.page().unlock(page(mm, 0));
  };

  private static Operation underLruLock(Body body) {
    return op("under lru_lock", (mm, cpu) -> {
      SpinLock lock = mm.lru().node().lruLock();
      lock.lock();
      body.run(mm, cpu);
      lock.unlock();
    });
  }

  @Test
  void lockPageUnderASpinLockIsFound() {
    Spec spec = alone(underLruLock(LOCK_PAGE));
    assertThat(Found.in(spec)).containsExactly(Harm.SLEEPS_ATOMIC);
    assertThat(text(spec, Harm.SLEEPS_ATOMIC))
        .isEqualTo("cpu0 in under lru_lock may sleep with lru_lock held");
  }

  @Test
  void whoHasAPageLockedMaySleep() {
    assertThat(Found.in(alone(op("two pages", (mm, cpu) -> {
          mm.page().trylock(page(mm, 1));
          mm.memory().mightSleep();
          mm.page().unlock(page(mm, 1));
          LOCK_PAGE.run(mm, cpu);
        }))))
        .isEmpty();
    assertThat(Found.in(alone(op("lock_page", LOCK_PAGE)))).isEmpty();
  }

  @Test
  void aWaitUnderASpinLockIsFoundAndALoopIsNot() {
    assertThat(Found.in(
            alone(underLruLock((mm, cpu) -> mm.memory().waitEvent64(mm.signalWord(), 1, 0)))))
        .containsExactly(Harm.SLEEPS_ATOMIC);
    assertThat(Found.in(
            alone(underLruLock((mm, cpu) -> mm.memory().waitUntil64(mm.signalWord(), 1, 0)))))
        .isEmpty();
  }

  @Test
  void anInterruptMayNotSleep() {
    Spec sleeps = alone(op("nothing", (mm, cpu) -> mm.memory().read64(mm.signalWord())))
        .interrupt(op("handler", LOCK_PAGE));
    assertThat(text(sleeps, Harm.SLEEPS_ATOMIC)).contains("in handler may sleep in an interrupt");
    Spec trylock = alone(op("nothing", (mm, cpu) -> mm.memory().read64(mm.signalWord())))
        .interrupt(op("handler", (mm, cpu) -> {
          if (mm.page().trylock(page(mm, 0))) {
            mm.page().unlock(page(mm, 0));
          }
        }));
    assertThat(Found.in(trylock)).doesNotContain(Harm.SLEEPS_ATOMIC);
  }

  @Test
  void interruptsAreOn() {
    Spec spec = alone(op("irqs off", (mm, cpu) -> {
          cpu.irqDisable();
          mm.lru().pagevecs().drainAll(cpu);
          cpu.irqEnable();
        }))
        .interrupt(op("handler", (mm, cpu) -> mm.memory().read64(mm.signalWord())));
    assertThat(text(spec, Harm.SLEEPS_ATOMIC)).contains("with interrupts off");
    assertThat(Found.in(alone(drainAll()))).isEmpty();
  }
}
