// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/** Plans and designs by name. */
final class Plans {
  private Plans() {}

  static Plan of(String design, String scenario, Kernel kernel, int cpus, int rounds) {
    return new Plan(design(design), scenario(scenario), kernel, cpus, rounds);
  }

  static PinDesign design(String id) {
    return Designs.all().stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
  }

  private static Scenario scenario(String id) {
    return Catalogue.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
