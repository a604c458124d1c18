// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;

/**
 * What is not run again: code that got stuck, and a user's design that breaks time after time
 * although nothing comes between its steps. All that another run would show is the same.
 */
final class GivenUp {
  private static final int CHANCES = 4;

  private final Set<Object> code = ConcurrentHashMap.newKeySet();
  private final Map<Object, Integer> failures = new ConcurrentHashMap<>();

  boolean has(Plan plan) {
    return code.contains(plan.design()) || code.contains(plan.scenario());
  }

  void learn(Result result) {
    Plan plan = result.plan();
    boolean isOwn = !Expectations.knows(plan.design().id());
    if (result.scenarioBroke() != null) {
      code.add(plan.scenario());
    } else if (result.isStuck()) {
      code.add(Catalogue.isShipped(plan.scenario()) ? plan.design() : plan.scenario());
    } else if (isOwn
        && isHopeless(result)
        && failures.merge(plan.design(), 1, Integer::sum) == CHANCES) {
      code.add(plan.design());
    }
  }

  private static boolean isHopeless(Result result) {
    return Stream.of(Harm.CONTRACT, Harm.ENDLESS)
        .map(result.violations()::get)
        .filter(Objects::nonNull)
        .anyMatch(violation -> violation.preemptions() == 0);
  }
}
