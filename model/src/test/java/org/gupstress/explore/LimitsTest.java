// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.gupstress.claim.Claim;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Operation;
import org.junit.jupiter.api.Test;

/** A search that ends early says so, and claims nothing. */
class LimitsTest {
  /** 226,981 states, and nothing wrong with any of them. */
  private static final Plan SOUND = Litmus.plan(Litmus.of(counting(0), counting(1), counting(2)));

  private static Operation.Body counting(int word) {
    return (mm, cpu) -> {
      for (int i = 0; i < 60; i++) {
        Litmus.write(mm, word, i);
      }
    };
  }

  @Test
  void theStateLimitStopsTheSearchAndNothingHolds() {
    Result result = Explorer.explore(SOUND, Options.DEFAULT.withStatesMax(1000));
    assertThat(result.stopped()).isEqualTo(new Stop.StateLimit(1000));
    assertThat(result.states()).isBetween(1000, 10_000);
    assertNothingHolds(result);
  }

  @Test
  void theBudgetStopsTheSearchAndNothingHolds() {
    Result result = Explorer.explore(SOUND, Options.DEFAULT.withBudget(Duration.ofMillis(1)));
    assertThat(result.stopped()).isInstanceOf(Stop.BudgetSpent.class);
    assertNothingHolds(result);
  }

  @Test
  void workersStopTogether() {
    Result result = Explorer.explore(SOUND, Options.DEFAULT.withThreads(3).withStatesMax(5000));
    assertThat(result.stopped()).isEqualTo(new Stop.StateLimit(5000));
    assertThat(result.states()).isBetween(5000, 20_000);
    assertNothingHolds(result);
  }

  @Test
  void whatWasFoundBeforeTheLimitIsViolatedAndReplays() {
    Plan plan =
        new Plan(Runs.design("rfc-oct"), Runs.scenario("pin-unpin"), Kernel.PRODUCTION, 4, 2);
    Result result = Explorer.explore(plan, Options.DEFAULT.withStatesMax(4_000));
    assertThat(result.stopped()).isNotNull();
    assertThat(result.verdict(Claim.NEVER_STRANDED)).isEqualTo(Verdict.VIOLATED);
    result
        .violations()
        .forEach((harm, violation) -> assertThat(Runs.replayed(plan, violation)).contains(harm));
  }

  /** The control: without the limit the same search ends by itself, and claims hold. */
  @Test
  void withoutALimitTheSearchIsComplete() {
    Result result = Explorer.explore(SOUND, Options.DEFAULT);
    assertThat(result.stopped()).isNull();
    assertThat(result.states()).isEqualTo(61 * 61 * 61);
    assertThat(EnumSet.copyOf(Runs.verdicts(result).values())).contains(Verdict.HOLDS);
  }

  @Test
  void aPlanOutsideTheRangeOfItsScenarioIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Plan(Runs.design("get-page"), Runs.scenario("pin-unpin"), Kernel.PRODUCTION, 5, 1))
        .withMessage("pin-unpin runs on 2 to 4 CPUs, not on 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plan(
            Runs.design("get-page"), Runs.scenario("pin-vs-drain"), Kernel.PRODUCTION, 2, 2))
        .withMessage("pin-vs-drain runs for 1 round, not for 2");
  }

  private static void assertNothingHolds(Result result) {
    Set<Verdict> verdicts = EnumSet.copyOf(Runs.verdicts(result).values());
    assertThat(verdicts)
        .contains(Verdict.INCOMPLETE)
        .doesNotContain(Verdict.HOLDS, Verdict.NOT_MET, Verdict.VIOLATED);
  }
}
