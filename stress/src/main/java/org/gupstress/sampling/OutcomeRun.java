// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gupstress.memory.MixedSizeSelfTest;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.process.Conclusion;
import org.gupstress.process.CtrlC;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.gupstress.process.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Runs outcome tests: plans them for the budget, lets jcstress run them in JVMs of its own, one
 * test after the other, reads what it left behind, and holds it against the explorer.
 *
 * <p>After every test it plans again from the time that they have taken so far, and writes the
 * results again, so a run that is interrupted leaves the rows of all tests that were finished.
 * Last, tests whose known defects were seen too seldom get more samples. Every run has a directory
 * of its own, with jcstress's reports.
 */
public final class OutcomeRun {
  /** What jcstress's reports need, with room to spare. */
  private static final int REPORTS_MB = 64;

  /** How often a test is run again for a defect that was seen too seldom. */
  private static final int ROUNDS_MORE = 4;

  /** What jcstress may take for its own pages once the budget is spent otherwise. */
  private static final double SECONDS_TO_REPORT = 2;

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

  /** What prints the results. */
  @FunctionalInterface
  public interface View {
    void print(List<SampledTest> tests);
  }

  private final Options options;
  private final OutcomeFiles files;
  private final PrintWriter out;
  private final View view;
  private final long start = System.nanoTime();
  private final Map<String, OutcomeRow> rows = new TreeMap<>();
  private boolean budgetSpent;

  private OutcomeRun(Options options, PrintWriter out, View view) throws Refused {
    this.options = options;
    this.files = OutcomeFiles.of(options);
    this.out = out;
    this.view = view;
  }

  /**
   * Runs them.
   *
   * @param out for what there is to say while it runs
   */
  public static Conclusion run(Options options, PrintWriter out, View view)
      throws Refused, InterruptedException {
    OutcomePlan plan =
        OutcomePlan.of(options, OutcomeTests.all(), Runtime.getRuntime().availableProcessors());
    OutcomeRun run = new OutcomeRun(options, out, view);
    Conclusion conclusion;
    try (run.files) {
      conclusion = run.run(plan);
    }
    run.files.check();
    return conclusion;
  }

  /** Takes what somebody ran with jcstress's own main class. */
  public static Conclusion read(Path result, Options options, PrintWriter out, View view)
      throws Refused {
    List<OutcomeTest> chosen = OutcomePlan.choose(options, OutcomeTests.all());
    OutcomeRun run = new OutcomeRun(options, out, view);
    Conclusion conclusion;
    try (run.files) {
      conclusion = run.read(result, chosen);
    }
    run.files.check();
    return conclusion;
  }

  private Conclusion read(Path result, List<OutcomeTest> chosen) throws Refused {
    if (!Files.isDirectory(result)) {
      checkReadable(result);
    }
    Jcstress.Contents contents =
        Files.isDirectory(result) ? Jcstress.readAll(result) : Jcstress.read(result);
    if (!contents.complaint().isEmpty()) {
      throw Refused.misused(contents.complaint());
    }
    for (OutcomeTest test : chosen) {
      List<Jcstress.Execution> own = contents.of(test);
      if (!own.isEmpty()) {
        add(OutcomeRow.read(test, own, contents.configurations(test.actors())));
      } else if (OutcomePlan.isNamed(test, options.tests())) {
        add(OutcomeRow.notRun(test, "it has no result in " + result));
      }
    }
    if (rows.values().stream().noneMatch(OutcomeRow::hasRun)) {
      throw new Refused(
          Conclusion.NOTHING_RAN, "none of the tests chosen has a result in " + result);
    }
    return report("read from " + result);
  }

  private static void checkReadable(Path result) throws Refused {
    try {
      FileKind.checkReadable(result);
    } catch (IOException e) {
      throw Refused.misused("there is no result file: " + e.getMessage());
    }
  }

  private Conclusion run(OutcomePlan plan) throws Refused, InterruptedException {
    checkMemory();
    Path directory = RunDirectory.make(options.directory(), REPORTS_MB);
    out.print(plan.text());
    out.flush();
    TestPace pace = new TestPace(options.profile(), plan.processors());
    try (CtrlC ctrlC = new CtrlC()) {
      List<OutcomeTest> forked =
          plan.wanted().stream().filter(test -> !pace.isInProcess(test)).toList();
      List<OutcomeTest> others =
          plan.wanted().stream().filter(pace::isInProcess).toList();
      if (!forked.isEmpty()) {
        fork(forked, others, pace, directory, ctrlC);
      }
      for (int i = 0; i < others.size(); i++) {
        runHere(others.subList(i, others.size()), pace, ctrlC);
        save();
      }
      return report("jcstress's own reports: " + directory);
    }
  }

