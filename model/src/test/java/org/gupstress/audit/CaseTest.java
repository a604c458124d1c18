// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Runs;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** What is expected of a shipped design is held against what its runs find. */
class CaseTest {

  private static Case explore(String design, String scenario, Options options) {
    PinDesign d =
        Designs.all().stream().filter(x -> x.id().equals(design)).findFirst().orElseThrow();
    Scenario s = Catalogue.all().stream()
        .filter(x -> x.id().equals(scenario))
        .findFirst()
        .orElseThrow();
    return new Case(Explorer.explore(Plan.usual(d, s, Kernel.PRODUCTION), options));
  }

  @Test
  void aControlThatBreaksAsItMustIsNoSurprise() {
    Case found = explore("rfc-nov", "repin-before-drain", Options.DEFAULT);
    assertThat(found.verdict(Claim.NEVER_STRANDED)).isEqualTo(Verdict.VIOLATED);
    assertThat(found.isExpected(Claim.NEVER_STRANDED)).isTrue();
    assertThat(found.causes(Claim.NEVER_STRANDED)).contains("R-09");
    assertThat(found.unexpected()).isEmpty();
    assertThat(found.missing()).isEmpty();
  }

  @Test
  void whatTheUsualRunFindsIsWhatIsExpectedOfIt() {
    Case found = explore("rfc-oct", "pin-vs-drain", Options.DEFAULT);
    assertThat(found.result()).isNotNull();
    assertThat(found.result().violations().keySet())
        .isEqualTo(Expectations.harms("rfc-oct", "pin-vs-drain", Kernel.PRODUCTION));
  }

  @Test
  void aRunThatIsBoundedOrStoppedHasNothingMissing() {
    Case bounded = explore("rfc-oct", "unpin-in-interrupt", Options.DEFAULT.withPreemptions(0));
    assertThat(bounded.result().violations())
        .containsKey(Harm.IRQ_UNSAFE)
        .doesNotContainKey(Harm.DEADLOCK);
    assertThat(bounded.missing()).isEmpty();
  }

  @Test
  void aRunThatDidNotTakePlaceSaysSo() {
    Case found = explore("rfc-oct", "pin-vs-drain", Options.DEFAULT);
    Case absent = new Case(found.plan(), null);
    assertThat(absent.verdict(Claim.LIST_INTACT)).isEqualTo(Verdict.NOT_RUN);
    assertThat(absent.isComplete()).isFalse();
    assertThat(absent.isExpected(Claim.LIST_INTACT)).isNull();
  }

  // ---- other sizes than the usual

  private static Case withThreeCpus(String design, String scenario) {
    return new Case(Explorer.explore(
        new Plan(Runs.design(design), Runs.scenario(scenario), Kernel.PRODUCTION, 3, 1),
        Options.DEFAULT));
  }

  @Test
  void aRaceThatAControlHasElsewhereExplainsWhatItDoesWithOneMoreCpu() {
    Case found = withThreeCpus("rfc-oct", "pin-vs-drain");
    assertThat(found.violations(Claim.PIN_COUNTED)).containsKey(Harm.PIN_RELEASED);
    assertThat(Expectations.harms("rfc-oct", "pin-vs-drain", Kernel.PRODUCTION))
        .doesNotContain(Harm.PIN_RELEASED);
    assertThat(found.unexpected()).isEmpty();
    assertThat(found.causes(Harm.PIN_RELEASED)).containsExactly("R-04");
    assertThat(found.isExpected(Claim.PIN_COUNTED)).isTrue();
  }

  @Test
  void whatAControlDoesNowhereIsASurpriseAtEverySize() {
    assertThat(withThreeCpus("rfc-oct", "pin-vs-drain").isUnexpected(Harm.LOST_WRITE))
        .isTrue();
  }

  /** It leaks a reference elsewhere, and is no excuse for it here. */
  @Test
  void whatASoundDesignDoesOnlyElsewhereIsASurpriseAtOtherSizes() {
    Case found = withThreeCpus("rfc-fixed", "pin-vs-drain");
    assertThat(Expectations.harms("rfc-fixed", "unconverted-put", Kernel.PRODUCTION))
        .contains(Harm.REF_LEAKED);
    assertThat(found.isUnexpected(Harm.REF_LEAKED)).isTrue();
    assertThat(found.unexpected()).isEmpty();
  }
}
