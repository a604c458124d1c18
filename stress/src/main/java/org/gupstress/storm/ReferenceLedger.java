// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * The references that one CPU has taken and dropped, by reason and call site.
 *
 * <p>Assumes that the CPU's thread alone writes. Others get exact numbers while the CPU stands
 * still, and numbers that may be a moment old otherwise.
 */
final class ReferenceLedger {
  private static final int SITES = Site.values().length;

  private final int[] site = new int[Ref.values().length];
  private final long[] taken = new long[site.length * SITES];
  private final long[] dropped = new long[site.length * SITES];

  /** The CPU takes and drops references of a reason at this call site from now on. */
  void enter(int reason, int callSite) {
    site[reason] = callSite;
  }

  /** @param amount of references taken; negative if they are dropped */
  void add(int reason, long amount) {
    int at = reason * SITES + site[reason];
    if (amount > 0) {
      taken[at] += amount;
    } else {
      dropped[at] -= amount;
    }
  }

  long taken(Ref reason, Site at) {
    return taken[reason.ordinal() * SITES + at.ordinal()];
  }

  long dropped(Ref reason, Site at) {
    return dropped[reason.ordinal() * SITES + at.ordinal()];
  }
}
