// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** The list of all outcome tests, as jcstress's annotation processor has found them. */
public final class OutcomeTests {
  /** Full names of tests begin with it. */
  public static final String PACKAGE = "org.gupstress.outcome.";

  private OutcomeTests() {}

  /** The tests that the annotation processor has registered, by name. */
  public static List<OutcomeTest> all() {
    List<OutcomeTest> tests = new ArrayList<>();
    for (String name : TestList.tests()) {
      if (name.startsWith(PACKAGE) && !name.startsWith(Footprint.class.getName())) {
        tests.add(test(TestList.getInfo(name)));
      }
    }
    tests.sort((a, b) -> a.name().compareTo(b.name()));
    return tests;
  }

  private static OutcomeTest test(TestInfo info) {
    List<OutcomeTest.Case> cases = new ArrayList<>();
    for (StateCase graded : info.cases()) {
      cases.add(new OutcomeTest.Case(
          graded.matchPattern().replace("\\", ""), verdict(graded.expect()), graded.description()));
    }
    return new OutcomeTest(
        info.name().substring(PACKAGE.length()), info.binaryName(), info.threads(), cases);
  }

  private static OutcomeTest.Verdict verdict(Expect expect) {
    return switch (expect) {
      case ACCEPTABLE -> OutcomeTest.Verdict.ACCEPTABLE;
      case ACCEPTABLE_INTERESTING -> OutcomeTest.Verdict.INTERESTING;
      default -> OutcomeTest.Verdict.FORBIDDEN;
    };
  }
}
