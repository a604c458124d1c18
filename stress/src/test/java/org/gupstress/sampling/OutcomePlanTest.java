// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is for the processors and the time that there are, and says what is not part of it. */
class OutcomePlanTest {
  private static final List<OutcomeTest> ALL = OutcomeTests.all();

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
    assertThat(plan.text()).doesNotContain("Not part of it");
  }

  @Test
  void orIfThereAreProcessors() throws Refused {
    OutcomePlan plan = plan(4, false, null);
    assertThat(plan.tests()).hasSameSizeAs(ALL);
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
  void theSmallestComeFirst() throws Refused {
    assertThat(plan(2, true, null).tests())
        .isSortedAccordingTo(Comparator.comparingInt(OutcomeTest::actors));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 300, 480, 3600})
  void itFitsIntoTheBudget(int seconds) throws Refused {
    OutcomePlan plan = plan(2, true, Duration.ofSeconds(seconds));
    assertThat(plan.seconds()).isLessThanOrEqualTo(seconds);
    assertThat(plan.wanted()).hasSameSizeAs(ALL);
    assertThat(plan.tests()).isNotEmpty();
  }

  @Test
  void aSmallBudgetMakesIterationsShorterBeforeItLeavesTestsOut() throws Refused {
    OutcomePlan all = plan(2, false, Duration.ofMinutes(3));
    assertThat(all.uncovered()).isEmpty();
    assertThat(all.millis()).isLessThan(Profile.LEAN.millis());
    OutcomePlan some = plan(2, false, Duration.ofMinutes(1));
    assertThat(some.uncovered()).isNotEmpty();
    assertThat(some.millis()).isEqualTo(Profile.MILLIS_MIN);
    assertThat(some.text())
        .contains("Probably not covered by the budget: " + some.uncovered().size());
  }

  @Test
  void whatTestsHaveTakenDecidesHowLongTheNextOnesMayBe() throws Refused {
    List<OutcomeTest> tests = plan(2, false, null).tests();
    TestPace pace = new TestPace(Profile.LEAN, 2);
    double left = pace.seconds(tests, 60);
    assertThat(pace.millis(tests, left)).isEqualTo(60);
    pace.took(2 * (3.0 + Profile.LEAN.secondsOfIterations(60)), 2, 60);
    assertThat(pace.millis(tests, left)).isEqualTo(Profile.MILLIS_MIN);
    assertThat(pace.seconds(tests, Profile.MILLIS_MIN)).isGreaterThan(left);
    for (int i = 0; i < 5; i++) {
      pace.took(2 * (0.2 + Profile.LEAN.secondsOfIterations(20)), 2, 20);
    }
    assertThat(pace.millis(tests, left)).isGreaterThan(60);
  }
}
