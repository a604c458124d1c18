// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.run.Conclusion;
import org.gupstress.run.Refused;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Which tests a run makes, and how long.
 *
 * @param tests that are run
 * @param beyondCpus how many others are not part of it: they have more actors than there are
 *     processors
 * @param uncovered those that do not fit into the budget
 * @param millis of an iteration
 */
record OutcomePlan(
    Profile profile,
    List<OutcomeTest> tests,
    List<OutcomeTest> uncovered,
    int beyondCpus,
    int processors,
    int millis) {

  static OutcomePlan of(OutcomeRun.Options options, List<OutcomeTest> all, int processors)
      throws Refused {
    List<OutcomeTest> chosen = new ArrayList<>(choose(options, all));
    int before = chosen.size();
    if (!options.beyondCpus()) {
      for (OutcomeTest test : chosen) {
        if (test.actors() > processors && isNamed(test, options.tests())) {
          throw Refused.misused(test.name() + " needs " + test.actors() + " processors, found "
              + processors + "; --actors-beyond-cpus runs it all the same");
        }
      }
      chosen.removeIf(test -> test.actors() > processors);
    }
    if (chosen.isEmpty()) {
      throw new Refused(
          Conclusion.NOTHING_RAN,
          "all " + before + " tests chosen have more actors than the " + processors
              + " processors; --actors-beyond-cpus runs them all the same");
    }
    return new OutcomePlan(
            options.profile(), chosen, List.of(), before - chosen.size(), processors, 0)
        .within(options.budget());
  }

  private static boolean isNamed(OutcomeTest test, List<String> wanted) {
    return wanted.stream().anyMatch(test.name()::equalsIgnoreCase);
  }

  /** All tests about the designs and questions that are wanted. */
  static List<OutcomeTest> choose(OutcomeRun.Options options, List<OutcomeTest> all)
      throws Refused {
    List<String> designs = Designs.all().stream().map(PinDesign::id).toList();
    for (String design : options.designs()) {
      if (!designs.contains(design)) {
        throw Refused.unknown("design", design, designs);
      }
    }
    for (String wanted : options.tests()) {
      if (all.stream().noneMatch(test -> test.isMeantBy(wanted))) {
        throw Refused.unknown(
            "test",
            wanted,
            all.stream()
                .flatMap(test -> Stream.of(test.name(), test.question()))
                .distinct()
                .toList());
      }
    }
    List<OutcomeTest> chosen = all.stream()
        .filter(
            test -> options.tests().isEmpty() || options.tests().stream().anyMatch(test::isMeantBy))
        .filter(test ->
            options.designs().isEmpty() || options.designs().stream().anyMatch(test::isAbout))
        .toList();
    if (chosen.isEmpty()) {
      throw new Refused(
          Conclusion.NOTHING_RAN, "no test is about both the design and the question chosen");
    }
    return chosen;
  }

  /** With the longest iterations for which there is time, or with fewer tests. */
  private OutcomePlan within(@Nullable Duration budget) throws Refused {
    if (budget == null || seconds(tests, profile.millis()) <= seconds(budget)) {
      return lasting(profile.millis(), tests.size());
    }
    int millis = profile.millis();
    while (millis > Profile.MILLIS_MIN && seconds(tests, millis) > seconds(budget)) {
      millis--;
    }
    int kept = tests.size();
    while (kept > 0 && seconds(tests.subList(0, kept), millis) > seconds(budget)) {
      kept--;
    }
    if (kept == 0) {
      throw new Refused(
          Conclusion.BUDGET_SPENT,
          String.format(
              Locale.ROOT,
              "a budget of %.0f s is too small for one test: it takes about %.0f s in this profile",
              seconds(budget),
              seconds(tests.subList(0, 1), millis)));
    }
    return lasting(millis, kept);
  }

  private OutcomePlan lasting(int iterationMillis, int kept) {
    return new OutcomePlan(
        profile,
        tests.subList(0, kept),
        tests.subList(kept, tests.size()),
        beyondCpus,
        processors,
        iterationMillis);
  }

  private static double seconds(Duration budget) {
    return budget.toMillis() / 1e3;
  }

  /** About how long it takes. */
  double seconds() {
    return seconds(tests, millis);
  }

  private double seconds(List<OutcomeTest> some, int iterationMillis) {
    return invocations(some).size() * Profile.SECONDS_PER_INVOCATION
        + some.size() * profile.secondsPerTest(iterationMillis);
  }

  /** The tests that jcstress runs in JVMs of its own, in groups of as many configurations each. */
  List<List<OutcomeTest>> invocations() {
    return invocations(tests);
  }

  private List<List<OutcomeTest>> invocations(List<OutcomeTest> some) {
    return List.copyOf(some.stream()
        .filter(test -> test.actors() <= processors)
        .collect(Collectors.groupingBy(
            test -> test.question() + " " + test.actors(), LinkedHashMap::new, Collectors.toList()))
        .values());
  }

  /** The tests for which jcstress has too few processors. */
  List<OutcomeTest> inProcess() {
    return tests.stream().filter(test -> test.actors() > processors).toList();
  }

  /** What is going to happen, in a few lines. */
  String text() {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        "Plan: %s in profile %s, iterations of %d ms, about %.0f s.%n",
        Numbers.of(tests.size(), "test"),
        profile.name().toLowerCase(Locale.ROOT),
        millis,
        seconds()));
    if (!uncovered.isEmpty()) {
      text.append(
          String.format("Not covered by the budget: %s.%n", Numbers.of(uncovered.size(), "test")));
    }
    if (beyondCpus > 0) {
      text.append(String.format(
          "Not part of it: %s with more actors than the %d processors;"
              + " --actors-beyond-cpus adds them.%n",
          Numbers.of(beyondCpus, "test"), processors));
    }
    return text.toString();
  }
}
