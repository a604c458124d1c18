// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** A run that never met what it is for proves nothing. */
class SometimesTest {
  @Test
  void aConditionThatIsNeverMetLetsNoClaimHold() {
    Result result = Litmus.explore(quiet().sometimes("X is 3", m -> Litmus.read(m.mm(), 0) == 3));
    assertThat(result.unmet()).containsExactly("X is 3");
    assertThat(Runs.verdicts(result).values())
        .contains(Verdict.NOT_MET)
        .doesNotContain(Verdict.HOLDS);
  }

  @Test
  void oneUnmetConditionAmongMetOnesIsEnough() {
    Result result = Litmus.explore(quiet()
        .sometimes("X is 1", m -> Litmus.read(m.mm(), 0) == 1)
        .sometimes("never", m -> false)
        .sometimes("X is 2", m -> Litmus.read(m.mm(), 0) == 2));
    assertThat(result.unmet()).containsExactly("never");
    assertThat(result.verdict(Claim.LIST_INTACT)).isEqualTo(Verdict.NOT_MET);
  }

  /** The control: the same program with conditions that can be met. */
  @Test
  void conditionsThatAreMetLetClaimsHold() {
    Result result = Litmus.explore(quiet()
        .sometimes("both were at it", m -> "p".equals(m.running(0)) && "p".equals(m.running(1)))
        .sometimes("X is 2", m -> Litmus.read(m.mm(), 0) == 2));
    assertThat(result.unmet()).isEmpty();
    assertThat(result.verdict(Claim.LIST_INTACT)).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void aViolationIsAViolationWhateverWasMet() {
    Spec spec =
        Litmus.same(2, (mm, cpu) -> mm.memory().bug("always")).sometimes("never", m -> false);
    Result result = Litmus.explore(spec);
    assertThat(result.violations()).containsOnlyKeys(Harm.ASSERTION);
    assertThat(result.verdict(Claim.ASSERTIONS_HOLD)).isEqualTo(Verdict.VIOLATED);
    assertThat(result.verdict(Claim.LIST_INTACT)).isEqualTo(Verdict.NOT_MET);
  }

  @Test
  void everyShippedScenarioMeetsItsConditionsWithEveryDesign() {
    List<String> unmet = new ArrayList<>();
    for (Scenario scenario : Catalogue.all()) {
      assertThat(scenario.sometimes()).as(scenario.id()).isNotEmpty();
      for (PinDesign design : Designs.all()) {
        Result result = Runs.explored(design.id(), scenario.id(), Kernel.PRODUCTION);
        if (!result.unmet().isEmpty()) {
          unmet.add(result.plan().id() + ": " + result.unmet());
        }
      }
    }
    assertThat(unmet).isEmpty();
  }

  /** X counts up to 2, on two CPUs that both run "p" for two steps. */
  private static Spec quiet() {
    return Litmus.same(2, (mm, cpu) -> {
      Litmus.read(mm, Litmus.X);
      Litmus.add(mm, Litmus.X, 1);
    });
  }
}
