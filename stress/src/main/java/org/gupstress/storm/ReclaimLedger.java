// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.dossier.ListPass;
import org.gupstress.lru.LruList;
import org.gupstress.reclaim.InactiveList;
import org.gupstress.reclaim.Reclaim;

/**
 * What one CPU has done in reclaim, by list and priority.
 *
 * <p>Assumes that the CPU's thread alone writes. Others get exact numbers while the CPU stands
 * still, and numbers that may be a moment old otherwise.
 */
final class ReclaimLedger {
  /** What is counted, in the order of {@link ListPass}. */
  private enum Amount {
    PASSES,
    SCANNED,
    TAKEN,
    RECLAIMED,
    ACTIVATED,
    DEACTIVATED,
    REFERENCED
  }

  private static final LruList[] LISTS = LruList.values();
  private static final int PRIORITIES = Reclaim.DEF_PRIORITY + 1;
  private static final int AMOUNTS = Amount.values().length;
  private static final int FREE = InactiveList.Verdict.FREE.ordinal();
  private static final int ACTIVATE = InactiveList.Verdict.ACTIVATE_LOCKED.ordinal();
  private static final int KEEP_REFERENCED = InactiveList.Verdict.KEEP_REFERENCED.ordinal();

  private final int cpu;
  private final long[] amounts = nothing();
  private final long[] before = new long[AMOUNTS];
  private int priority = Reclaim.DEF_PRIORITY;
  private int list;

  ReclaimLedger(int cpu) {
    this.cpu = cpu;
  }

  /** A table in which nothing is counted. */
  static long[] nothing() {
    return new long[LISTS.length * PRIORITIES * AMOUNTS];
  }

  private static int row(int list, int priority) {
    return (list * PRIORITIES + priority) * AMOUNTS;
  }

  /** The lists are shrunk at this priority from now on. */
  void beginPriority(int atPriority) {
    endPass();
    priority = atPriority;
  }

  /** So many pages were looked at on a list, and so many taken off it, to be judged next. */
  void scanned(int from, long pages, long taken) {
    endPass();
    list = from;
    System.arraycopy(amounts, row(list, priority), before, 0, AMOUNTS);
    add(Amount.PASSES, 1);
    add(Amount.SCANNED, pages);
    add(Amount.TAKEN, taken);
  }

  /** Tells Flight Recorder of the pass that is over; there is none before the first. */
  private void endPass() {
    int row = row(list, priority);
    if (amounts[row] > before[0]) {
      StormEvents.reclaim(
          cpu,
          LISTS[list].id(),
          priority,
          inPass(Amount.SCANNED),
          inPass(Amount.TAKEN),
          inPass(Amount.RECLAIMED),
          inPass(Amount.ACTIVATED));
      System.arraycopy(amounts, row, before, 0, AMOUNTS);
    }
  }

  private long inPass(Amount what) {
    return amounts[row(list, priority) + what.ordinal()] - before[what.ordinal()];
  }

  /** @param verdict the ordinal of an {@link InactiveList.Verdict} on one page */
  void judged(long verdict) {
    if (verdict == FREE) {
      add(Amount.RECLAIMED, 1);
    } else if (verdict == ACTIVATE) {
      add(Amount.ACTIVATED, 1);
    } else if (verdict == KEEP_REFERENCED) {
      add(Amount.REFERENCED, 1);
    }
  }

  /** One page of an active list goes to the inactive one. */
  void deactivated() {
    add(Amount.DEACTIVATED, 1);
  }

  private void add(Amount what, long amount) {
    amounts[row(list, priority) + what.ordinal()] += amount;
  }

  /** Pages of this list that were freed. */
  long reclaimed(LruList from) {
    long pages = 0;
    for (int each = 0; each < PRIORITIES; each++) {
      pages += amounts[row(from.ordinal(), each) + Amount.RECLAIMED.ordinal()];
    }
    return pages;
  }

  /** Adds all to a table. */
  void addTo(long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += amounts[i];
    }
  }

  /** What was counted in a table since another was made, without what did nothing. */
  static List<ListPass> passes(long[] now, long[] since) {
    List<ListPass> passes = new ArrayList<>();
    for (LruList each : LISTS) {
      for (int priority = Reclaim.DEF_PRIORITY; priority >= 0; priority--) {
        long[] n = new long[AMOUNTS];
        for (int i = 0; i < AMOUNTS; i++) {
          int at = row(each.ordinal(), priority) + i;
          n[i] = now[at] - since[at];
        }
        if (n[Amount.PASSES.ordinal()] > 0) {
          passes.add(new ListPass(each.id(), priority, n[0], n[1], n[2], n[3], n[4], n[5], n[6]));
        }
      }
    }
    return passes;
  }
}
