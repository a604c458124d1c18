// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many workers search does not change what they find. */
class ThreadsTest {
  static Stream<Plan> plans() {
    return Stream.of(
        new Plan(Runs.design("rfc-oct"), Runs.scenario("pin-unpin"), Kernel.PRODUCTION, 3, 2),
        Runs.usual("rfc-nov", "pin-vs-drain", Kernel.PRODUCTION),
        Runs.usual("rfc-nov", "pin-vs-reclaim", Kernel.DEBUG),
        Runs.usual("foll-pin", "fast-gup-vs-unmap", Kernel.PRODUCTION));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void oneTwoAndThreeWorkersFindTheSame(Plan plan) {
    Result one = Explorer.explore(plan, Options.DEFAULT.withThreads(1).withOutcomes());
    for (int threads = 2; threads <= 3; threads++) {
      Result more = Explorer.explore(plan, Options.DEFAULT.withThreads(threads).withOutcomes());
      assertThat(summary(more)).as(threads + " workers").isEqualTo(summary(one));
      assertThat(more.outcomes()).as(threads + " workers").isEqualTo(one.outcomes());
    }
  }

  @Test
  void workersUnderAPreemptionBoundFindTheSame() {
    Plan plan = Runs.usual("rfc-nov", "pin-vs-reclaim", Kernel.PRODUCTION);
    Options bounded = Options.DEFAULT.withPreemptions(2);
    Map<String, Object> one = summary(Explorer.explore(plan, bounded));
    assertThat(summary(Explorer.explore(plan, bounded.withThreads(3)))).isEqualTo(one);
    // the control: another bound is another search
    assertThat(summary(Explorer.explore(plan, bounded.withPreemptions(1)))).isNotEqualTo(one);
  }

  private static Map<String, Object> summary(Result result) {
    Map<String, Object> summary = new TreeMap<>();
    summary.put("states", result.states());
    summary.put("transitions", result.transitions());
    summary.put("interleavings", result.interleavings());
    summary.put("unmet", result.unmet());
    summary.put("false positives", result.falsePositives());
    Map<Harm, String> harms = new TreeMap<>();
    result.violations().forEach((harm, v) -> harms.put(harm, v.preemptions() + "/" + v.steps()));
    summary.put("shortest", harms);
    return summary;
  }
}
