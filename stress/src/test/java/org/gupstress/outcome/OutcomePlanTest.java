// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gupstress.run.Conclusion;
import org.gupstress.run.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is for the processors and the time that there are, and says what is not part of it. */
class OutcomePlanTest {
  private static final List<OutcomeTest> ALL = Jcstress.tests();

  private static OutcomePlan plan(
      int processors, boolean beyondCpus, Duration budget, String... tests) throws Refused {
    OutcomeRun.Options options = new OutcomeRun.Options(
        Profile.LEAN,
        List.of(),
        List.of(tests),
        budget,
        beyondCpus,
        Path.of("none"),
        Path.of("none"),
        null);
    return OutcomePlan.of(options, ALL, processors);
  }

  @Test
  void testsWithMoreActorsThanProcessorsAreNotPartOfIt() throws Refused {
    OutcomePlan plan = plan(2, false, null);
    assertThat(plan.tests()).isNotEmpty().allMatch(test -> test.actors() == 2);
    assertThat(plan.beyondCpus())
        .isPositive()
        .isEqualTo(ALL.size() - plan.tests().size());
    assertThat(plan.text()).contains("Not part of it: " + plan.beyondCpus() + " tests with more");
  }

  @Test
  void theyAreIfTheyAreWanted() throws Refused {
    OutcomePlan plan = plan(2, true, null);
    assertThat(plan.tests()).hasSameSizeAs(ALL);
    assertThat(plan.inProcess()).isNotEmpty().allMatch(test -> test.actors() > 2);
    assertThat(plan.text()).doesNotContain("Not part of it");
  }

  @Test
  void orIfThereAreProcessors() throws Refused {
    OutcomePlan plan = plan(4, false, null);
    assertThat(plan.tests()).hasSameSizeAs(ALL);
    assertThat(plan.inProcess()).isEmpty();
  }

  @Test
  void aTestNamedInFullIsNotLeftOut() {
    assertThatThrownBy(() -> plan(2, false, null, "PinVsDrain.RfcOct", "PinVsDrain.RfcNovOn4Cpus"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.conclusion()).isEqualTo(Conclusion.MISUSED))
        .hasMessageContaining("PinVsDrain.RfcNovOn4Cpus needs 4 processors, found 2");
  }

  @Test
  void aPlanOfNothingIsRefused() {
    assertThatThrownBy(() -> plan(1, false, null, "PinVsIsolate"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.conclusion()).isEqualTo(Conclusion.NOTHING_RAN))
        .hasMessageContaining("--actors-beyond-cpus");
  }

  @Test
  void everyTestOfAnInvocationHasAsManyConfigurations() throws Refused {
    OutcomePlan plan = plan(4, false, null);
    assertThat(plan.invocations())
        .allSatisfy(tests -> assertThat(tests)
            .extracting(test -> test.question() + test.actors())
            .containsOnly(tests.get(0).question() + tests.get(0).actors()));
    assertThat(plan.invocations().stream().mapToInt(List::size).sum()).isEqualTo(ALL.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 300, 480, 3600})
  void itFitsIntoTheBudget(int seconds) throws Refused {
    OutcomePlan plan = plan(2, true, Duration.ofSeconds(seconds));
    assertThat(plan.seconds()).isLessThanOrEqualTo(seconds);
    assertThat(plan.tests().size() + plan.uncovered().size()).isEqualTo(ALL.size());
    assertThat(plan.tests()).isNotEmpty();
  }

  @Test
  void aSmallBudgetMakesIterationsShorterBeforeItLeavesTestsOut() throws Refused {
    OutcomePlan all = plan(2, false, Duration.ofMinutes(5));
    assertThat(all.uncovered()).isEmpty();
    assertThat(all.millis()).isLessThan(Profile.LEAN.millis());
    OutcomePlan some = plan(2, false, Duration.ofMinutes(1));
    assertThat(some.uncovered()).isNotEmpty();
    assertThat(some.millis()).isEqualTo(Profile.MILLIS_MIN);
    assertThat(some.text())
        .contains("Not covered by the budget: " + some.uncovered().size());
  }
}
