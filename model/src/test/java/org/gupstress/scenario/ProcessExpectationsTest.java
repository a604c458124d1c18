// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.page.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where processes fork, each design does in each release what is expected of it, no more and no
 * less; and every switch is what keeps its scenario from the harm that it is there against.
 */
class ProcessExpectationsTest {
  private static final List<Scenario> SCENARIOS = ProcessScenarios.all();

  static Stream<Plan> plans() {
    List<Plan> plans = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      for (Release release : Release.values()) {
        plans.add(Plan.usual(design("foll-pin"), scenario, Kernel.PRODUCTION.as(release)));
      }
      for (String other : List.of("get-page", "page-ext")) {
        plans.add(Plan.usual(design(other), scenario, Kernel.PRODUCTION.as(Release.V5_15)));
        plans.add(Plan.usual(design(other), scenario, Kernel.DEBUG.as(Release.V6_18)));
      }
    }
    return plans.stream();
  }

  private static PinDesign design(String id) {
    return Designs.find(id).orElseThrow();
  }

  private static Scenario scenario(String id) {
    return SCENARIOS.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theHarmsAreThoseThatAreExpected(Plan plan) {
    Result result = Explorer.explore(plan, Options.DEFAULT);
    Set<Harm> expected =
        Expectations.harms(plan.design().id(), plan.scenario().id(), plan.kernel());
    assertThat(result.violations().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.stopped()).isNull();
    assertThat(result.unmet()).isEmpty();
  }

  /** Before and after, switch by switch: what each keeps away, and that nothing else does. */
  @ParameterizedTest
  @CsvSource({
    "fork-vs-fast-pin, 6.18, write-protect-seq, PINNED_SHARED",
    "fork-vs-fast-pin, 6.18, write-protect-seq, PIN_DIVERGED",
    "fork-vs-fast-pin, 6.18, write-protect-seq, LEAKED",
    "fork-vs-fast-pin, 5.15, write-protect-seq, PIN_DIVERGED",
    "slow-write-vs-fork, 6.18, has-pinned, PINNED_SHARED",
    "slow-write-vs-fork, 5.15, has-pinned, LEAKED",
    "fork-vs-fast-pin-ro, 6.18, anon-exclusive, PINNED_SHARED",
    "slow-write-vs-mprotect, 6.18, anon-exclusive, PIN_DIVERGED",
    "slow-write-vs-soft-dirty, 5.15, soft-dirty-skips-pinned, PIN_DIVERGED",
    "force-vs-continue, 6.18, force-needs-exclusive, FORCED_SHARED",
    "cow-either-way, 5.15, reuse-by-refcount, LEAKED"
  })
  void aSwitchKeepsAHarmAway(String scenario, String release, String id, Harm harm) {
    Kernel kernel = Kernel.PRODUCTION.as(Release.find(release).orElseThrow());
    Switch one = Switch.find(id).orElseThrow();
    Set<Harm> before = harms(scenario, kernel.without(one));
    Set<Harm> after = harms(scenario, kernel);
    assertThat(before).contains(harm);
    assertThat(after).doesNotContain(harm);
  }

  /**
   * A pin is saved by two: gup_fast looks again, and it is waited for. A walk, by the wait alone.
   */
  @Test
  void aTableIsCutOffUnderNobody() {
    Kernel today = Kernel.PRODUCTION.as(Release.V6_18);
    Kernel waits = today.without(Switch.RECHECK_PMD);
    Kernel looks = today.without(Switch.COLLAPSE_IPI);
    Kernel neither = waits.without(Switch.COLLAPSE_IPI);
    assertThat(harms("collapse-vs-fast-gup", today)).isEmpty();
    assertThat(harms("collapse-vs-fast-gup", waits)).isEmpty();
    assertThat(harms("collapse-vs-fast-gup", looks)).containsExactly(Harm.TABLE_WALKED);
    assertThat(harms("collapse-vs-fast-gup", neither))
        .containsExactlyInAnyOrder(Harm.TABLE_WALKED, Harm.PIN_DIVERGED);
    assertThat(harms("collapse-vs-fast-gup", neither.with(Switch.FLUSH_IPI))).isEmpty();
  }

  /** The fences of 6.1 are of weak memory alone: here they change nothing. */
  @Test
  void fencesChangeNothingWhereMemoryIsStrong() {
    Kernel without =
        Kernel.PRODUCTION.as(Release.V6_18).without(Switch.PIN_FENCE).without(Switch.SHARE_FENCE);
    assertThat(harms("unshare-vs-fast-pin", without)).isEmpty();
    assertThat(harms("unshare-vs-fast-pin-ro", without)).isEmpty();
  }

  private static Set<Harm> harms(String scenario, Kernel kernel) {
    Plan plan = Plan.usual(design("foll-pin"), scenario(scenario), kernel);
    Result result = Explorer.explore(plan, Options.DEFAULT);
    assertThat(result.stopped()).isNull();
    return result.violations().keySet();
  }
}
