// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * The references that one CPU has taken and dropped, by reason and call site. A pin that is more
 * than 1 in {@code _refcount} is one reference of that many units.
 *
 * <p>Assumes that the CPU's thread alone writes. Others get exact numbers while the CPU stands
 * still, and numbers that may be a moment old otherwise.
 */
final class ReferenceLedger {
  private static final int SITES = Site.values().length;
  private static final int REASONS = Ref.values().length;
  private static final int GUP = Ref.GUP.ordinal();

  /** Where pins of many units are, behind all reasons. */
  private static final int PINS = REASONS;

  private final int unitsPerPin;
  private final int[] site = new int[REASONS];
  private final long[] taken = new long[(REASONS + 1) * SITES];
  private final long[] dropped = new long[taken.length];

  /** @param unitsPerPin what the design adds to {@code _refcount} for a pin */
  ReferenceLedger(int unitsPerPin) {
    this.unitsPerPin = unitsPerPin;
  }

  /** The CPU takes and drops references of a reason at this call site from now on. */
  void enter(int reason, int callSite) {
    site[reason] = callSite;
  }

  /** @param amount of units taken; negative if they are dropped */
  void add(int reason, long amount) {
    boolean isPin = reason == GUP && unitsPerPin > 1 && amount % unitsPerPin == 0;
    int at = (isPin ? PINS : reason) * SITES + site[reason];
    long references = isPin ? amount / unitsPerPin : amount;
    if (references > 0) {
      taken[at] += references;
    } else {
      dropped[at] -= references;
    }
  }

  /** References of one unit. */
  long taken(Ref reason, Site at) {
    return taken[reason.ordinal() * SITES + at.ordinal()];
  }

  long dropped(Ref reason, Site at) {
    return dropped[reason.ordinal() * SITES + at.ordinal()];
  }

  /** The table of references. Where a reason has a taker and a dropper, each has a row. */
  static List<ReferenceRow> rows(List<ReferenceLedger> ledgers, int unitsPerPin) {
    List<ReferenceRow> rows = new ArrayList<>();
    for (Ref reason : Ref.values()) {
      addRows(reason, reason.ordinal(), 1, ledgers, rows);
      if (reason == Ref.GUP) {
        addRows(reason, PINS, unitsPerPin, ledgers, rows);
      }
    }
    rows.removeIf(row -> row.taken() + row.dropped() == 0);
    return rows;
  }

  private static void addRows(
      Ref reason, int index, int units, List<ReferenceLedger> ledgers, List<ReferenceRow> rows) {
    for (Site site : Site.values()) {
      int at = index * SITES + site.ordinal();
      long taken = ledgers.stream().mapToLong(ledger -> ledger.taken[at]).sum();
      long dropped = ledgers.stream().mapToLong(ledger -> ledger.dropped[at]).sum();
      if (site != Site.USUAL) {
        rows.add(new ReferenceRow(reason, site.id(), units, taken, dropped));
      } else if (reason.taker().equals(reason.dropper())) {
        rows.add(new ReferenceRow(reason, reason.taker(), units, taken, dropped));
      } else {
        rows.add(new ReferenceRow(reason, reason.taker(), units, taken, 0));
        rows.add(new ReferenceRow(reason, reason.dropper(), units, 0, dropped));
      }
    }
  }
}
