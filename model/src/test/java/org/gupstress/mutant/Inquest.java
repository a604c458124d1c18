// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Scenario;

/**
 * The audit of a few designs up to the first scenario that shows a harm which nobody expects of
 * them: the generated scenarios first, which are short, and the production kernel first. What
 * breaks no claim may still keep a scenario from meeting what it is for.
 */
public final class Inquest implements Supplier<Optional<Caught>> {
  private static final Options OPTIONS = Options.DEFAULT.withStatesMax(1_000_000);

  private final List<String> designs;

  public Inquest(List<String> designs) {
    this.designs = designs;
  }

  @Override
  public Optional<Caught> get() {
    return audit(Kernel.PRODUCTION).or(() -> audit(Kernel.DEBUG));
  }

  private Optional<Caught> audit(Kernel kernel) {
    List<Result> quiet = new ArrayList<>();
    for (Plan plan : plans(kernel)) {
      Result result = Explorer.explore(plan, OPTIONS);
      Optional<Caught> caught = violation(result);
      if (caught.isPresent()) {
        return caught;
      }
      quiet.add(result);
    }
    return quiet.stream()
        .filter(result -> !result.unmet().isEmpty())
        .findFirst()
        .map(Inquest::unmet);
  }

  private List<Plan> plans(Kernel kernel) {
    List<Scenario> scenarios = new ArrayList<>(Catalogue.all());
    scenarios.sort(Comparator.comparing(scenario -> !scenario.endsAtHarm()));
    List<Plan> plans = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (String design : designs) {
        plans.add(Plan.usual(design(design), scenario, kernel));
      }
    }
    return plans;
  }

  private static PinDesign design(String id) {
    return Designs.find(id).orElseThrow();
  }

  private static Optional<Caught> violation(Result result) {
    Plan plan = result.plan();
    Set<Harm> expected =
        Expectations.harms(plan.design().id(), plan.scenario().id(), plan.kernel());
    return result.violations().values().stream()
        .filter(violation -> !expected.contains(violation.harm()))
        .min(Comparator.comparing(Violation::preemptions).thenComparing(Violation::steps))
        .map(violation -> caught(
            plan,
            violation.harm().claim().id(),
            violation.harm().id(),
            violation.preemptions(),
            violation.steps()));
  }

  private static Caught unmet(Result result) {
    return caught(result.plan(), "never met: " + result.unmet().get(0), "", 0, 0);
  }

  private static Caught caught(Plan plan, String by, String harm, int preemptions, int steps) {
    return new Caught(
        plan.design().id(), plan.scenario().id(), plan.kernel().id(), by, harm, preemptions, steps);
  }
}
