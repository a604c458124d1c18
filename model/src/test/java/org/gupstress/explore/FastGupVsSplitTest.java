// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Conditions.overlap;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageKind;
import org.gupstress.page.Switch;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/**
 * gup_fast looks up the head of a tail page; meanwhile the huge page is split, and the tail is
 * mapped again as a page of its own: the pte is the same as before. Mended in 5.12 by c24d37322548
 * with a second look-up; on bare x86 the flush of the split has always waited for the walk.
 */
class FastGupVsSplitTest {
  private static final Scenario SCENARIO = Spec.named(
          "fast-gup-vs-split", "gup_fast of a tail page while another CPU splits the huge page")
      .cpus(2, 2, 2, 1, 0)
      .pages(2)
      .kinds(PageKind.HUGE)
      .boot(mm -> Boot.huge(mm, 0))
      .program((role, rounds, design) ->
          role == 1 ? List.of(split(0)) : List.of(gupFast(1, 0), unpin(0)))
      .sometimes("the split overlapped gup_fast", m -> overlap(m, "split", "gup_fast"));

  private static Result explore(Kernel kernel) {
    return Explorer.explore(Plan.usual(Runs.design("get-page"), SCENARIO, kernel), Options.DEFAULT);
  }

  @Test
  void whereTheFlushWaitsForNobodyTheHeadOfBeforeIsPinned() {
    Result result = explore(Kernel.PRODUCTION);
    assertThat(result.verdict(Claim.NO_USE_AFTER_FREE)).isEqualTo(Verdict.VIOLATED);
    assertThat(result.violations()).containsKey(Harm.WRONG_PAGE);
  }

  /** VM_BUG_ON_PAGE(compound_head(page) != head) in gup_pte_range. */
  @Test
  void aDebugKernelAssertsThatTheHeadIsStillTheHead() {
    assertThat(explore(Kernel.DEBUG).violations()).containsKey(Harm.ASSERTION);
  }

  @Test
  void onBareX86TheFlushWaitsForTheWalk() {
    for (Kernel kernel : Kernel.usual()) {
      Result result = explore(kernel.with(Switch.FLUSH_IPI));
      assertThat(result.unmet()).as("the control of it: they did overlap").isEmpty();
      assertThat(result.violations()).as(kernel.id()).isEmpty();
      assertThat(result.verdict(Claim.NO_USE_AFTER_FREE)).isEqualTo(Verdict.HOLDS);
    }
  }
}
