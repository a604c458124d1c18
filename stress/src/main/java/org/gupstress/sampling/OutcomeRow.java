// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Verdict;
import org.gupstress.outcome.Grade;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.Prediction;

/**
 * What a run says about one test, beside what the explorer says.
 *
 * @param executions its configurations
 * @param planned how many there should have been
 * @param isPlanKnown false: at least as many, nobody says how many
 * @param whyNot why it did not run, or what is wrong with its results, or empty
 * @param html jcstress's own report, or empty
 */
record OutcomeRow(
    OutcomeTest test,
    Prediction prediction,
    List<Jcstress.Execution> executions,
    int planned,
    boolean isPlanKnown,
    String whyNot,
    String html) {

  /** The row of a test that jcstress was told to run. */
  static OutcomeRow ran(OutcomeTest test, Invocation.Left left, Path console) {
    String whyNot = left.executions().isEmpty() && left.complaint().isEmpty()
        ? "jcstress left it out; see " + console
        : left.complaint();
    return new OutcomeRow(
        test, Prediction.of(test.rig()), left.executions(), left.planned(), true, whyNot, "");
  }

  static OutcomeRow ranHere(OutcomeTest test, List<Jcstress.Execution> executions) {
    return new OutcomeRow(
        test, Prediction.of(test.rig()), List.copyOf(executions), executions.size(), true, "", "");
  }

  /** From a file that says nothing of a plan: other tests in it have so many configurations. */
  static OutcomeRow read(
      OutcomeTest test, List<Jcstress.Execution> executions, int configurations) {
    return new OutcomeRow(
        test, Prediction.of(test.rig()), executions, configurations, false, "", "");
  }

  static OutcomeRow notRun(OutcomeTest test, String whyNot) {
    return new OutcomeRow(test, Prediction.none(test.rig()), List.of(), 0, true, whyNot, "");
  }

  /** With what one more run of the test has left. */
  OutcomeRow and(Invocation.Left more) {
    List<Jcstress.Execution> all = new ArrayList<>(executions);
    all.addAll(more.executions());
    // what was cut short is no part of the plan: the test itself has run
    int added = more.ended() ? more.planned() : more.executions().size();
    return new OutcomeRow(test, prediction, List.copyOf(all), planned + added, true, whyNot, html);
  }

  OutcomeRow withReport(String page) {
    return new OutcomeRow(test, prediction, executions, planned, isPlanKnown, whyNot, page);
  }

  long samples() {
    return executions.stream().mapToLong(Jcstress.Execution::samples).sum();
  }

  /** Of all iterations. */
  double seconds() {
    return executions.stream().mapToDouble(Jcstress.Execution::seconds).sum();
  }

  /** Samples per second of iteration. */
  double rate() {
    return seconds() == 0 ? 0 : samples() / seconds();
  }

  long count(String outcome) {
    return executions.stream()
        .mapToLong(execution -> execution.counts().getOrDefault(outcome, 0L))
        .sum();
  }

  double frequency(String outcome) {
    long all = samples();
    return all == 0 ? 0 : (double) count(outcome) / all;
  }

  /** All outcomes that are graded, predicted or observed: the graded ones first, as declared. */
  Set<String> outcomes() {
    Set<String> all = new LinkedHashSet<>();
    test.cases().forEach(known -> all.add(known.outcome()));
    all.addAll(prediction.ways().keySet());
    executions.forEach(execution -> all.addAll(execution.counts().keySet()));
    return all;
  }

  /** Its configurations by how they were compiled and the flags of their JVM. */
  Map<String, List<Jcstress.Execution>> byMode() {
    return executions.stream()
        .collect(Collectors.groupingBy(
            execution -> (execution.mode() + " " + execution.flags()).strip(),
            TreeMap::new,
            Collectors.toList()));
  }

  List<String> forbidden() {
    List<String> seen = new ArrayList<>();
    for (String outcome : outcomes()) {
      if (count(outcome) > 0 && test.caseOf(outcome).grade() == Grade.FORBIDDEN) {
        seen.add(outcome);
      }
    }
    return seen;
  }

  /** Samples in which a known defect showed. */
  long controlSeen() {
    return test.cases().stream()
        .filter(OutcomeTest.Case::isControl)
        .mapToLong(known -> count(known.outcome()))
        .sum();
  }

  /**
   * How often each outcome that is a control must be seen: less often if there was less time than a
   * full lean run gives a test, and once where more threads than processors take turns, because
   * there the frequency varies a hundredfold between iterations.
   */
  long controlMin() {
    if (executions.stream().anyMatch(done -> done.mode().equals(Jcstress.IN_PROCESS))) {
      return 1;
    }
    double share = Math.min(1, seconds() / Profile.LEAN.secondsSampled(executions.size()));
    return Math.max(1, Math.round(SampledTest.SEEN_MIN * share));
  }

  /** The controls that were not seen as often as that. */
  List<String> controlsLost() {
    return test.cases().stream()
        .filter(known -> known.isControl() && count(known.outcome()) < controlMin())
        .map(OutcomeTest.Case::outcome)
        .toList();
  }

  /** A run that was cut short has not lost its control: it did not look for it long enough. */
  boolean isControlLost() {
    return isComplete() && !controlsLost().isEmpty();
  }

  boolean hasRun() {
    return samples() > 0;
  }

  boolean isComplete() {
    return hasRun() && whyNot.isEmpty() && complaint().isEmpty() && executions.size() >= planned;
  }

  /** What jcstress says went wrong, or empty. */
  String complaint() {
    return executions.stream()
        .map(Jcstress.Execution::complaint)
        .filter(complaint -> !complaint.isEmpty())
        .findFirst()
        .orElse(whyNot);
  }

  /** Observed, but in no sequentially consistent order. */
  Set<String> observedNotPredicted() {
    Set<String> observed = new TreeSet<>();
    for (String outcome : outcomes()) {
      if (count(outcome) > 0 && !prediction.ways().containsKey(outcome)) {
        observed.add(outcome);
      }
    }
    return observed;
  }

  /** A sampling gap. */
  Set<String> predictedNotObserved() {
    Set<String> missing = new TreeSet<>();
    for (String outcome : prediction.ways().keySet()) {
      if (hasRun() && count(outcome) == 0) {
        missing.add(outcome);
      }
    }
    return missing;
  }

  /** As the explorer says it. */
  Verdict verdict() {
    if (!hasRun()) {
      return Verdict.NOT_RUN;
    }
    if (!forbidden().isEmpty()) {
      return Verdict.VIOLATED;
    }
    if (isControlLost()) {
      return Verdict.NOT_MET;
    }
    if (controlSeen() > 0) {
      return Verdict.VIOLATED;
    }
    return isComplete() ? Verdict.HOLDS : Verdict.INCOMPLETE;
  }

  /** What result file and reports have of it. */
  SampledTest sampled() {
    Plan plan = prediction.plan();
    return new SampledTest(
        test.name(),
        plan.design().id(),
        plan.scenario().id(),
        plan.kernel().id(),
        plan.scenario().summary(),
        verdict().id(),
        isAsExpected(),
        isComplete(),
        hasRun() ? complaint() : whyNot,
        test.actors(),
        planned,
        isPlanKnown,
        executions.size(),
        samples(),
        seconds(),
        Math.round(rate()),
        test.isControl(),
        test.isControl() ? controlMin() : 0,
        prediction.stopped(),
        byMode().values().stream().map(OutcomeRow::mode).toList(),
        hasRun() ? outcomes().stream().map(this::sampled).toList() : List.of(),
        html);
  }

  private static SampledTest.Mode mode(List<Jcstress.Execution> same) {
    long samples = same.stream().mapToLong(Jcstress.Execution::samples).sum();
    double seconds = same.stream().mapToDouble(Jcstress.Execution::seconds).sum();
    return new SampledTest.Mode(
        same.get(0).mode(),
        same.get(0).flags(),
        same.size(),
        samples,
        Math.round(samples / seconds));
  }

  private SampledOutcome sampled(String outcome) {
    OutcomeTest.Case known = test.caseOf(outcome);
    Prediction.Way way = prediction.ways().get(outcome);
    return new SampledOutcome(
        outcome,
        known.grade(),
        prediction.sentence(known),
        count(outcome),
        frequency(outcome),
        way == null
            ? null
            : new SampledOutcome.Way(way.share(), way.preemptions(), way.token().toString()),
        byMode().values().stream().map(same -> inMode(outcome, same)).toList());
  }

  private static SampledOutcome.InMode inMode(String outcome, List<Jcstress.Execution> same) {
    return new SampledOutcome.InMode(
        same.get(0).mode(),
        same.get(0).flags(),
        same.stream()
            .mapToLong(execution -> execution.counts().getOrDefault(outcome, 0L))
            .sum(),
        same.stream().mapToLong(Jcstress.Execution::samples).sum());
  }

  /** Whether it came out as it should: no forbidden outcome, and each known defect often enough. */
  boolean isAsExpected() {
    return isComplete() && forbidden().isEmpty() && !isControlLost();
  }
}
