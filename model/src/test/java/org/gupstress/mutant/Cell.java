// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import org.gupstress.explore.Options;

/**
 * A scenario that is explored with a design, by names: it means the same in every loader.
 *
 * @param statesMax states after which the search gives up
 * @param statesAfterHarmMax states after which it gives up once it has found a harm, where none is
 *     expected
 * @param transitions of the whole search without the change; {@link #UNKNOWN} if nobody has looked
 */
public record Cell(
    String design,
    String scenario,
    String kernel,
    int statesMax,
    int statesAfterHarmMax,
    long transitions) {
  static final long UNKNOWN = -1;

  private static final int STATES_MAX = 1_000_000;

  /** A cell that is explored as the audit does. */
  static Cell whole(String design, String scenario, String kernel) {
    return new Cell(design, scenario, kernel, STATES_MAX, Options.UNBOUNDED, UNKNOWN);
  }

  String id() {
    return design + "/" + scenario + "/" + kernel;
  }
}
