// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

import org.gupstress.page.Ref;

/**
 * References to pages that one function took and dropped for one reason. Where a reason's
 * references are taken in one function and dropped in another, only the sums over all balance.
 *
 * @param site the function
 * @param units of {@code _refcount} that each of them is: {@link #PIN} for a pin of FOLL_PIN
 */
public record ReferenceRow(Ref reason, String site, int units, long taken, long dropped) {
  /** GUP_PIN_COUNTING_BIAS: what a pin of FOLL_PIN adds to the count of a page. */
  public static final int PIN = 1024;

  /** References that are 1 in {@code _refcount}. */
  public ReferenceRow(Ref reason, String site, long taken, long dropped) {
    this(reason, site, 1, taken, dropped);
  }

  /** Whether each of them is a pin of FOLL_PIN. */
  public boolean isOfPins() {
    return units > 1;
  }
}
