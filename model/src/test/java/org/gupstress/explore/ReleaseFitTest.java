// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.audit.Audit;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** A design and a scenario are run in the releases that they are about, and in no other. */
class ReleaseFitTest {
  private static final PinDesign OCTOBER = Designs.find("rfc-oct").orElseThrow();
  private static final PinDesign FOLL_PIN = Designs.find("foll-pin").orElseThrow();

  @Test
  void thePostingsFitTheReleaseThatTheyArePatchesTo() {
    assertThat(Plan.misfit(OCTOBER, Release.V4_19)).isNull();
    assertThat(Plan.misfit(OCTOBER, Release.V6_18))
        .isEqualTo("rfc-oct is a change to Linux 4.19, not to 6.18");
    assertThat(Plan.misfit(FOLL_PIN, Release.V6_18)).isNull();
  }

  @Test
  void aScenarioMayNameItsRelease() {
    Scenario own = Spec.named("own", "says where it belongs").linux("5.15", "6.18");
    assertThat(Plan.release(FOLL_PIN, own)).isEqualTo(Release.V6_18);
    assertThat(Plan.release(FOLL_PIN, Spec.named("own", "says nothing"))).isEqualTo(Release.V4_19);
    assertThat(Plan.misfit(FOLL_PIN, own, Release.V6_0))
        .isEqualTo("own is about Linux 5.15, 6.18, not about 6.0");
    assertThat(Audit.plansAsMeant(
            List.of(FOLL_PIN, OCTOBER), List.of(own), Kernel.usual(), kernel -> kernel))
        .extracting(plan -> plan.design().id() + " " + plan.kernel().id())
        .containsExactly("foll-pin production+6.18", "foll-pin debug+6.18");
  }

  /** Whoever names nothing gets what there was before releases were told apart. */
  @Test
  void whatIsShippedIsMeantAsItWas() {
    List<Plan> plans =
        Audit.plansAsMeant(Designs.all(), Catalogue.all(), Kernel.usual(), kernel -> kernel);
    assertThat(plans).hasSize(Designs.all().size() * Catalogue.all().size() * 2);
    assertThat(plans).allMatch(plan -> Kernel.usual().contains(plan.kernel()));
  }

  @Test
  void aTokenNamesItsKernel() {
    String text = "foll-pin/own/production+6.18+no-write-protect-seq/2x1#0123abcd.a3b2";
    assertThat(Token.parse(text).kernel()).isEqualTo("production+6.18+no-write-protect-seq");
    assertThat(Token.parse(text)).hasToString(text);
  }
}
