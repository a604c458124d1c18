// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of what may follow along a counterexample, held against a count by hand. */
class OddsTest {
  private static Result result(String design, String scenario) {
    return Explorer.explore(plan(design, scenario), Options.DEFAULT);
  }

  private static Plan plan(String design, String scenario) {
    return Plan.usual(
        Designs.find(design).orElseThrow(),
        Catalogue.all().stream()
            .filter(s -> s.id().equals(scenario))
            .findFirst()
            .orElseThrow(),
        Kernel.PRODUCTION);
  }

  @ParameterizedTest
  @CsvSource({"rfc-nov,pin-vs-drain", "rfc-oct,pin-unpin", "rfc-jul,july-abba"})
  void theyBeginWithTheShareOfAllAndEndInCertainty(String design, String scenario) {
    Result result = result(design, scenario);
    assertThat(result.violations()).isNotEmpty();
    result.violations().forEach((harm, violation) -> {
      Odds odds = violation.odds();
      assertThat(odds.after(0)).as(harm.id()).isCloseTo(violation.share(), within(1e-12));
      assertThat(odds.steps()).isEqualTo(violation.steps());
      assertThat(odds.after(odds.steps())).isEqualTo(1);
      assertThat(odds.shares()).allMatch(share -> share > 0 && share <= 1);
      for (int step = odds.noReturn(); step <= odds.steps(); step++) {
        assertThat(odds.after(step)).isEqualTo(1);
      }
      assertThat(odds.noReturn() == 0 || odds.after(odds.noReturn() - 1) < 1).isTrue();
    });
  }

  /** Another way to the same numbers: the schedule walked through the graph of a second search. */
  @ParameterizedTest
  @CsvSource({"rfc-nov,pin-vs-drain", "rfc-oct,pin-unpin"})
  void aTokenHasTheOddsOfTheCounterexample(String design, String scenario) {
    Result result = result(design, scenario);
    result.violations().forEach((harm, violation) -> {
      Token token = violation.token();
      assertThat(token).isNotNull();
      Map<Harm, Odds> odds =
          Explorer.odds(result.plan(), Options.DEFAULT, token.schedule(), Set.of(harm));
      assertThat(odds.get(harm)).isEqualTo(violation.odds());
    });
  }

  /** What follows is counted by brute force: every way to go on, one by one. */
  @ParameterizedTest
  @CsvSource({
    "rfc-oct,read-vs-dax,PIN_UNCOUNTED",
    "foll-pin,put-vs-dax,REF_LEAKED",
    "rfc-oct,unpin-in-interrupt,STRANDED"
  })
  void theyAreTheSharesThatAreCountedOneByOne(String design, String scenario, Harm harm) {
    Result result = result(design, scenario);
    Result.Violation violation = result.violations().get(harm);
    Token token = violation.token();
    assertThat(token).isNotNull();
    List<Integer> schedule = token.schedule().contexts();
    for (int done = 0; done < schedule.size(); done++) {
      Machine machine =
          new Machine(result.plan(), Reductions.ALL, Narration.HARMS, new Heartbeat());
      for (int context : schedule.subList(0, done)) {
        machine.step(context);
      }
      long[] count = new long[2];
      count(machine, harm, false, count);
      assertThat(count[0]).isPositive();
      double share = (double) count[1] / count[0];
      assertThat(violation.odds().after(done)).as("after %d", done).isCloseTo(share, within(1e-9));
    }
  }

  private static void count(Machine machine, Harm harm, boolean isDone, long[] count) {
    Local[] locals = new Local[machine.contexts()];
    int mark = machine.mark();
    machine.saveLocals(locals, 0);
    boolean isLeaf = true;
    int silent = silent(machine, mark, locals);
    for (int c = 0; c < machine.contexts(); c++) {
      if (machine.isEnabled(c) && (silent < 0 || silent == c)) {
        isLeaf = false;
        boolean does = machine.step(c).contains(harm) || isDone;
        if (machine.isEnded()) {
          count[0]++;
          count[1] += does ? 1 : 0;
        } else {
          count(machine, harm, does, count);
        }
        machine.restore(mark, locals, 0, null);
      }
    }
    if (isLeaf) {
      count[0]++;
      count[1] += isDone ? 1 : 0;
    }
  }

  /** A context whose step nobody can see, which therefore comes first; or -1. */
  private static int silent(Machine machine, int mark, Local[] locals) {
    int silent = -1;
    for (int c = 0; c < machine.contexts(); c++) {
      if (machine.isEnabled(c)) {
        machine.step(c);
        silent = machine.wasSilent() ? c : silent;
        machine.restore(mark, locals, 0, null);
      }
    }
    return silent;
  }

  @Test
  void thePointOfNoReturnIsTheFirstStepBehindWhichAllIsCertain() {
    assertThat(Odds.of(0.1, 0.5, 1, 1).noReturn()).isEqualTo(2);
    assertThat(Odds.of(0.1, Math.nextDown(1.0), 1).noReturn()).isEqualTo(2);
    assertThat(Odds.of(1, 1).noReturn()).isZero();
    assertThat(Odds.of(0.1, 0.2, 0.9, 1).steepest()).isEqualTo(2);
    assertThatThrownBy(Odds::of).isInstanceOf(IllegalArgumentException.class);
  }
}
