// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  /** One CPU counts to this, the other looks once: it can see one number more. */
  private static Spec counting(int last) {
    return Litmus.of(
            (mm, cpu) -> {
              for (int i = 1; i <= last; i++) {
                Litmus.write(mm, Litmus.X, i);
              }
            },
            (mm, cpu) -> Litmus.write(mm, Litmus.R0, Litmus.read(mm, Litmus.X)))
        .outcome(mm -> "seen=" + Litmus.read(mm, Litmus.R0));
  }

  @Test
  void harmsAndOutcomesAreMoreThanABitForEachInALong() {
    Map<String, Result.Ending> endings = Litmus.explore(counting(80)).endings();
    assertThat(endings).hasSize(81);
    assertThat(endings.values().stream().mapToDouble(Result.Ending::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(endings.get("seen=80").preemptions()).isZero();
    assertThat(endings.get("seen=1").preemptions()).isEqualTo(1);
  }

  /** A table that is longer than anybody reads is refused, and does not fill memory. */
  @Test
  void outcomesAreBounded() {
    Search search = new Search(Litmus.plan(lostUpdate()), Options.DEFAULT, 2);
    for (int i = 0; i < Scenario.OUTCOMES_MAX; i++) {
      search.ending("outcome " + i);
    }
    search.ending("outcome 0");
    assertThatThrownBy(() -> search.ending("one more")).hasMessageContaining("at most 1000");
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
