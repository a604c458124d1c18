// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grades of the outcome tests and the explorer speak of the same outcomes. */
class OutcomeAgreementTest {

  static Stream<OutcomeTest> tests() {
    return OutcomeTests.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tests")
  void gradesExactlyWhatSomeOrderEndsIn(OutcomeTest test) {
    Prediction prediction = Prediction.of(test.rig());
    assertThat(prediction.stopped()).isEmpty();
    Set<String> graded = new TreeSet<>();
    for (OutcomeTest.Case known : test.cases()) {
      if (known.grade() != Grade.FORBIDDEN && known.grade() != Grade.WEAK) {
        graded.add(known.outcome());
      }
    }
    assertThat(graded).isEqualTo(new TreeSet<>(prediction.ways().keySet()));
    double shares =
        prediction.ways().values().stream().mapToDouble(Prediction.Way::share).sum();
    assertThat(shares).as("every interleaving ends in one way").isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("tests")
  void runsOnAsManyThreadsAsItsMachineHasCpus(OutcomeTest test) {
    assertThat(test.actors()).isEqualTo(test.rig().plan().cpus());
  }

  @ParameterizedTest
  @MethodSource("tests")
  void givesEveryOutcomeASentence(OutcomeTest test) {
    assertThat(test.cases()).isNotEmpty().allSatisfy(known -> {
      assertThat(known.sentence()).hasSizeGreaterThan(30).endsWith(".");
    });
  }
}
