// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
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
 * Explores cells, one after the other, up to the first that shows a harm which nobody expects there
 * of the design. What breaks no claim may still keep a scenario from meeting what it is for.
 */
public final class Inquest implements Function<List<Cell>, Heard> {
  @Override
  public Heard apply(List<Cell> cells) {
    Optional<Caught> unmet = Optional.empty();
    int unfinished = 0;
    int different = 0;
    for (Cell cell : cells) {
      Plan plan = plan(cell);
      Set<Harm> expected = Expectations.harms(cell.design(), cell.scenario(), plan.kernel());
      Result result;
      try {
        result = Explorer.explore(plan, options(cell, expected));
      } catch (RuntimeException | StackOverflowError e) {
        return new Heard(
            Optional.of(caught(cell, "threw " + e, "", 0, 0)), unfinished, different, false);
      }
      Optional<Caught> caught = violation(cell, result, expected);
      if (caught.isPresent()) {
        return new Heard(caught, unfinished, different, result.isStuck());
      }
      different += result.transitions() == cell.transitions() ? 0 : 1;
      unfinished += result.stopped() == null ? 0 : 1;
      if (unmet.isEmpty() && result.stopped() == null) {
        unmet = result.unmet().stream()
            .findFirst()
            .map(sentence -> caught(cell, "never met: " + sentence, "", 0, 0));
      }
    }
    return new Heard(unmet, unfinished, different, false);
  }

  private static Options options(Cell cell, Set<Harm> expected) {
    Options options = Options.DEFAULT.withStatesMax(cell.statesMax());
    return expected.isEmpty() ? options.withStatesAfterHarmMax(cell.statesAfterHarmMax()) : options;
  }

  static Plan plan(Cell cell) {
    Scenario scenario = Catalogue.all().stream()
        .filter(known -> known.id().equals(cell.scenario()))
        .findFirst()
        .orElseThrow();
    return Plan.usual(
        Designs.find(cell.design()).orElseThrow(),
        scenario,
        Kernel.find(cell.kernel()).orElseThrow());
  }

  private static Optional<Caught> violation(Cell cell, Result result, Set<Harm> expected) {
    return result.violations().values().stream()
        .filter(violation -> !expected.contains(violation.harm()))
        .min(Comparator.comparing(Violation::preemptions).thenComparing(Violation::steps))
        .map(violation -> caught(
            cell,
            violation.harm().claim().id(),
            violation.harm().id(),
            violation.preemptions(),
            violation.steps()));
  }

  private static Caught caught(Cell cell, String by, String harm, int preemptions, int steps) {
    return new Caught(cell.design(), cell.scenario(), cell.kernel(), by, harm, preemptions, steps);
  }
}
