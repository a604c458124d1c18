// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is for the time and the processors that there are, and says what is not part of it. */
class BenchPlanTest {
  private static final int PROCESSORS = 2;

  private static BenchPlan plan(
      Effort effort, List<String> designs, List<String> questions, Duration budget) throws Refused {
    return BenchPlan.of(effort, designs, List.of(), questions, List.of(), budget, PROCESSORS);
  }

  private static BenchPlan quick(Duration budget) throws Refused {
    return plan(Effort.QUICK, List.of(), List.of(), budget);
  }

  private static List<Question> questions(BenchPlan plan) {
    return plan.runs().stream().map(JmhRun::question).distinct().toList();
  }

  private static Refused refusal(Effort effort, List<String> designs, List<String> questions) {
    return catchThrowableOfType(
        Refused.class, () -> plan(effort, designs, questions, Duration.ofMinutes(1)));
  }

  @Test
  void allQuestionsAreAskedWithinTenMinutes() throws Refused {
    BenchPlan plan = quick(Effort.QUICK.budget());
    assertThat(questions(plan)).containsExactly(Question.values());
    assertThat(plan.secondsOfAllRounds()).isBetween(60.0, 600.0);
  }

  @Test
  void theWholeIsMuchMore() throws Refused {
    BenchPlan full = plan(Effort.FULL, List.of(), List.of(), null);
    assertThat(questions(full)).containsExactly(Question.values());
    assertThat(full.seconds()).isGreaterThan(10 * quick(null).seconds());
  }

  @Test
  void everyCombinationOfAQuickRunIsOneOfTheWhole() {
    for (Question question : Question.values()) {
      List<Configuration> all = configurations(question, Effort.FULL);
      assertThat(all).containsAll(configurations(question, Effort.QUICK));
    }
  }

