// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Race;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.jspecify.annotations.Nullable;

/**
 * A plan, what its run found, and what was expected of it.
 *
 * @param result null if the run did not take place
 * @param beside what sound designs do in the same scenario, by design; only of one that is not
 *     shipped, since of the others it is known
 */
public record Case(Plan plan, @Nullable Result result, Map<String, Set<Harm>> beside) {
  public Case(Plan plan, @Nullable Result result) {
    this(plan, result, Map.of());
  }

  public Case(Result result) {
    this(result.plan(), result);
  }

  /** The same beside what sound designs do there. */
  Case beside(Map<String, Set<Harm>> others) {
    return new Case(plan, result, others);
  }

  public Verdict verdict(Claim claim) {
    return result == null ? Verdict.NOT_RUN : result.verdict(claim);
  }

  /** What was found against the claim. */
  public Map<Harm, Violation> violations(Claim claim) {
    return result == null ? Map.of() : result.violationsOf(claim);
  }

  /** The known races that explain a harm here. */
  public List<String> causes(Harm harm) {
    String design = plan.design().id();
    return plan.isUsual()
        ? Expectations.explain(design, plan.scenario().id(), plan.kernel(), harm)
        : Expectations.explainAtOtherSizes(design, plan.scenario().id(), plan.kernel(), harm);
  }

  /** The sound designs, other than this one, that do the same harm here. */
  public List<String> sharedBy(Harm harm) {
    if (!isShippedScenario()) {
      return beside.entrySet().stream()
          .filter(other -> other.getValue().contains(harm))
          .map(Map.Entry::getKey)
          .toList();
    }
    return Expectations.sharedBy(plan.design().id(), plan.scenario().id(), plan.kernel(), harm);
  }

  /** What drivers do wrong here, a sentence each; empty where all keep to the API. */
  public List<String> misbehaving() {
    return List.copyOf(plan.scenario().misbehaving().values());
  }

  private boolean isShippedScenario() {
    return Catalogue.isShipped(plan.scenario());
  }

  /** The known races that explain what was found against the claim, in order. */
  public TreeSet<String> causes(Claim claim) {
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    violations(claim).keySet().forEach(harm -> causes.addAll(causes(harm)));
    return causes;
  }

  public boolean isComplete() {
    return result != null && result.stopped() == null;
  }

  /** Whether anything is expected of the design: a user's has done nothing yet. */
  public boolean isKnown() {
    return Expectations.knows(plan.design().id());
  }

  /**
   * Whether what was found was not to be. Of a shipped design a known race must explain it, of a
   * user's a sound design must do the same. What comes of a driver's mistake is held against no
   * design, unless its code breaks.
   */
  public boolean isUnexpected(Harm harm) {
    boolean isUnknown = !isKnown() || !isShippedScenario();
    return causes(harm).isEmpty()
        && (misbehaving().isEmpty() || !isUnknown || harm.claim() == Claim.DESIGN_CONTRACT);
  }

  public List<Violation> unexpected() {
    return result == null
        ? List.of()
        : result.violations().values().stream()
            .filter(violation -> isUnexpected(violation.harm()))
            .toList();
  }

  /** The harms that this run would have had to find. */
  public List<Harm> missing() {
    List<Harm> missing = new ArrayList<>();
    if (result != null && isKnown() && isComplete() && plan.isUsual() && isUnbounded(result)) {
      missing.addAll(expected());
      missing.removeAll(result.violations().keySet());
    }
    return missing;
  }

  /** Whether the verdict is the one that was expected, or null where nothing can be expected. */
  public @Nullable Boolean isExpected(Claim claim) {
    Verdict verdict = verdict(claim);
    if (violations(claim).keySet().stream().anyMatch(this::isUnexpected)) {
      return false;
    }
    if (!isKnown() || (verdict != Verdict.VIOLATED && verdict != Verdict.HOLDS)) {
      return null;
    }
    return missing().stream().noneMatch(harm -> harm.claim() == claim);
  }

  private Set<Harm> expected() {
    return Expectations.harms(plan.design().id(), plan.scenario().id(), plan.kernel());
  }

  private static boolean isUnbounded(Result result) {
    return result.options().preemptions() == Options.UNBOUNDED;
  }

  /** Whether a shipped design's run was complete and never met what it is for. */
  public boolean isVacuous() {
    return result != null
        && isComplete()
        && isKnown()
        && Catalogue.isShipped(plan.scenario())
        && plan.isUsual()
        && !result.unmet().isEmpty();
  }

  /** Why there is no verdict. */
  String remark(Claim claim) {
    if (result == null) {
      return ": it was not run";
    }
    String notApplicable = result.reasonNotApplicable(claim);
    return notApplicable != null
        ? ": " + notApplicable
        : result.stopped() != null
            ? ": " + result.stopped().sentence()
            : result.unmet().isEmpty() ? "" : ", never met: " + String.join("; ", result.unmet());
  }

  /** design, scenario and kernel, in words. */
  public String name() {
    return plan.name();
  }
}
