// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.Locale;

/** Shares of samples or interleavings, which may be very small, as texts. */
public final class Frequency {
  private Frequency() {}

  /** In percent, like 12.34%; like 1.2e-07 below one in a million. */
  public static String text(double share) {
    if (share == 0) {
      return "0";
    }
    return share < 1e-6
        ? String.format(Locale.ROOT, "%.1e", share)
        : String.format(Locale.ROOT, share < 1e-3 ? "%.4f%%" : "%.2f%%", 100 * share);
  }
}
