// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A counterexample survives being pasted into a mail. */
class TokenTest {
  private static final String TEXT = "rfc-oct/pin-unpin/production/2x1#0123abcd.a12b5a";

  static Stream<Plan> plans() {
    List<Plan> plans = new ArrayList<>();
    for (PinDesign design : Designs.all()) {
      for (Kernel kernel : Kernel.usual()) {
        plans.add(Plan.usual(design, Runs.scenario("pin-vs-drain"), kernel));
      }
    }
    return plans.stream();
  }

  @Test
  void aTokenComesBackFromItsText() {
    Token token =
        new Token("rfc-oct", "pin-unpin", "production", 2, 1, "0123abcd", Schedule.parse("a12b5a"));
    assertThat(token).hasToString(TEXT);
    assertThat(Token.parse(TEXT)).isEqualTo(token);
    assertThat(Token.parse("  " + TEXT + "\n")).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rfc-oct",
        "rfc-oct/pin-unpin/production/2x1#0123abcd",
        "rfc-oct/pin-unpin/production/2x1.a12b5a",
        "rfc-oct/pin-unpin/production/2#0123abcd.a12b5a",
        "rfc-oct/pin-unpin/2x1#0123abcd.a12b5a",
        "rfc-oct/pin-unpin/production/2x1#0123abc.a12b5a",
        "rfc-oct/pin-unpin/production/2x1#0123abcg.a12b5a",
        "rfc-oct/pin-unpin/production/2x1#0123abcd.12",
        "rfc-oct/pin-unpin/production/2x1#0123abcd.a12z",
        "RFC-OCT/pin-unpin/production/2x1#0123abcd.a12b5a",
        "../etc/pin-unpin/production/2x1#0123abcd.a12b5a",
        "rfc-oct/pin-unpin/production/222x1#0123abcd.a12b5a",
        "rfc-oct/pin-unpin/production/2x1#0123abcd.a12b5a and more"
      })
  void whatIsNoTokenIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Token.parse(text));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyViolationsTokenReproducesItsHarm(Plan plan) {
    Result result = Runs.explored(plan.design().id(), "pin-vs-drain", plan.kernel());
    result.violations().forEach((harm, violation) -> {
      Token token = Token.parse(violation.token().toString());
      assertThat(token).isEqualTo(violation.token());
      assertThat(token.design()).isEqualTo(plan.design().id());
      assertThat(token.kernel()).isEqualTo(plan.kernel().id());
      assertThat(token.stamp()).isEqualTo(Replay.stamp(plan, Reductions.ALL, token.schedule()));
      assertThat(token.schedule().contexts()).hasSize(violation.steps());
      assertThat(Runs.replayed(plan, violation)).as(token.toString()).contains(harm);
      assertThat(violation.text()).isNotEqualTo(harm.sentence());
    });
  }

  @Test
  void theReplayedHarmIsNotThereBeforeTheLastStep() {
    Plan plan = Runs.usual("rfc-nov", "pin-vs-drain", Kernel.PRODUCTION);
    Result result = Runs.explored("rfc-nov", "pin-vs-drain", Kernel.PRODUCTION);
    assertThat(result.violations()).isNotEmpty();
    result.violations().forEach((harm, violation) -> {
      Trace trace = Replay.run(plan, Reductions.ALL, violation.token().schedule());
      for (Trace.Step step : trace.steps().subList(0, trace.steps().size() - 1)) {
        assertThat(step.findings()).extracting("harm").doesNotContain(harm);
      }
    });
  }

  @Test
  void theStampTellsDesignsScenariosKernelsAndSizesApart() {
    List<Plan> different = List.of(
        Runs.usual("rfc-oct", "pin-unpin", Kernel.PRODUCTION),
        Runs.usual("rfc-nov", "pin-unpin", Kernel.PRODUCTION),
        Runs.usual("rfc-oct", "pin-unpin", Kernel.DEBUG),
        Runs.usual("rfc-oct", "pin-vs-drain", Kernel.PRODUCTION),
        new Plan(Runs.design("rfc-oct"), Runs.scenario("pin-unpin"), Kernel.PRODUCTION, 3, 2));
    assertThat(different.stream().map(plan -> Replay.stamp(plan, Reductions.ALL, Schedule.of())))
        .doesNotHaveDuplicates();
    assertThat(Replay.stamp(different.get(0), Reductions.ALL, Schedule.of()))
        .isEqualTo(Replay.stamp(different.get(0), Reductions.ALL, Schedule.of()));
  }
}
