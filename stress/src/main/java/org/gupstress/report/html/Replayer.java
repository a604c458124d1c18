// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import org.gupstress.explore.Plan;
import org.gupstress.explore.Trace;
import org.jspecify.annotations.Nullable;

/** Runs counterexamples again. Several threads may ask it at once. */
@FunctionalInterface
public interface Replayer {
  /**
   * What a token does.
   *
   * @param plan what it is an interleaving of, or null if it cannot be run
   * @param trace its steps, or null if it cannot be run
   * @param otherwise why it cannot, or empty
   */
  record Replayed(@Nullable Plan plan, @Nullable Trace trace, String otherwise) {
    /** One that cannot be run. */
    public static Replayed not(String because) {
      return new Replayed(null, null, because);
    }
  }

  Replayed replay(String token);
}
