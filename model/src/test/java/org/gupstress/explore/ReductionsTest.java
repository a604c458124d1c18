// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a search small does not change what it says. */
class ReductionsTest {
  static Stream<Plan> plans() {
    List<Plan> plans = new ArrayList<>();
    for (PinDesign design : Designs.all()) {
      for (String scenario : List.of("fault-pin-unpin", "pin-vs-drain", "unpin-in-interrupt")) {
        Scenario s = Runs.scenario(scenario);
        plans.add(Plan.usual(design, s, Kernel.PRODUCTION));
      }
      plans.add(new Plan(design, Runs.scenario("pin-unpin"), Kernel.DEBUG, 2, 1));
    }
    return plans.stream();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void allEightCombinationsAgree(Plan plan) {
    Result plain = explore(plan, Reductions.NONE);
    Map<Boolean, Result> byMerge = new TreeMap<>();
    for (int bits = 0; bits < 8; bits++) {
      Reductions reductions = new Reductions((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
      Result result = explore(plan, reductions);
      String which = plan.id() + " with " + reductions;
      assertThat(result.stopped()).as(which).isNull();
      assertThat(result.violations().keySet())
          .as(which)
          .isEqualTo(plain.violations().keySet());
      assertThat(Runs.verdicts(result)).as(which).isEqualTo(Runs.verdicts(plain));
      assertThat(result.outcomes()).as(which).isEqualTo(plain.outcomes());
      assertThat(result.unmet()).as(which).isEqualTo(plain.unmet());
      assertThat(result.states()).as(which).isLessThanOrEqualTo(plain.states());
      Result other = byMerge.putIfAbsent(reductions.merge(), result);
      if (other != null) {
        assertThat(result.interleavings()).as(which).isEqualTo(other.interleavings());
        assertThat(lengths(result)).as(which).isEqualTo(lengths(other));
      }
    }
  }

  @Test
  void eachReductionMakesTheSearchSmaller() {
    Plan plan = Runs.usual("rfc-oct", "pin-unpin", Kernel.PRODUCTION);
    int all = explore(plan, Reductions.ALL).states();
    assertThat(explore(plan, new Reductions(false, true, true)).states()).isGreaterThan(all);
    assertThat(explore(plan, new Reductions(true, false, true)).states()).isGreaterThan(all);
    assertThat(explore(plan, new Reductions(true, true, false)).states()).isGreaterThan(all);
  }

  /** The control: what is compared above does tell two designs, and two kernels, apart. */
  @Test
  void theComparisonTellsDesignsApart() {
    Result oct = explore(Runs.usual("rfc-oct", "pin-unpin", Kernel.PRODUCTION), Reductions.ALL);
    Result none = explore(Runs.usual("get-page", "pin-unpin", Kernel.PRODUCTION), Reductions.ALL);
    assertThat(oct.outcomes()).isNotEqualTo(none.outcomes());
    assertThat(oct.violations().keySet()).isNotEqualTo(none.violations().keySet());
    assertThat(Runs.verdicts(oct)).isNotEqualTo(Runs.verdicts(none));
    assertThat(oct.interleavings()).isNotEqualTo(none.interleavings());
  }

  private static Result explore(Plan plan, Reductions reductions) {
    return Explorer.explore(plan, Options.DEFAULT.withReductions(reductions).withOutcomes());
  }

  private static Map<Harm, String> lengths(Result result) {
    Map<Harm, String> lengths = new TreeMap<>();
    result
        .violations()
        .forEach((harm, v) ->
            lengths.put(harm, v.preemptions() + " pre-emptions, " + v.steps() + " steps"));
    return lengths;
  }
}
