// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Scenario;

/** Plans of the size that the user wants. */
final class Sizes {
  private Sizes() {}

  /**
   * A plan.
   *
   * @throws Refused if the scenario does not come in this size
   */
  static Plan plan(PinDesign design, Scenario scenario, Kernel kernel, int cpus, int rounds) {
    try {
      return new Plan(design, scenario, kernel, cpus, rounds);
    } catch (IllegalArgumentException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }
}
