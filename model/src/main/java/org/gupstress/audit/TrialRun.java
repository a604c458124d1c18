// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gupstress.design.Designs;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Bug;
import org.gupstress.race.Trial;
import org.gupstress.scenario.Catalogue;

/** A trial of a bug, run: the kernel before the fix, and the one after it. */
public record TrialRun(Trial trial, Case before, Case after) {

  /** All trials of a bug. Explores at most this long. */
  public static List<TrialRun> of(Bug bug, Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    Map<Trial.Run, Case> done = new HashMap<>();
    List<TrialRun> all = new ArrayList<>();
    for (Trial trial : bug.trials()) {
      Case before = done.computeIfAbsent(trial.before(), run -> explored(run, end));
      Case after = done.computeIfAbsent(trial.after(), run -> explored(run, end));
      all.add(new TrialRun(trial, before, after));
    }
    return all;
  }

  private static Case explored(Trial.Run run, long end) {
    Plan plan = plan(run);
    Duration left = Duration.ofNanos(end - System.nanoTime());
    return left.isNegative() || left.isZero()
        ? new Case(plan, null)
        : new Case(Explorer.explore(plan, Options.DEFAULT.withBudget(left)));
  }

  /**
   * What is explored, at the size of the audit.
   *
   * @throws java.util.NoSuchElementException if there is no such design or scenario
   */
  public static Plan plan(Trial.Run run) {
    return Plan.usual(
        Designs.find(run.design()).orElseThrow(),
        Catalogue.find(run.scenario()).orElseThrow(),
        run.kernel());
  }

  /** The shortest counterexample of the kernel before the fix. */
  public Optional<Evidence> evidence() {
    return before.violations(trial.harm().claim()).values().stream()
        .filter(violation -> violation.harm() == trial.harm())
        .map(violation -> new Evidence(before, violation))
        .findFirst();
  }

  /** What the kernel after the fix says of the claim that the one before breaks. */
  public Verdict verdictAfter() {
    return after.verdict(trial.harm().claim());
  }

  public boolean isComplete() {
    return before.isComplete() && after.isComplete();
  }

  /** Whether it shows what it is known for. */
  public boolean isAsKnown() {
    return evidence().isPresent() && verdictAfter() == Verdict.HOLDS;
  }
}
