// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Result;
import org.gupstress.explore.Verdict;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.page.Switch;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.race.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bug that can be shown is there before its fix, and not after it. */
class BugsTest {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  static List<Bug> bugs() {
    return Bugs.all();
  }

  static Stream<Bug> shownBugs() {
    return bugs().stream().filter(bug -> !bug.trials().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("shownBugs")
  void itIsThereBeforeTheFixAndNotAfterIt(Bug bug) {
    for (TrialRun run : TrialRun.of(bug, BUDGET)) {
      Evidence evidence = run.evidence().orElseThrow(() -> new AssertionError(run.trial()));
      assertThat(run.before().isComplete()).isTrue();
      assertThat(replayed(evidence)).contains(run.trial().harm());
      assertThat(run.after().violations(run.trial().harm().claim())).isEmpty();
      assertThat(run.verdictAfter()).as(run.trial().toString()).isEqualTo(Verdict.HOLDS);
      assertThat(run.isAsKnown()).isTrue();
    }
  }

  private static List<Harm> replayed(Evidence evidence) {
    assertThat(evidence.violation().token()).isNotNull();
    Replay.Retold retold = Replay.again(
        evidence.found().plan(),
        evidence.found().result().options().reductions(),
        evidence.violation().token().schedule());
    assertThat(retold.trace()).as(retold.otherwise()).isNotNull();
    return retold.trace().conclusion().stream().map(Finding::harm).toList();
  }

  /**
   * As BUGS.md says of M-08: where clearing a pte and pinning are full barriers, no other is
   * missed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"unshare-vs-fast-pin", "unshare-vs-fast-pin-ro"})
  void theFencesOfPinAndShareChangeNothingUnderTso(String scenario) {
    Kernel without =
        Kernel.PRODUCTION.as(Release.V6_18).without(Switch.PIN_FENCE).without(Switch.SHARE_FENCE);
    Plan plan = TrialRun.plan(new Trial.Run("foll-pin", scenario, without));
    Result result = Explorer.explore(plan.withMemory(MemoryModel.TSO), Options.DEFAULT);
    assertThat(result.stopped()).isNull();
    assertThat(result.violations()).isEmpty();
  }

  /** The control: with the fix on both sides nothing is found before it either. */
  @Test
  void aFixedKernelShowsNothing() {
    Bug bug = Bugs.find("M-03").orElseThrow();
    Trial trial = bug.trials().get(0);
    Trial.Run fixed = trial.after();
    Case run = new Case(Explorer.explore(TrialRun.plan(fixed), Options.DEFAULT));
    TrialRun never = new TrialRun(new Trial(fixed, fixed, trial.harm()), run, run);
    assertThat(never.evidence()).isEmpty();
    assertThat(never.isAsKnown()).isFalse();
  }

  /** The other control: without the fix on both sides it is found after it too. */
  @Test
  void aKernelWithoutTheFixDoesNotHold() {
    Bug bug = Bugs.find("M-03").orElseThrow();
    Trial trial = bug.trials().get(0);
    Trial.Run broken = trial.before();
    Case run = new Case(Explorer.explore(TrialRun.plan(broken), Options.DEFAULT));
    TrialRun always = new TrialRun(new Trial(broken, broken, trial.harm()), run, run);
    assertThat(always.verdictAfter()).isEqualTo(Verdict.VIOLATED);
    assertThat(always.isAsKnown()).isFalse();
  }

  @Test
  void aSpentBudgetIsNoVerdict() {
    List<TrialRun> runs = TrialRun.of(Bugs.find("M-03").orElseThrow(), Duration.ZERO);
    assertThat(runs).isNotEmpty();
    assertThat(runs).noneMatch(TrialRun::isComplete);
    assertThat(runs).noneMatch(TrialRun::isAsKnown);
  }

  @Test
  void noIdMeansTwoThings() {
    assertThat(bugs().stream().map(Bug::id).toList()).doesNotHaveDuplicates().isSorted();
    assertThat(Races.all().stream().map(Race::id)).noneMatch(id -> Bugs.find(id).isPresent());
    assertThat(Bugs.find("m3").orElseThrow().id()).isEqualTo("M-03");
    assertThat(Bugs.find("M-99")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void eachIsToldAndShownOrSaysWhyNot(Bug bug) {
    assertThat(bug.story()).endsWith(".");
    assertThat(bug.from()).isNotEmpty();
    assertThat(bug.to()).isNotEmpty();
    assertThat(bug.cve()).matches("(CVE-[0-9]{4}-[0-9]+)?");
    assertThat(bug.trials().isEmpty() && bug.notShown().isEmpty())
        .as("neither shown nor said why not")
        .isFalse();
    for (Trial trial : bug.trials()) {
      assertThat(trial.before()).isNotEqualTo(trial.after());
    }
  }
}
