// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.List;
import org.gupstress.outcome.OutcomeTest;

/**
 * How long tests take: a guess until the first one has run, measured from then on. A configuration
 * costs a JVM and its warm-up, and iterations that last longer than they should.
 */
final class TestPace {
  private final Profile profile;
  private final int processors;
  private double configurations;
  private double secondsPerFork = Profile.SECONDS_PER_FORK;
  private boolean isMeasured;

  TestPace(Profile profile, int processors) {
    this.profile = profile;
    this.processors = processors;
    this.configurations = profile.configurationsPerTest();
  }

  /** A test has run. */
  void took(double seconds, int planned, int millis) {
    double fork = Math.max(0.1, seconds / planned - profile.secondsOfIterations(millis));
    // the last one counts as much as all before: the machine may have other work to do by now
    secondsPerFork = isMeasured ? (secondsPerFork + fork) / 2 : fork;
    configurations = planned;
    isMeasured = true;
  }

  int processors() {
    return processors;
  }

  boolean isInProcess(OutcomeTest test) {
    return test.actors() > processors;
  }

  double seconds(OutcomeTest test, int millis) {
    double iterations = profile.secondsOfIterations(millis);
    return configurations * (isInProcess(test) ? iterations : secondsPerFork + iterations);
  }

  double seconds(List<OutcomeTest> tests, int millis) {
    return tests.stream().mapToDouble(test -> seconds(test, millis)).sum();
  }

  /** The longest iterations with which all of the tests take so long; the shortest if none do. */
  int millis(List<OutcomeTest> tests, double secondsLeft) {
    int millis = profile.millis();
    while (millis > Profile.MILLIS_MIN && seconds(tests, millis) > secondsLeft) {
      millis--;
    }
    return millis;
  }
}
