// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.function.Function;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Result;

/** Explores a cell of a model with {@link Probe}s in it, to see where it comes. */
public final class Survey implements Function<Cell, Reached> {
  @Override
  public Reached apply(Cell cell) {
    Probe.clear();
    Result result =
        Explorer.explore(Inquest.plan(cell), Options.DEFAULT.withStatesMax(cell.statesMax()));
    return new Reached(result.states(), result.transitions(), result.seconds(), Probe.met());
  }
}
