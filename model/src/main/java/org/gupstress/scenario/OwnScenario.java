// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Declarations;
import org.gupstress.design.Mm;

/** What a scenario that is not of the catalogue must be before any of it runs. */
public final class OwnScenario {
  private static final int CPUS_MAX = 8;
  private static final int ROUNDS_MAX = 99;
  private static final int PAGES_MAX = 64;
  private static final int CONDITIONS_MAX = 32;

  private OwnScenario() {}

  /**
   * Checks what a scenario says of itself.
   *
   * @throws IllegalArgumentException that says what was expected, and what was found
   */
  public static void check(Scenario scenario) {
    Declarations.checkNames(scenario.id(), scenario.summary());
    if (Catalogue.all().stream().anyMatch(shipped -> shipped.id().equals(scenario.id()))) {
      throw new IllegalArgumentException(
          "id(): expected another one than a shipped scenario has, found " + scenario.id());
    }
    if (scenario.getClass() != Spec.class) {
      Declarations.checkStateless(scenario.getClass());
    }
    check("cpus()", scenario.cpus(), CPUS_MAX);
    check("rounds()", scenario.rounds(), ROUNDS_MAX);
    Mm.Shape shape = scenario.shape(scenario.cpus().max());
    Declarations.checkRange("shape().pages()", shape.pages(), 1, PAGES_MAX);
    Declarations.checkRange("shape().cpus()", shape.cpus(), 1, CPUS_MAX);
    for (Duty duty : scenario.duties()) {
      if (!duty.name().isEmpty()) {
        Declarations.checkNames(duty.name(), duty.otherwise());
      }
    }
    Declarations.checkRange("sometimes().size()", scenario.sometimes().size(), 0, CONDITIONS_MAX);
  }

  private static void check(String what, Scenario.Range range, int max) {
    Declarations.checkRange(what + ".max()", range.max(), 1, max);
    Declarations.checkRange(what + ".min()", range.min(), 1, range.max());
    Declarations.checkRange(what + ".usual()", range.usual(), range.min(), range.max());
  }
}