  private void fork(
      List<OutcomeTest> tests, List<OutcomeTest> later, TestPace pace, Path directory, CtrlC ctrlC)
      throws Refused, InterruptedException {
    try (Invocation invocation = new Invocation(options.profile().options(), directory)) {
      ctrlC.stops(invocation.jvm());
      if (!invocation.isReady(millisLeft()) && !ctrlC.isPressed() && secondsLeft() > 0) {
        throw invocation.killed().isEmpty()
            ? new Refused(Conclusion.BROKEN, "jcstress does not start; see " + invocation.console())
            : new Refused(
                Conclusion.BUDGET_SPENT,
                "jcstress " + invocation.killed() + " before its first test");
      }
      for (int i = 0; i < tests.size(); i++) {
        List<OutcomeTest> left = new ArrayList<>(tests.subList(i, tests.size()));
        left.addAll(later);
        sample(invocation, left, pace, ctrlC);
        save();
      }
      sampleTheRareOnes(invocation, later, pace, ctrlC);
      String html = ctrlC.isPressed()
          ? ""
          : invocation.report((long) (Math.max(SECONDS_TO_REPORT, secondsLeft()) * 1e3));
      rows.replaceAll((test, row) -> row.hasRun() ? row.withReport(html) : row);
    } catch (IOException e) {
      throw Refused.misused("cannot run jcstress in " + directory + ": " + e.getMessage());
    } finally {
      ctrlC.stops(null);
    }
  }

  /** Runs the first of the tests that are left, as long as the others leave time for it. */
  private void sample(Invocation invocation, List<OutcomeTest> left, TestPace pace, CtrlC ctrlC)
      throws IOException, InterruptedException {
    OutcomeTest test = left.get(0);
    int millis = pace.millis(left, secondsLeft());
    if (ctrlC.isPressed() || !invocation.isAlive() || secondsLeft() < pace.seconds(test, millis)) {
      notCovered(test, ctrlC, invocation.killed());
      return;
    }
    double before = secondsGone();
    Invocation.Left result = invocation.run(test, millis, millisLeft());
    if (result.ended() && result.planned() > 0) {
      pace.took(secondsGone() - before, result.planned(), millis);
    }
    budgetSpent |= !result.ended();
    if (result.executions().isEmpty() && !result.ended()) {
      notCovered(test, ctrlC, invocation.killed());
      return;
    }
    add(OutcomeRow.ran(test, result, invocation.console()));
    out.printf(
        Locale.ROOT,
        "%s: %d of %d configurations, %.0f s%n",
        test.name(),
        result.executions().size(),
        result.planned(),
        secondsGone());
    out.flush();
  }

  /** More samples for the tests with a known defect that was seen, but too seldom. */
  private void sampleTheRareOnes(
      Invocation invocation, List<OutcomeTest> later, TestPace pace, CtrlC ctrlC)
      throws Refused, IOException, InterruptedException {
    int millis = options.profile().millis();
    for (OutcomeRow first : List.copyOf(rows.values())) {
      OutcomeRow row = first;
      for (int round = 0; round < ROUNDS_MORE && row.isControlLost(); round++) {
        double spare = secondsLeft() - pace.seconds(later, Profile.MILLIS_MIN);
        if (ctrlC.isPressed()
            || !invocation.isAlive()
            || spare < SECONDS_TO_REPORT + pace.seconds(row.test(), millis)) {
          break;
        }
        row = row.and(invocation.run(row.test(), millis, millisLeft()));
        add(row);
        save();
      }
    }
  }

  private void add(OutcomeRow row) {
    rows.put(row.test().name(), row);
  }

  private void save() {
    files.save(all());
  }

  private List<OutcomeRow> all() {
    return List.copyOf(rows.values());
  }

  private Conclusion report(String source) throws Refused {
    save();
    out.flush();
    view.print(all().stream().map(OutcomeRow::sampled).toList());
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

  private long millisLeft() {
    return (long) (secondsLeft() * 1e3);
  }

  private void notCovered(OutcomeTest test, CtrlC ctrlC, String killed) {
    budgetSpent = true;
    String why = killed.isEmpty() ? "the budget was spent" : "jcstress's JVM " + killed;
    add(OutcomeRow.notRun(test, ctrlC.isPressed() ? "the run was interrupted" : why));
  }

  /** The first of the tests that are left, in this JVM. */
  private void runHere(List<OutcomeTest> left, TestPace pace, CtrlC ctrlC) {
    OutcomeTest test = left.get(0);
    int millis = pace.millis(left, secondsLeft());
    if (ctrlC.isPressed() || secondsLeft() < pace.seconds(test, millis)) {
      notCovered(test, ctrlC, "");
      return;
    }
    int iterations = options.profile().iterations() * options.profile().configurationsPerTest();
    List<Jcstress.Execution> executions = new ArrayList<>();
    OutcomeRow row;
    int round = 0;
    do {
      executions.add(Jcstress.runHere(test, iterations, millis));
      row = OutcomeRow.ranHere(test, executions);
      round++;
    } while (round <= ROUNDS_MORE
        && row.isControlLost()
        && !ctrlC.isPressed()
        && pace.seconds(left, millis) < secondsLeft());
    test.rig().close();
    add(row);
    out.printf(Locale.ROOT, "%s: in process, %.0f s%n", test.name(), secondsGone());
    out.flush();
  }

  /** A test that was cut short does not tell which outcomes it would have seen. */
  private Conclusion conclusion() {
    if (rows.values().stream().anyMatch(row -> !row.forbidden().isEmpty() || row.isControlLost())) {
      return Conclusion.SURPRISED;
    }
    if (budgetSpent) {
      return Conclusion.BUDGET_SPENT;
    }
    return rows.values().stream().allMatch(OutcomeRow::isComplete)
        ? Conclusion.AS_EXPECTED
        : Conclusion.NOTHING_RAN;
  }
}