  private static List<Configuration> configurations(Question question, Effort effort) {
    return Sweeps.of(question, effort).stream()
        .flatMap(sweep -> sweep.configurations().stream())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsMeasuredByTwoLegs(Effort effort) throws Refused {
    for (JmhRun run : plan(effort, List.of(), List.of(), null).runs()) {
      assertThat(run.configurations()).isNotEmpty();
    }
    assertThat(plan(effort, List.of(), List.of(), null).runs().stream()
            .flatMap(run -> run.configurations().stream()
                .map(one -> run.question() + " " + run.threads() + " " + one)))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatAQuestionTurnsOnIsMeasuredInMoreRounds() throws Refused {
    BenchPlan plan = quick(null);
    assertThat(plan.runs().stream()
            .filter(run -> plan.rounds(run) > plan.effort().rounds())
            .flatMap(run -> run.configurations().stream()))
        .contains(
            new Configuration("atomicPair", Map.of("pages", "hot")),
            new Configuration("pinAndUnpin", Map.of("design", "foll-pin", "pages", "hot")),
            new Configuration("fromPlace", Map.of("design", "rfc-nov", "place", "lost")),
            new Configuration("pinAndUnpin", Map.of("design", "foll-pin", "ptes", "512")),
            new Configuration("scanNative", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 200, 300, 400, 600})
  void aBudgetIsKeptAndSaysWhatItLeavesOut(int seconds) throws Refused {
    BenchPlan plan = quick(Duration.ofSeconds(seconds));
    assertThat(plan.seconds()).isLessThanOrEqualTo(seconds);
    assertThat(Stream.concat(questions(plan).stream(), plan.skipped().stream()))
        .containsExactlyInAnyOrder(Question.values());
    assertThat(plan.skipped().isEmpty())
        .isEqualTo(!plan.text().contains("Not covered by the budget: "));
    assertThat(plan.skipped())
        .allSatisfy(question -> assertThat(plan.text()).contains(question.id()));
  }

  @Test
  void aBudgetThatIsTooSmallForAnyQuestionIsRefused() {
    Refused refused = catchThrowableOfType(Refused.class, () -> quick(Duration.ofSeconds(5)));
    assertThat(refused.conclusion()).isEqualTo(Conclusion.BUDGET_SPENT);
    assertThat(refused)
        .hasMessageContaining("the shortest takes about")
        .hasMessageContaining("skipped: PinUnpin, LruLockContention");
  }

  @Test
  void aQuestionThatIsTooLongDoesNotKeepOutAShorterOne() throws Refused {
    BenchPlan plan = quick(Duration.ofSeconds(60));
    assertThat(plan.skipped()).contains(Question.PIN_UNPIN);
    assertThat(questions(plan)).isNotEmpty();
  }

  @Test
  void namesAreLookedUp() {
    assertThat(refusal(Effort.QUICK, List.of("foll-pim"), List.of()))
        .hasMessageContaining("there is no design \"foll-pim\"")
        .hasMessageContaining("foll-pin");
    assertThat(refusal(Effort.QUICK, List.of(), List.of("PinUnpun")))
        .hasMessageContaining("there is no question \"PinUnpun\"")
        .hasMessageContaining("PinUnpin");
  }

  @Test
  void aDesignLeavesTheFloorAndNoOtherDesign() throws Refused {
    BenchPlan plan = plan(Effort.QUICK, List.of("foll-pin"), List.of(), null);
    assertThat(questions(plan))
        .contains(Question.PIN_UNPIN, Question.GUP_FAST)
        .doesNotContain(Question.LRU_LOCK_CONTENTION);
    assertThat(plan.runs()).anyMatch(run -> run.sweep().methods().contains("atomicPair"));
    assertThat(plan.runs().stream().flatMap(run -> run.configurations().stream()))
        .allSatisfy(one ->
            assertThat(one.params().getOrDefault("design", "foll-pin")).isEqualTo("foll-pin"));
  }

  @Test
  void aQuestionThatIsNamedIsAskedWhateverTheDesign() throws Refused {
    assertThat(
            questions(plan(Effort.QUICK, List.of("foll-pin"), List.of("lrulockcontention"), null)))
        .containsExactly(Question.LRU_LOCK_CONTENTION);
  }

  @Test
  void aDesignOfTheUsersIsMeasuredWhereDesignsInGeneralAre() throws Refused {
    BenchPlan plan = BenchPlan.of(
        Effort.QUICK, List.of("my-pin"), List.of("my-pin"), List.of(), List.of(), null, PROCESSORS);
    assertThat(questions(plan))
        .containsExactly(
            Question.PIN_UNPIN,
            Question.PIN_AGAINST_RECLAIM,
            Question.GUP_FAST,
            Question.FAULT_PIN_UNPIN,
            Question.SPINS_AND_TAILS);
    assertThat(plan.runs().stream()
            .filter(run -> run.sweep().isAboutDesigns())
            .flatMap(run -> run.configurations().stream())
            .map(one -> one.params().get("design"))
            .distinct())
        .containsExactly("my-pin");
    // what only some shipped designs are asked is not asked of it
    assertThat(plan.runs().toString()).doesNotContain("lost");
  }

  @Test
  void curvesHaveTheThreadsThatAreWantedBeyondTheProcessorsAsWell() throws Refused {
    BenchPlan plan = BenchPlan.of(
        Effort.QUICK,
        List.of(),
        List.of(),
        List.of("LruLockContention"),
        List.of(16, 3, 3),
        null,
        PROCESSORS);
    assertThat(plan.runs().stream()
            .filter(run -> run.sweep().isCurve())
            .map(run -> run.threads().count())
            .distinct())
        .containsExactly(3, 16);
  }

  @Test
  void curvesHavePointsEnoughForAFit() {
    assertThat(BenchPlan.usualThreads(1)).containsExactly(1, 2, 4, 8);
    assertThat(BenchPlan.usualThreads(64)).containsExactly(1, 2, 4, 8, 16, 32, 64);
  }
}
