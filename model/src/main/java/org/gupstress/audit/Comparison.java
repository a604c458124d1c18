// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;

/**
 * What the designs of an audit do beside what another design does in the same scenarios. What comes
 * of a driver's mistake is left out.
 *
 * @param with the other design
 * @param onlyHere what it does not do, shortest first
 * @param shared what it does too, shortest first
 */
public record Comparison(String with, List<Evidence> onlyHere, List<Evidence> shared) {

  static Comparison of(List<Case> cases, PinDesign other) {
    Map<String, Set<Harm>> known = new HashMap<>();
    for (Case c : cases) {
      if (c.plan().design().id().equals(other.id()) && c.result() != null) {
        known.put(plan(c, other).id(), c.result().violations().keySet());
      }
    }
    List<Evidence> onlyHere = new ArrayList<>();
    List<Evidence> shared = new ArrayList<>();
    for (Case c : cases) {
      if (c.result() == null || c.plan().design().id().equals(other.id())) {
        continue;
      }
      c.result().violations().values().forEach(violation -> {
        boolean isCode = violation.harm().claim() == Claim.DESIGN_CONTRACT;
        if (isCode || c.misbehaving().isEmpty()) {
          boolean isShared = known
              .computeIfAbsent(plan(c, other).id(), id -> harms(plan(c, other)))
              .contains(violation.harm());
          (isShared ? shared : onlyHere).add(new Evidence(c, violation));
        }
      });
    }
    onlyHere.sort(Evidence.SHORTEST);
    shared.sort(Evidence.SHORTEST);
    return new Comparison(other.id(), List.copyOf(onlyHere), List.copyOf(shared));
  }

  private static Plan plan(Case c, PinDesign other) {
    Plan plan = c.plan();
    return new Plan(other, plan.scenario(), plan.kernel(), plan.cpus(), plan.rounds());
  }

  /** What the other does: known where it is shipped, explored elsewhere. */
  private static Set<Harm> harms(Plan plan) {
    return plan.isUsual() && Catalogue.isShipped(plan.scenario())
        ? Expectations.harms(plan.design().id(), plan.scenario().id(), plan.kernel())
        : Explorer.explore(plan, Options.DEFAULT).violations().keySet();
  }

  /** The claims that are broken here and are not by the other design. */
  public Set<String> claims() {
    Set<String> claims = new TreeSet<>();
    onlyHere.forEach(evidence -> claims.add(evidence.violation().harm().claim().id()));
    return claims;
  }

  /**
   * Asserts that nothing is done that the other design does not do.
   *
   * @throws AssertionError with the shortest counterexample
   */
  public void assertNothingNew() {
    if (!onlyHere.isEmpty()) {
      throw new AssertionError("not so with " + with + ": " + String.join(", ", claims())
          + onlyHere.get(0).text());
    }
  }
}
