// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.race.Exhibit;
import org.gupstress.race.Race;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Scenario;

/**
 * A race, shown: every design that has it is explored where it is known to show it. Of a design
 * that is no exhibit, that is the first scenario of the audit whose harms the race explains.
 *
 * @param shown by design, in the order of the court; a design without any was not explored in time
 * @param isComplete whether everything was explored to its end
 */
public record Demonstration(Race race, Map<PinDesign, List<Evidence>> shown, boolean isComplete) {

  /** Explores at most this long. */
  public static Demonstration of(Race race, Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    Map<PinDesign, List<Evidence>> shown = new LinkedHashMap<>();
    Map<String, Case> done = new HashMap<>();
    boolean isComplete = true;
    for (PinDesign design : Designs.all()) {
      if (race.exhibits().isEmpty() || !race.designs().containsKey(design.id())) {
        continue;
      }
      List<Evidence> found = new ArrayList<>();
      for (Plan plan : plans(race, design)) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          isComplete = false;
          break;
        }
        Options options = Options.DEFAULT.withBudget(Duration.ofNanos(left));
        Case run = done.computeIfAbsent(plan.id(), id -> new Case(Explorer.explore(plan, options)));
        isComplete &= run.isComplete();
        found.addAll(evidence(race, run));
      }
      found.sort(Evidence.SHORTEST);
      shown.put(design, found);
    }
    return new Demonstration(race, shown, isComplete);
  }

  /** The shortest of all designs. */
  public Optional<Evidence> shortest() {
    return shown.values().stream().flatMap(List::stream).min(Evidence.SHORTEST);
  }

  /** Whether a design was explored to the end and does not show what it is known for. */
  public boolean isMissing() {
    return isComplete && shown.values().stream().anyMatch(List::isEmpty);
  }

  private static List<Evidence> evidence(Race race, Case run) {
    Set<Exhibit> exhibits = Set.copyOf(race.exhibits());
    List<Evidence> all = run.result() == null
        ? List.of()
        : run.result().violations().values().stream()
            .filter(violation -> run.causes(violation.harm()).contains(race.id()))
            .map(violation -> new Evidence(run, violation))
            .toList();
    List<Evidence> exhibited = all.stream()
        .filter(e -> exhibits.contains(new Exhibit(
            run.plan().design().id(),
            run.plan().scenario().id(),
            run.plan().kernel(),
            e.violation().harm())))
        .toList();
    // of a run that is no exhibit, one harm is enough
    return exhibited.isEmpty() ? all.stream().min(Evidence.SHORTEST).stream().toList() : exhibited;
  }

  private static List<Plan> plans(Race race, PinDesign design) {
    Set<String> ids = new TreeSet<>();
    List<Plan> plans = new ArrayList<>();
    for (Exhibit exhibit : race.exhibits()) {
      if (exhibit.design().equals(design.id())) {
        plan(design, exhibit.scenario(), exhibit.kernel())
            .filter(plan -> ids.add(plan.id()))
            .ifPresent(plans::add);
      }
    }
    if (plans.isEmpty()) {
      Stream.of(Kernel.PRODUCTION, Kernel.DEBUG)
          .flatMap(kernel -> Catalogue.shipped().stream()
              .filter(scenario -> explains(race, design, scenario, kernel))
              .map(scenario -> Plan.usual(design, scenario, kernel)))
          .findFirst()
          .ifPresent(plans::add);
    }
    return plans;
  }

  private static Optional<Plan> plan(PinDesign design, String scenario, Kernel kernel) {
    return Catalogue.shipped().stream()
        .filter(known -> known.id().equals(scenario))
        .findFirst()
        .map(known -> Plan.usual(design, known, kernel));
  }

  private static boolean explains(Race race, PinDesign design, Scenario scenario, Kernel kernel) {
    return Expectations.harms(design.id(), scenario.id(), kernel).stream()
        .anyMatch(harm ->
            Expectations.causes(design.id(), scenario.id(), kernel, harm).contains(race.id()));
  }
}
