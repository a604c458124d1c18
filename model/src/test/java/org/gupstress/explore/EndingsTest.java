// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** The ways in which a run can end, each with its share and its shortest interleaving. */
class EndingsTest {
  /** Two CPUs with a read and a write each: of six interleavings two lose no update. */
  private static Spec lostUpdate() {
    return Litmus.same(2, (mm, cpu) -> Litmus.write(mm, Litmus.X, Litmus.read(mm, Litmus.X) + 1))
        .outcome(mm -> "x=" + Litmus.read(mm, Litmus.X));
  }

  @Test
  void everyEndIsNamedWithItsShareOfAllInterleavings() {
    Map<String, Result.Ending> endings = Litmus.explore(lostUpdate()).endings();
    assertThat(endings).containsOnlyKeys("x=1", "x=2");
    assertThat(endings.get("x=2").share()).isCloseTo(2.0 / 6, within(1e-12));
    assertThat(endings.get("x=1").share()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(endings.get("x=2").preemptions()).isZero();
    assertThat(endings.get("x=1").preemptions()).isEqualTo(1);
    assertThat(endings.get("x=1").steps()).isEqualTo(4);
  }

  @Test
  void theTokenOfAnEndLeadsToIt() {
    Plan plan = Litmus.plan(lostUpdate());
    Litmus.explore(lostUpdate()).endings().forEach((name, ending) -> {
      Machine machine = new Machine(plan, Reductions.ALL, Narration.HARMS, new Heartbeat());
      for (int context : ending.token().schedule().contexts()) {
        machine.step(context);
      }
      assertThat(machine.isAllDone()).isTrue();
      assertThat(plan.scenario().outcome(machine.mm())).isEqualTo(name);
    });
  }

  @Test
  void endsAreNotViolationsAndAreTheSameWithoutReductions() {
    Result all = Litmus.explore(lostUpdate());
    assertThat(all.violations()).isEmpty();
    Result none = Explorer.explore(
        Litmus.plan(lostUpdate()), Options.DEFAULT.withReductions(Reductions.NONE));
    assertThat(none.endings().keySet()).isEqualTo(all.endings().keySet());
    none.endings()
        .forEach((name, ending) ->
            assertThat(ending.share()).isCloseTo(all.endings().get(name).share(), within(1e-12)));
  }

  /** A state has one bit for each harm and one for each outcome. */
  @Test
  void harmsAndOutcomesDoNotShareBits() {
    assertThat(Harm.values().length + Scenario.OUTCOMES_MAX).isLessThanOrEqualTo(Long.SIZE);
  }

  @Test
  void aScenarioThatTellsNoEndsApartHasNone() {
    assertThat(Litmus.explore(Litmus.same(2, (mm, cpu) -> Litmus.add(mm, Litmus.X, 1)))
            .endings())
        .isEmpty();
  }

  // ---- runs that are over at their first harm

  /** R-02, with what follows from it, and a condition that no run meets. */
  private static Spec faultedIn() {
    return Spec.named("faulted-in", "an uncounted pin is given back after the drain")
        .boot(mm -> mm.lru().bootFree(mm.cpu(0), mm.page().address(0)))
        .program((role, rounds, design) -> List.of(gup(0, 0), drain(), unpin(0), unmap(0)))
        .sometimes("never", m -> false);
  }

  @Test
  void whatFollowsFromAHarmIsLeftOutWhereARunEndsAtIt() {
    Result on = Runs.explore(Runs.design("rfc-oct"), faultedIn());
    Result over = Runs.explore(Runs.design("rfc-oct"), faultedIn().endingAtHarm());
    assertThat(on.violations())
        .containsKeys(Harm.PIN_UNCOUNTED, Harm.VIEW_CONFUSED, Harm.WILD_POINTER);
    assertThat(over.violations()).containsOnlyKeys(Harm.PIN_UNCOUNTED, Harm.PIN_INVISIBLE);
    assertThat(over.states()).isLessThan(on.states());
    assertThat(Runs.replayed(over.plan(), over.violations().get(Harm.PIN_UNCOUNTED)))
        .contains(Harm.PIN_UNCOUNTED);
  }

  /** The control: where nothing goes wrong the run is whole, and what it must meet is asked for. */
  @Test
  void onlyARunThatWasCutShortIsExcusedFromWhatItDidNotMeet() {
    assertThat(Runs.explore(Runs.design("rfc-oct"), faultedIn().endingAtHarm()).unmet())
        .isEmpty();
    assertThat(Runs.explore(Runs.design("rfc-oct"), faultedIn()).unmet()).containsExactly("never");
    assertThat(Runs.explore(Runs.design("foll-pin"), faultedIn().endingAtHarm()).unmet())
        .containsExactly("never");
  }
}
