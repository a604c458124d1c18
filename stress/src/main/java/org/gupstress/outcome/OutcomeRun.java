// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gupstress.memory.MixedSizeSelfTest;
import org.gupstress.run.Conclusion;
import org.gupstress.run.CtrlC;
import org.gupstress.run.Refused;
import org.gupstress.run.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Runs outcome tests: plans them for the budget, lets jcstress run them in JVMs of its own, one
 * question after the other, reads what it left behind, and holds it against the explorer.
 *
 * <p>Results are written again after every question, so a run that is interrupted leaves the rows
 * of all tests that were finished. Every run has a directory of its own, with jcstress's reports.
 */
public final class OutcomeRun {
  /** What jcstress's reports need, with room to spare. */
  private static final int REPORTS_MB = 64;

  /**
   * What to run.
   *
   * @param designs ids, or empty for all
   * @param tests names of questions or of tests, or empty for all
   * @param budget null: as long as the profile takes
   * @param beyondCpus also run the tests that have more actors than there are processors
   * @param directory under which the run makes one of its own
   * @param json where the rows go
   * @param junit where JUnit XML goes, or null
   */
  public record Options(
      Profile profile,
      List<String> designs,
      List<String> tests,
      @Nullable Duration budget,
      boolean beyondCpus,
      Path directory,
      Path json,
      @Nullable Path junit) {}

  private final Options options;
  private final OutcomeFiles files;
  private final PrintWriter out;
  private final long start = System.nanoTime();
  private final List<OutcomeRow> rows = new ArrayList<>();
  private boolean budgetSpent;

  private OutcomeRun(Options options, PrintWriter out) throws Refused {
    this.options = options;
    this.files = OutcomeFiles.of(options);
    this.out = out;
  }

  /** Runs them. */
  public static Conclusion run(Options options, PrintWriter out)
      throws Refused, InterruptedException {
    OutcomePlan plan =
        OutcomePlan.of(options, Jcstress.tests(), Runtime.getRuntime().availableProcessors());
    return new OutcomeRun(options, out).run(plan);
  }

  /** Takes what somebody ran with jcstress's own main class. */
  public static Conclusion read(Path result, Options options, PrintWriter out) throws Refused {
    List<OutcomeTest> chosen = OutcomePlan.choose(options, Jcstress.tests());
    return new OutcomeRun(options, out).read(result, chosen);
  }

  private Conclusion read(Path result, List<OutcomeTest> chosen) throws Refused {
    if (!Files.isReadable(result)) {
      throw Refused.misused("there is no result file " + result);
    }
    Jcstress.Contents contents = Jcstress.read(result);
    if (!contents.complaint().isEmpty()) {
      throw Refused.misused(contents.complaint());
    }
    for (OutcomeTest test : chosen) {
      List<Jcstress.Execution> own = contents.of(test);
      if (!own.isEmpty()) {
        rows.add(OutcomeRow.ran(test, own, own.size(), ""));
      }
    }
    if (rows.isEmpty()) {
      throw new Refused(
          Conclusion.NOTHING_RAN, "none of the tests chosen has a result in " + result);
    }
    return report("read from " + result);
  }

  private Conclusion run(OutcomePlan plan) throws Refused, InterruptedException {
    checkMemory();
    Path directory = RunDirectory.make(options.directory(), REPORTS_MB);
    out.print(plan.text());
    out.flush();
    try (CtrlC ctrlC = new CtrlC()) {
      for (List<OutcomeTest> tests : plan.invocations()) {
        invoke(tests, plan.millis(), directory, ctrlC);
        files.save(sorted());
      }
      for (OutcomeTest test : plan.inProcess()) {
        runHere(test, plan.millis(), ctrlC);
        files.save(sorted());
      }
      plan.uncovered().forEach(test -> notCovered(test, ctrlC));
      return report("jcstress's own reports: " + directory);
    }
  }

