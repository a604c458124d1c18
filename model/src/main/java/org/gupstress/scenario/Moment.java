// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.claim.PageState;
import org.gupstress.design.Mm;
import org.jspecify.annotations.Nullable;

/** One state of a run, for conditions on it. Reading it takes no step. */
public interface Moment {
  Mm mm();

  PageState pages();

  /** The operation in whose middle the CPU is, or null if it is between two. */
  @Nullable
  String running(int cpu);

  /** The operation in whose middle the CPU's interrupt handler is, or null. */
  @Nullable
  String inInterrupt(int cpu);
}
