// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param stopped why it ended before it was complete, or null
 * @param depthMax steps of the longest interleaving
 * @param interleavings how many interleavings the states stand for; exact if the run is complete
 * @param visitedBytes memory of the visited set
 * @param collision probability that two different states were taken for one
 * @param falsePositives states without running operations in which a page says it is pinned and is
 *     not
 * @param unmet sentences of the conditions that were never met
 * @param violations by harm, each with its shortest counterexample
 * @param endings the outcomes that the scenario tells apart, by name
 * @param outcomes final states, if they were asked for
 */
public record Result(
    Plan plan,
    Options options,
    @Nullable Stop stopped,
    int states,
    long transitions,
    double seconds,
    int depthMax,
    BigInteger interleavings,
    long visitedBytes,
    double collision,
    long falsePositives,
    List<String> unmet,
    Map<Harm, Violation> violations,
    Map<String, Ending> endings,
    Set<Map<String, Object>> outcomes) {

  /**
   * A harm with its shortest counterexample.
   *
   * @param name what the scenario calls it, or nothing
   * @param text what was expected and what was found
   * @param preemptions CPUs that were stopped in the middle of an operation
   * @param odds of the harm along the counterexample; of all interleavings at least
   * @param token to replay it with; null where no interleaving can be shown
   */
  public record Violation(
      Harm harm,
      String name,
      String text,
      int preemptions,
      int steps,
      Odds odds,
      @Nullable Token token) {
    /** The share of all interleavings that do this harm. */
    public double share() {
      return odds.after(0);
    }

    /** The harm by the scenario's name for it, if it has one. */
    public String label() {
      return harm.called(name);
    }

    /** The same, where no interleaving can be shown. */
    Violation withoutToken() {
      return new Violation(harm, name, text, preemptions, steps, odds, null);
    }
  }

  /**
   * A way in which the run can end, with the shortest interleaving that ends so.
   *
   * @param share of all interleavings that end so
   */
  public record Ending(String outcome, int preemptions, int steps, double share, Token token) {}

  /** How the scenario broke, so that nothing is said about the design; null if it did not. */
  public @Nullable String scenarioBroke() {
    return stopped instanceof Stop.ScenarioBroke broke ? broke.how() : null;
  }

  /** Whether code does not end, or takes all memory: another run would cost as much again. */
  public boolean isStuck() {
    return stopped instanceof Stop.Stuck || isGreedy();
  }

  /** Whether code took all memory, perhaps of others too. */
  public boolean isGreedy() {
    return stopped instanceof Stop.Greedy;
  }

  /** Whether memory was not enough. */
  public boolean isExhausted() {
    return stopped instanceof Stop.OutOfMemory;
  }

  /** What the run says about a claim. */
  public Verdict verdict(Claim claim) {
    if (!violationsOf(claim).isEmpty()) {
      return Verdict.VIOLATED;
    }
    if (reasonNotApplicable(claim) != null) {
      return Verdict.NOT_APPLICABLE;
    }
    if (stopped != null || violations.containsKey(Harm.CONTRACT)) {
      return Verdict.INCOMPLETE;
    }
    return unmet.isEmpty() ? Verdict.HOLDS : Verdict.NOT_MET;
  }

  /** Why the claim is not judged here, or null if it is. */
  public @Nullable String reasonNotApplicable(Claim claim) {
    String byDesign = claim.notApplicable(plan.design());
    if (byDesign != null) {
      return byDesign;
    }
    boolean hasNone =
        claim.isOfProcesses() && plan.scenario().shape(plan.cpus()).space().processes() == 0;
    return hasNone || plan.scenario().silentOn().contains(claim)
        ? plan.scenario().whySilent(claim)
        : null;
  }

  /** The harms that break the claim. */
  public Map<Harm, Violation> violationsOf(Claim claim) {
    Map<Harm, Violation> found = new EnumMap<>(Harm.class);
    violations.forEach((harm, violation) -> {
      if (harm.claim() == claim) {
        found.put(harm, violation);
      }
    });
    return found;
  }
}