  private Conclusion report(String source) throws Refused {
    files.save(sorted());
    new OutcomeText(out).print(sorted());
    out.printf("Results: %s; %s%n", options.json(), source);
    out.flush();
    return conclusion();
  }

  private static void checkMemory() throws Refused {
    String torn = MixedSizeSelfTest.onThisMachine();
    if (torn != null) {
      throw new Refused(
          Conclusion.BROKEN,
          "64- and 32-bit accesses to the same bytes tear on this machine: " + torn);
    }
  }

  private double secondsLeft() {
    Duration budget = options.budget();
    return budget == null ? 1e9 : budget.toMillis() / 1e3 - secondsGone();
  }

  private double secondsGone() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void notCovered(OutcomeTest test, CtrlC ctrlC) {
    budgetSpent = true;
    rows.add(OutcomeRow.notRun(
        test, ctrlC.isPressed() ? "the run was interrupted" : "the budget was spent"));
  }

  private void invoke(List<OutcomeTest> tests, int millis, Path directory, CtrlC ctrlC)
      throws Refused, InterruptedException {
    double least = Profile.SECONDS_PER_INVOCATION + Profile.SECONDS_PER_FORK;
    if (ctrlC.isPressed() || secondsLeft() < least) {
      tests.forEach(test -> notCovered(test, ctrlC));
      return;
    }
    String question = tests.get(0).question();
    Path own = directory.resolve(question + "-" + tests.get(0).actors());
    Invocation.Left left;
    try {
      Invocation invocation = new Invocation(
          options.profile().options(millis),
          tests.stream().map(OutcomeTest::name).toList(),
          own);
      ctrlC.stops(invocation.jvm());
      left = invocation.await((long) (secondsLeft() * 1e3));
    } catch (IOException e) {
      throw Refused.misused("cannot run jcstress in " + own + ": " + e.getMessage());
    }
    for (OutcomeTest test : tests) {
      List<Jcstress.Execution> executions = left.contents().of(test);
      boolean isCut = !left.ended() && executions.size() < Math.max(1, left.planned());
      budgetSpent |= isCut;
      if (!executions.isEmpty()) {
        String html = own.resolve("index.html").toString();
        rows.add(OutcomeRow.ran(test, executions, left.planned(), html));
      } else if (isCut) {
        notCovered(test, ctrlC);
      } else {
        rows.add(OutcomeRow.notRun(test, left.whyNot()));
      }
    }
    out.printf(
        Locale.ROOT,
        "%s: %d tests, %d configurations, %.0f s%n",
        question,
        tests.size(),
        left.contents().executions().size(),
        secondsGone());
    out.flush();
  }

  private void runHere(OutcomeTest test, int millis, CtrlC ctrlC) {
    ctrlC.stops(null);
    int iterations = options.profile().iterations() * options.profile().configurationsPerTest();
    if (ctrlC.isPressed() || secondsLeft() < iterations * millis / 1e3) {
      notCovered(test, ctrlC);
      return;
    }
    Jcstress.Execution execution = Jcstress.runHere(test, iterations, millis);
    test.rig().close();
    rows.add(OutcomeRow.ran(test, List.of(execution), 1, ""));
    out.printf(Locale.ROOT, "%s: in process, %.0f s%n", test.name(), secondsGone());
    out.flush();
  }

  private List<OutcomeRow> sorted() {
    return rows.stream().sorted(OutcomeRow.BY_NAME).toList();
  }

  private Conclusion conclusion() {
    if (rows.stream().anyMatch(row -> !row.forbidden().isEmpty() || row.isControlLost())) {
      return Conclusion.SURPRISED;
    }
    if (budgetSpent) {
      return Conclusion.BUDGET_SPENT;
    }
    return rows.stream().allMatch(OutcomeRow::isComplete)
        ? Conclusion.AS_EXPECTED
        : Conclusion.NOTHING_RAN;
  }
}
