// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.reclaim.InactiveList;

/**
 * What one CPU has done in reclaim, by priority.
 *
 * <p>Assumes that the CPU's thread alone writes. Others get exact numbers while the CPU stands
 * still, and numbers that may be a moment old otherwise.
 */
final class ReclaimLedger {
  static final int PRIORITIES = ReclaimPass.PRIORITY_MAX + 1;

  /** What is counted. */
  enum Amount {
    PASSES,
    SCANNED,
    ISOLATED,
    RECLAIMED,
    ACTIVATED,
    KEPT
  }

  private static final int FREE_VERDICT = InactiveList.Verdict.FREE.ordinal();
  private static final int ACTIVATE_VERDICT = InactiveList.Verdict.ACTIVATE_LOCKED.ordinal();

  private final int cpu;
  private final long[][] amounts = new long[PRIORITIES][Amount.values().length];
  private final long[] passBegan = new long[Amount.values().length];
  private int priority = ReclaimPass.PRIORITY_MAX;

  ReclaimLedger(int cpu) {
    this.cpu = cpu;
  }

  /** The lists are shrunk at this priority from now on. */
  void beginPass(int atPriority) {
    endPass();
    priority = atPriority;
    System.arraycopy(amounts[priority], 0, passBegan, 0, passBegan.length);
    add(Amount.PASSES, 1);
  }

  /** Tells Flight Recorder of the pass that is over; there is none before the first. */
  private void endPass() {
    if (inPass(Amount.PASSES) > 0) {
      StormEvents.reclaim(
          cpu,
          new ReclaimPass(
              priority,
              1,
              inPass(Amount.SCANNED),
              inPass(Amount.ISOLATED),
              inPass(Amount.RECLAIMED),
              inPass(Amount.ACTIVATED),
              inPass(Amount.KEPT)));
    }
  }

  private long inPass(Amount what) {
    return amounts[priority][what.ordinal()] - passBegan[what.ordinal()];
  }

  void scanned(long pages, long isolated) {
    add(Amount.SCANNED, pages);
    add(Amount.ISOLATED, isolated);
  }

  /** @param verdict the ordinal of an {@link InactiveList.Verdict} on one page */
  void judged(long verdict) {
    if (verdict == FREE_VERDICT) {
      add(Amount.RECLAIMED, 1);
    } else if (verdict == ACTIVATE_VERDICT) {
      add(Amount.ACTIVATED, 1);
    } else {
      add(Amount.KEPT, 1);
    }
  }

  /** One page of an active list goes to the inactive one. */
  void deactivated() {
    add(Amount.KEPT, 1);
  }

  private void add(Amount what, long amount) {
    amounts[priority][what.ordinal()] += amount;
  }

  /** Adds all to a table of the same shape. */
  void addTo(long[][] sums) {
    for (int p = 0; p < PRIORITIES; p++) {
      for (int what = 0; what < sums[p].length; what++) {
        sums[p][what] += amounts[p][what];
      }
    }
  }
}
