// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run says about one test, beside what the explorer says.
 *
 * @param executions its configurations
 * @param planned how many there should have been
 * @param whyNot why it did not run, or empty
 * @param html jcstress's own report, or empty
 */
record OutcomeRow(
    OutcomeTest test,
    Prediction prediction,
    List<Jcstress.Execution> executions,
    int planned,
    String whyNot,
    String html) {

  static final Comparator<OutcomeRow> BY_NAME =
      Comparator.comparing(row -> row.test().name());

  /** The row of a test of which at least one configuration has run. */
  static OutcomeRow ran(
      OutcomeTest test, List<Jcstress.Execution> executions, int planned, String html) {
    return new OutcomeRow(test, Prediction.of(test.rig()), executions, planned, "", html);
  }

  static OutcomeRow notRun(OutcomeTest test, String whyNot) {
    return new OutcomeRow(test, Prediction.none(test.rig()), List.of(), 0, whyNot, "");
  }

  /** As the other engines say it. */
  enum Verdict {
    HOLDS("holds"),
    VIOLATED("violated"),
    NOT_MET("not-met"),
    INCOMPLETE("incomplete"),
    NOT_RUN("not-run");

    final String id;

    Verdict(String id) {
      this.id = id;
    }
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

  /** Samples and count of an outcome by compile mode. */
  Map<String, long[]> byMode(String outcome) {
    Map<String, long[]> modes = new TreeMap<>();
    for (Jcstress.Execution execution : executions) {
      long[] sums = modes.computeIfAbsent(execution.mode(), mode -> new long[2]);
      sums[0] += execution.counts().getOrDefault(outcome, 0L);
      sums[1] += execution.samples();
    }
    return modes;
  }

  List<String> forbidden() {
    List<String> seen = new ArrayList<>();
    for (String outcome : outcomes()) {
      if (count(outcome) > 0 && test.caseOf(outcome).verdict() == OutcomeTest.Verdict.FORBIDDEN) {
        seen.add(outcome);
      }
    }
    return seen;
  }

  /** Samples in which the known defect showed. */
  long controlSeen() {
    return test.cases().stream()
        .filter(OutcomeTest.Case::isControl)
        .mapToLong(known -> count(known.outcome()))
        .sum();
  }

  boolean isControlLost() {
    return test.isControl() && hasRun() && controlSeen() == 0;
  }

  boolean hasRun() {
    return samples() > 0;
  }

  boolean isComplete() {
    return hasRun() && complaint().isEmpty() && executions.size() >= planned;
  }

  /** What jcstress says went wrong, or empty. */
  String complaint() {
    return executions.stream()
        .map(Jcstress.Execution::complaint)
        .filter(complaint -> !complaint.isEmpty())
        .findFirst()
        .orElse("");
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

  Verdict verdict() {
    if (!hasRun()) {
      return Verdict.NOT_RUN;
    }
    if (!forbidden().isEmpty() || controlSeen() > 0) {
      return Verdict.VIOLATED;
    }
    if (isControlLost()) {
      return Verdict.NOT_MET;
    }
    return isComplete() ? Verdict.HOLDS : Verdict.INCOMPLETE;
  }

  /**
   * Whether it came out as it should: no forbidden outcome, and the known defect where there is
   * one.
   */
  boolean isAsExpected() {
    return isComplete() && forbidden().isEmpty() && !isControlLost();
  }
}
