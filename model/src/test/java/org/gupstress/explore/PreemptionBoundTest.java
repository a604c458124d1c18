// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bound on pre-emptions leaves out exactly the interleavings with more of them. */
class PreemptionBoundTest {
  @ParameterizedTest
  @CsvSource({
    "rfc-nov, pin-vs-drain, PRODUCTION",
    "rfc-nov, pin-vs-drain, DEBUG",
    "rfc-nov, pin-vs-reclaim, PRODUCTION",
    "rfc-oct, uncounted-then-counted, PRODUCTION",
    "rfc-nov, unpin-in-interrupt, PRODUCTION"
  })
  void aHarmIsFoundFromTheBoundOnThatItsCounterexampleNeeds(
      String design, String scenario, Kernel.Config config) {
    Kernel kernel = Kernel.of(config);
    Plan plan = Runs.usual(design, scenario, kernel);
    Result unbounded = Runs.explored(design, scenario, kernel);
    int most = unbounded.violations().values().stream()
        .mapToInt(Result.Violation::preemptions)
        .max()
        .orElseThrow();
    BigInteger before = BigInteger.ZERO;
    for (int bound = 0; bound <= most; bound++) {
      Result result = Explorer.explore(plan, Options.DEFAULT.withPreemptions(bound));
      Set<Harm> expected = EnumSet.noneOf(Harm.class);
      for (Result.Violation v : unbounded.violations().values()) {
        if (v.preemptions() <= bound) {
          expected.add(v.harm());
          assertThat(result.violations().get(v.harm()))
              .as(v.harm() + " with at most " + bound + " pre-emptions")
              .isNotNull()
              .extracting(Result.Violation::preemptions, Result.Violation::steps)
              .containsExactly(v.preemptions(), v.steps());
        }
      }
      assertThat(result.violations().keySet()).as("bound " + bound).isEqualTo(expected);
      assertThat(result.interleavings()).isBetween(before, unbounded.interleavings());
      before = result.interleavings();
    }
  }

  @Test
  void boundsCountTheInterleavingsOfTwoByTwoSteps() {
    // aabb bbaa; then abba baab; then abab baba
    Plan plan = Litmus.plan(Litmus.of(
        (mm, cpu) -> {
          Litmus.write(mm, Litmus.X, 1);
          Litmus.write(mm, Litmus.X, 2);
        },
        (mm, cpu) -> {
          Litmus.write(mm, Litmus.Y, 1);
          Litmus.write(mm, Litmus.Y, 2);
        }));
    assertThat(interleavings(plan, 0)).isEqualTo(2);
    assertThat(interleavings(plan, 1)).isEqualTo(4);
    assertThat(interleavings(plan, 2)).isEqualTo(6);
    assertThat(interleavings(plan, 3)).isEqualTo(6);
  }

  @Test
  void boundedSearchesAgreeWithEveryInterleavingWithinTheBound() {
    Random random = new Random(5);
    int differences = 0;
    for (int i = 0; i < 80; i++) {
      Plan plan = Litmus.plan(RandomPrograms.next(random));
      for (int bound = 0; bound <= 2; bound++) {
        EveryInterleaving truth = new EveryInterleaving(plan, Reductions.ALL, bound);
        Result result =
            Explorer.explore(plan, Options.DEFAULT.withPreemptions(bound).withOutcomes());
        String which = "program " + i + ", bound " + bound;
        assertThat(result.interleavings()).as(which).isEqualTo(BigInteger.valueOf(truth.count));
        assertThat(result.outcomes()).as(which).isEqualTo(truth.outcomes);
        assertThat(result.violations().keySet()).as(which).isEqualTo(truth.shortest.keySet());
        differences += bound > 0 && interleavings(plan, 0) < truth.count ? 1 : 0;
      }
    }
    assertThat(differences).isGreaterThan(50);
  }

  @Test
  void withoutPreemptionsTheLostUpdateIsNotFound() {
    Plan plan = Litmus.plan(Litmus.same(
        2, (mm, cpu) -> Litmus.write(mm, Litmus.X, Litmus.read(mm, Litmus.X) + 1)));
    Options none = Options.DEFAULT.withPreemptions(0).withOutcomes();
    assertThat(Litmus.outcomes(Explorer.explore(plan, none), Litmus.X)).containsExactly(List.of(2));
    assertThat(Litmus.outcomes(Explorer.explore(plan, none.withPreemptions(1)), Litmus.X))
        .containsExactlyInAnyOrder(List.of(1), List.of(2));
  }

  private static long interleavings(Plan plan, int bound) {
    return Explorer.explore(plan, Options.DEFAULT.withPreemptions(bound))
        .interleavings()
        .longValueExact();
  }
}
