// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import org.gupstress.claim.Harm;
import org.gupstress.claim.LockUse;

/** One thing that a search remembers of a state or a step, and to which it can show a way. */
sealed interface Mark {
  /** A harm is done. */
  record Done(Harm harm) implements Mark {}

  /** The run ends in this outcome of the scenario. */
  record Ended(String outcome) implements Mark {}

  /** Locks are used in a way that matters to lockdep. */
  record Used(LockUse use) implements Mark {}
}
