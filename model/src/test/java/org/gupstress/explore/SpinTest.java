// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Conditions;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop that tries again until somebody else has done something is a wait, and no endless one. */
class SpinTest {
  private static Spec two(Operation... second) {
    return Spec.named("spins", "for a test")
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.cached(mm, 0, 0))
        .program((role, rounds, design) -> role == 0 ? List.of(spin()) : List.of(second));
  }

  private static Result explore(Spec scenario) {
    return Explorer.explore(
        Plan.usual(Runs.design("foll-pin"), scenario, Kernel.PRODUCTION), Options.DEFAULT);
  }

  private static long page(Mm mm) {
    return mm.page().address(0);
  }

  /** Until it has the lock of the page. */
  private static Operation spin() {
    return new Operation("spin", (mm, cpu) -> {
      while (!mm.page().trylock(page(mm))) {
        // cpu_relax
      }
      mm.page().unlock(page(mm));
    });
  }

  private static Operation locked() {
    return new Operation("locked", (mm, cpu) -> {
      mm.page().lock(page(mm));
      mm.page().set(page(mm), PageFlag.REFERENCED);
      mm.page().unlock(page(mm));
    });
  }

  @Test
  void whoTriesAgainUntilTheLockIsFreeWaitsForIt() {
    Result result = explore(two(locked(), locked())
        .sometimes(
            "it met the lock", m -> "spin".equals(m.running(0)) && "locked".equals(m.running(1))));
    assertThat(result.violations()).isEmpty();
    assertThat(result.verdict(Claim.NO_DEADLOCK)).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void twoThatSpinForEachOtherGetItOneAfterTheOther() {
    Result result = explore(two(spin()).cpus(2, 2, 2, 0));
    assertThat(result.violations()).isEmpty();
  }

  /** The control. */
  @Test
  void whoSpinsForWhatNobodyGivesBackSpinsForEver() {
    Result result = explore(two(new Operation("keeps", (mm, cpu) -> mm.page().lock(page(mm)))));
    assertThat(result.violations()).containsKey(Harm.ENDLESS).doesNotContainKey(Harm.DEADLOCK);
    assertThat(result.violations().get(Harm.ENDLESS).text())
        .contains("cpu0 in spin goes round in circles and sees nothing new");
    Token token = result.violations().get(Harm.ENDLESS).token();
    assertThat(Replay.run(
                Plan.usual(
                    Runs.design("foll-pin"),
                    two(new Operation("keeps", (mm, cpu) -> mm.page().lock(page(mm)))),
                    Kernel.PRODUCTION),
                Reductions.ALL,
                token.schedule())
            .conclusion())
        .anyMatch(finding -> finding.harm() == Harm.ENDLESS);
  }

  /** Who gives up is not kept waiting: that it gives up is what there is to see. */
  @Test
  void whoTriesThreeTimesMayFail() {
    Operation tries = new Operation("tries", (mm, cpu) -> {
      for (int i = 0; i < 3; i++) {
        if (mm.page().trylock(page(mm))) {
          mm.page().unlock(page(mm));
          return;
        }
      }
      cpu.setRegister(0, 7);
    });
    Result result = explore(two(tries)
        .program((role, rounds, design) -> List.of(role == 0 ? locked() : tries))
        .sometimes("it gave up", m -> Conditions.register(m, 1, 0) == 7));
    assertThat(result.violations()).isEmpty();
    assertThat(result.unmet()).isEmpty();
  }

  private static Spec triesBesideOneThatKeeps(int times) {
    Operation tries = new Operation("tries", (mm, cpu) -> {
      for (int i = 0; i < times; i++) {
        if (mm.page().trylock(page(mm))) {
          mm.page().unlock(page(mm));
          return;
        }
      }
      cpu.setRegister(0, 7);
    });
    return two(tries)
        .program((role, rounds, design) -> List.of(
            role == 0 ? new Operation("keeps", (mm, cpu) -> mm.page().lock(page(mm))) : tries))
        .sometimes("it gave up", m -> Conditions.register(m, 1, 0) == 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 64, 97, 200, 480})
  void whoGivesUpWithinTheBoundOfAnOperationIsSeenToGiveUp(int times) {
    Result result = explore(triesBesideOneThatKeeps(times));
    assertThat(result.violations().keySet()).containsOnly(Harm.LOCK_LEFT_HELD);
    assertThat(result.unmet()).isEmpty();
  }

  @Test
  void whoTriesMoreOftenThanAnOperationMayCountsAsEndlessAndIsToldTheBound() {
    Result result = explore(triesBesideOneThatKeeps(600));
    assertThat(result.violations()).containsKey(Harm.ENDLESS);
    assertThat(result.violations().get(Harm.ENDLESS).text())
        .contains("more than 500 accesses of one operation count as endless")
        .contains("with Memory.waitUntil64");
  }

  @Test
  void aCmpxchgLoopLosesNothing() {
    Operation counts = new Operation("counts", (mm, cpu) -> {
      int old;
      do {
        old = mm.memory().readOnce32(mm.page().content(page(mm)));
      } while (!mm.memory().compareAndSet32(mm.page().content(page(mm)), old, old + 1));
    });
    Result result = explore(two()
        .cpus(3, 3, 3, 0)
        .program((role, rounds, design) -> List.of(counts))
        .duty(
            Harm.NOT_MOVED,
            "a count is lost",
            m -> m.mm().memory().read32(m.mm().page().content(page(m.mm()))) == 3));
    assertThat(result.violations()).doesNotContainKeys(Harm.NOT_MOVED, Harm.ENDLESS);
  }

  /** A look under a lock, which others need meanwhile. */
  @Test
  void whoLooksUnderALockLetsOthersIn() {
    Operation polls = new Operation("polls", (mm, cpu) -> {
      boolean done = false;
      while (!done) {
        mm.lru().node().lruLock().lock();
        done = mm.page().test(page(mm), PageFlag.REFERENCED);
        mm.lru().node().lruLock().unlock();
      }
    });
    Operation sets = new Operation("sets", (mm, cpu) -> {
      mm.lru().node().lruLock().lock();
      mm.page().set(page(mm), PageFlag.REFERENCED);
      mm.lru().node().lruLock().unlock();
    });
    Spec both = two().program((role, rounds, design) -> List.of(role == 0 ? polls : sets));
    assertThat(explore(both).violations()).isEmpty();
    Spec alone = two().program((role, rounds, design) -> role == 0 ? List.of(polls) : List.of());
    assertThat(explore(alone).violations()).containsOnlyKeys(Harm.ENDLESS);
  }

  @Test
  void whatIsFoundDoesNotDependOnReductionsOrThreads() {
    for (Options options : List.of(
        Options.DEFAULT.withReductions(new Reductions(false, false, false)),
        Options.DEFAULT.withThreads(2))) {
      Plan plan = Plan.usual(
          Runs.design("foll-pin"), two(locked(), Programs.drain(), locked()), Kernel.PRODUCTION);
      assertThat(Explorer.explore(plan, options).violations()).isEmpty();
      assertThat(Explorer.explore(plan, options).stopped()).isNull();
    }
  }
}
