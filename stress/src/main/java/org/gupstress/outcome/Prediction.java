// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.Map;
import java.util.TreeMap;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Token;

/**
 * What the explorer says of a question: every outcome that some sequentially consistent order of
 * the same operations ends in.
 *
 * @param stopped why the search is not complete, or empty
 * @param ways by outcome
 */
public record Prediction(Plan plan, String stopped, Map<String, Way> ways) {

  /**
   * The shortest interleaving to an outcome.
   *
   * @param share of all interleavings that end in it; real threads know nothing of this measure
   */
  public record Way(double share, int preemptions, int steps, Token token) {}

  /** What there is to say of an outcome, if not all orders were tried. */
  public String sentence(OutcomeTest.Case known) {
    return !stopped.isEmpty() && known.sentence().equals(Grade.OTHERWISE)
        ? Grade.UNSEARCHED
        : known.sentence();
  }

  /** For a test that nobody ran. */
  public static Prediction none(Rig rig) {
    return new Prediction(rig.plan(), "not explored", Map.of());
  }

  public static Prediction of(Rig rig) {
    Plan plan = rig.plan();
    Result result = Explorer.explore(plan, Options.DEFAULT);
    Map<String, Way> ways = new TreeMap<>();
    result
        .endings()
        .forEach((outcome, ending) -> ways.put(
            outcome,
            new Way(ending.share(), ending.preemptions(), ending.steps(), ending.token())));
    for (Harm down : new Harm[] {Harm.WILD_POINTER, Harm.ASSERTION}) {
      Result.Violation violation = result.violations().get(down);
      if (violation != null && violation.token() != null && !ways.containsKey(Rig.OOPS)) {
        ways.put(
            Rig.OOPS,
            new Way(
                violation.share(), violation.preemptions(), violation.steps(), violation.token()));
      }
    }
    for (Harm endless : new Harm[] {Harm.DEADLOCK, Harm.ENDLESS, Harm.CONTRACT}) {
      Result.Violation violation = result.violations().get(endless);
      if (violation != null) {
        throw new IllegalStateException(
            plan.id() + " would hang real threads: " + violation.text());
      }
    }
    return new Prediction(plan, result.stopped() == null ? "" : result.stopped().sentence(), ways);
  }
}
