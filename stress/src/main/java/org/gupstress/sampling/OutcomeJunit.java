// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.List;
import java.util.Locale;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.result.JunitXml;

/** The tests as cases of JUnit: a lost control fails like a forbidden outcome. */
public final class OutcomeJunit {
  private OutcomeJunit() {}

  /** One for each test. */
  public static List<JunitXml.Case> cases(List<SampledTest> tests) {
    return tests.stream().map(OutcomeJunit::of).toList();
  }

  private static JunitXml.Case of(SampledTest test) {
    JunitXml.Status status = !test.hasRun()
        ? JunitXml.Status.SKIPPED
        : test.isExpected() ? JunitXml.Status.PASSED : JunitXml.Status.FAILED;
    return new JunitXml.Case(
        test.design(),
        OutcomeTests.PACKAGE + test.question(),
        test.name(),
        test.seconds(),
        status,
        why(test),
        "");
  }

  private static String why(SampledTest test) {
    if (!test.hasRun()) {
      return test.reason();
    }
    if (!test.forbidden().isEmpty()) {
      return "expected no forbidden outcome, found " + String.join(", ", test.forbidden());
    }
    if (test.isControlLost()) {
      return String.format(
          Locale.ROOT,
          "expected each known defect at least %d times, found less of %s in %d samples",
          test.controlMin(),
          String.join(", ", test.controlsLost()),
          test.samples());
    }
    return test.reason().isEmpty()
        ? "expected " + test.planned() + " configurations, found " + test.executed()
        : test.reason();
  }
}
