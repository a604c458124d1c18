// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/** Plans and designs by name. */
public final class Plans {
  private Plans() {}

  /** A plan of a shipped design and a shipped scenario. */
  public static Plan of(String design, String scenario, Kernel kernel, int cpus, int rounds) {
    return new Plan(design(design), scenario(scenario), kernel, cpus, rounds);
  }

  /**
   * A shipped design, or one of the user's, which {@code gupstress bench} registers as a service.
   */
  public static PinDesign design(String id) {
    return Stream.concat(
            Designs.all().stream(),
            ServiceLoader.load(PinDesign.class).stream().map(ServiceLoader.Provider::get))
        .filter(design -> design.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no design " + id));
  }

  private static Scenario scenario(String id) {
    return Catalogue.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
