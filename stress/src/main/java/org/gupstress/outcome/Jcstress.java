// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * All that we use of jcstress beyond its annotations. Its classes are public and undocumented: what
 * is read from them is copied out here.
 */
final class Jcstress {
  private static final String PACKAGE = "org.gupstress.outcome.";

  private Jcstress() {}

  /** The tests that the annotation processor has registered, by name. */
  static List<OutcomeTest> tests() {
    List<OutcomeTest> tests = new ArrayList<>();
    for (String name : TestList.tests()) {
      if (name.startsWith(PACKAGE)) {
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
