// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import org.gupstress.explore.Options;

/**
 * A scenario that is explored with a design, by names: it means the same in every loader.
 *
 * @param statesMax states after which the search gives up
 * @param statesAfterHarmMax states after which it gives up once it has found a harm, where none is
 *     expected
 */
public record Cell(
    String design, String scenario, String kernel, int statesMax, int statesAfterHarmMax) {
  private static final int STATES_MAX = 1_000_000;

  /** A cell that is explored as the audit does. */
  static Cell whole(String design, String scenario, String kernel) {
    return new Cell(design, scenario, kernel, STATES_MAX, Options.UNBOUNDED);
  }

  String id() {
    return design + "/" + scenario + "/" + kernel;
  }
}
