// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The explorer says of small programs exactly what going through every interleaving says. */
class ShortestCounterexampleTest {
  private static final int PROGRAMS = 150;
  static final List<Reductions> REDUCTIONS = List.of(
      Reductions.ALL,
      Reductions.NONE,
      new Reductions(true, false, false),
      new Reductions(false, true, true));

  @ParameterizedTest
  @FieldSource("REDUCTIONS")
  void countsHarmsOutcomesAndShortestWaysAreThoseOfEveryInterleaving(Reductions reductions) {
    Set<Harm> met = EnumSet.noneOf(Harm.class);
    int preemptionsMost = 0;
    Random random = new Random(20181013);
    for (int i = 0; i < PROGRAMS; i++) {
      Plan plan = Litmus.plan(RandomPrograms.next(random));
      EveryInterleaving truth = new EveryInterleaving(plan, reductions, Integer.MAX_VALUE);
      agree(plan, reductions, truth, "program " + i + " with " + reductions);
      met.addAll(truth.shortest.keySet());
      for (EveryInterleaving.Shortest s : truth.shortest.values()) {
        preemptionsMost = Math.max(preemptionsMost, s.preemptions());
      }
    }
    // the programs are worth comparing
    assertThat(met).contains(Harm.DEADLOCK, Harm.ASSERTION, Harm.LOCK_LEFT_HELD);
    assertThat(preemptionsMost).isPositive();
  }

  @ParameterizedTest
  @FieldSource("REDUCTIONS")
  void whatLockdepFindsIsWhatTheTracesOfEveryInterleavingShow(Reductions reductions) {
    Set<Set<Harm>> met = new HashSet<>();
    Random random = new Random(20181112);
    for (int i = 0; i < PROGRAMS; i++) {
      Plan plan = Litmus.plan(RandomPrograms.withLocks(random));
      EveryInterleaving truth = new EveryInterleaving(plan, reductions, Integer.MAX_VALUE);
      Result result = agree(plan, reductions, truth, "locks " + i + " with " + reductions);
      for (Result.Violation violation : result.violations().values()) {
        Schedule schedule = violation.token().schedule();
        assertThat(Replay.run(plan, reductions, schedule).conclusion())
            .as(violation.toString())
            .contains(new Finding(violation.harm(), violation.text()));
        assertThat(Replay.stamp(plan, reductions, schedule))
            .isEqualTo(violation.token().stamp());
      }
      met.add(result.violations().keySet());
    }
    // the rules find what no deadlock shows, together and alone, and not always
    assertThat(met)
        .contains(Set.of(), Set.of(Harm.LOCK_ORDER), Set.of(Harm.IRQ_UNSAFE))
        .contains(Set.of(Harm.LOCK_ORDER, Harm.DEADLOCK), Set.of(Harm.IRQ_UNSAFE, Harm.DEADLOCK))
        .anyMatch(harms -> harms.containsAll(Set.of(Harm.LOCK_ORDER, Harm.LOCK_LEFT_HELD)));
  }

  private static Result agree(
      Plan plan, Reductions reductions, EveryInterleaving truth, String which) {
    Result result =
        Explorer.explore(plan, Options.DEFAULT.withReductions(reductions).withOutcomes());
    assertThat(result.interleavings()).as(which).isEqualTo(BigInteger.valueOf(truth.count));
    assertThat(result.outcomes()).as(which).isEqualTo(truth.outcomes);
    assertThat(shortest(result)).as(which).isEqualTo(truth.shortest);
    truth.harmed.forEach(
        (harm, count) -> assertThat(result.violations().get(harm).share())
            .as(which + ": share of " + harm)
            .isCloseTo((double) count / truth.count, within(1e-9)));
    return result;
  }

  @ParameterizedTest
  @FieldSource("REDUCTIONS")
  void aHarmThatNeedsThreePreemptionsIsFoundWithThree(Reductions reductions) {
    Operation.Body countUp = (mm, cpu) -> {
      for (int i = 1; i <= 4; i++) {
        Litmus.write(mm, Litmus.X, i);
      }
    };
    Operation.Body expectOneTwoThree = (mm, cpu) -> {
      if (Litmus.read(mm, Litmus.X) == 1
          && Litmus.read(mm, Litmus.X) == 2
          && Litmus.read(mm, Litmus.X) == 3) {
        mm.memory().bug("saw them all");
      }
    };
    Plan plan = Litmus.plan(Litmus.of(countUp, expectOneTwoThree));
    EveryInterleaving truth = new EveryInterleaving(plan, reductions, Integer.MAX_VALUE);
    assertThat(truth.shortest)
        .containsExactly(Map.entry(Harm.ASSERTION, new EveryInterleaving.Shortest(5, 6)));
    Result result = Explorer.explore(plan, Options.DEFAULT.withReductions(reductions));
    assertThat(shortest(result)).isEqualTo(truth.shortest);
  }

  @Test
  void aShorterWayWithMorePreemptionsIsNotTheShortest() {
    // seen after 3 steps with one pre-emption, or after 7 with none
    Spec spec = Litmus.of(
        (mm, cpu) -> {
          Litmus.write(mm, Litmus.X, 1);
          for (int i = 0; i < 5; i++) {
            Litmus.write(mm, Litmus.R0, i);
          }
        },
        (mm, cpu) -> {
          if (Litmus.read(mm, Litmus.X) == 1) {
            mm.memory().bug("saw it");
          }
        });
    Result.Violation found = Litmus.explore(spec).violations().get(Harm.ASSERTION);
    assertThat(found.preemptions()).isZero();
    assertThat(found.steps()).isEqualTo(7);
    assertThat(found.token().schedule()).isEqualTo(Schedule.parse("a6b"));
  }

  @Test
  void aReplayedCounterexampleHasAsManyStepsAsReported() {
    Operation.Body increment =
        (mm, cpu) -> Litmus.write(mm, Litmus.X, Litmus.read(mm, Litmus.X) + 1);
    Operation.Body read = (mm, cpu) -> {
      if (Litmus.read(mm, Litmus.X) == 3) {
        mm.memory().bug("an update of four was lost");
      }
    };
    Spec spec = Litmus.of(increment, increment, increment, increment);
    Spec watched = Litmus.machine()
        .cpus(1, 5, 5, 0, 0, 0, 0, 1)
        .program((role, rounds, design) ->
            List.of(new Operation("p" + role, role == 0 ? increment : read)));
    assertThat(Litmus.explore(spec).violations()).isEmpty();
    Plan plan = Litmus.plan(watched);
    Result.Violation found = Litmus.explore(watched).violations().get(Harm.ASSERTION);
    // three run, then one that nobody disturbs reads
    assertThat(found.preemptions()).isZero();
    assertThat(found.steps()).isEqualTo(7);
    assertThat(Replay.run(plan, Reductions.ALL, found.token().schedule()).steps())
        .hasSize(7);
    assertThat(Runs.replayed(plan, found)).containsExactly(Harm.ASSERTION);
  }

  private static Map<Harm, EveryInterleaving.Shortest> shortest(Result result) {
    Map<Harm, EveryInterleaving.Shortest> found = new EnumMap<>(Harm.class);
    result
        .violations()
        .forEach((harm, v) ->
            found.put(harm, new EveryInterleaving.Shortest(v.preemptions(), v.steps())));
    return found;
  }
}
