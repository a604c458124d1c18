// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.gupstress.text.Numbers;

/**
 * Which tests a run makes, in which order, and how long it expects to take. While it runs, what the
 * tests have taken so far decides how long the next ones may be: see {@link TestPace}.
 *
 * @param tests in the order in which they run, the smallest first
 * @param uncovered those at the end for which there is probably no time
 * @param beyondCpus how many others are not part of it: they have more actors than there are
 *     processors
 * @param millis of an iteration
 * @param seconds about how long it takes
 */
record OutcomePlan(
    Profile profile,
    List<OutcomeTest> tests,
    List<OutcomeTest> uncovered,
    int beyondCpus,
    int processors,
    int millis,
    double seconds) {

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
    chosen.sort(Comparator.comparingInt(OutcomeTest::actors).thenComparing(OutcomeTest::name));
    return of(options, chosen, before - chosen.size(), new TestPace(options.profile(), processors));
  }

  private static OutcomePlan of(
      OutcomeRun.Options options, List<OutcomeTest> chosen, int beyondCpus, TestPace pace)
      throws Refused {
    Duration budget = options.budget();
    double seconds = budget == null ? Double.MAX_VALUE : budget.toMillis() / 1e3;
    boolean forks = chosen.stream().anyMatch(test -> !pace.isInProcess(test));
    double probing = forks ? Profile.SECONDS_TO_PROBE : 0;
    double left = seconds - probing;
    int millis = pace.millis(chosen, left);
    int kept = chosen.size();
    while (kept > 0 && pace.seconds(chosen.subList(0, kept), millis) > left) {
      kept--;
    }
    double expected = probing + pace.seconds(chosen.subList(0, Math.max(1, kept)), millis);
    if (kept == 0) {
      throw new Refused(
          Conclusion.BUDGET_SPENT,
          String.format(
              Locale.ROOT,
              "a budget of %.0f s is too small for one test: it takes about %.0f s in this profile",
              seconds,
              expected));
    }
    return new OutcomePlan(
        options.profile(),
        List.copyOf(chosen.subList(0, kept)),
        List.copyOf(chosen.subList(kept, chosen.size())),
        beyondCpus,
        pace.processors(),
        millis,
        expected);
  }

  /** Whether a name on the command line is that of the test, and not of its question. */
  static boolean isNamed(OutcomeTest test, List<String> wanted) {
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

  /** All of them, as many as there will be time for. */
  List<OutcomeTest> wanted() {
    return Stream.concat(tests.stream(), uncovered.stream()).toList();
  }

  /** What is going to happen, in a few lines. */
  String text() {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        "Plan: %s in profile %s, iterations of %d ms, about %.0f s.%n",
        Numbers.of(tests.size(), "test"),
        profile.name().toLowerCase(Locale.ROOT),
        millis,
        seconds));
    if (!uncovered.isEmpty()) {
      text.append(String.format(
          "Probably not covered by the budget: %s.%n", Numbers.of(uncovered.size(), "test")));
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
