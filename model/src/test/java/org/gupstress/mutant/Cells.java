// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/** The cells of an audit of designs. */
final class Cells {
  private Cells() {}

  /** The production kernel first, and the scenarios that end at the first harm. */
  static List<Cell> of(List<String> designs) {
    List<Scenario> scenarios = new ArrayList<>(Catalogue.all());
    scenarios.sort(Comparator.comparing(scenario -> !scenario.endsAtHarm()));
    List<Cell> cells = new ArrayList<>();
    for (Kernel kernel : Kernel.usual()) {
      for (Scenario scenario : scenarios) {
        for (String design : designs) {
          cells.add(Cell.whole(design, scenario.id(), kernel.id()));
        }
      }
    }
    return cells;
  }
}
