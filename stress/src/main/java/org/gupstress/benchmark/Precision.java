// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.Locale;

/**
 * What the 95 % confidence interval of a value allows to say of it. Tables, pictures and result
 * files ask this class; none of them has a threshold of its own.
 */
public enum Precision {
  /** The interval reaches at most 10 % of the value to either side. */
  CLEAR,
  /** The interval reaches at most half the value to either side: the value is shown with it. */
  NOISY,
  /** The interval is wider than that. The value is not shown: noise hides it. */
  HIDDEN,
  /** There is a value but no interval, as of a single fork. */
  UNKNOWN;

  /** What stands in the place of a hidden value. */
  public static final String NOISE = "noise";

  private static final double CLEAR_MAX = 0.10;
  private static final double NOISY_MAX = 0.50;

  /**
   * Decides.
   *
   * @param error half the 95 % confidence interval, or NaN if there is none
   */
  public static Precision of(double value, double error) {
    if (Double.isNaN(value)) {
      return HIDDEN;
    }
    if (Double.isNaN(error)) {
      return UNKNOWN;
    }
    double share = error == 0 ? 0 : error / Math.abs(value);
    if (share <= CLEAR_MAX) {
      return CLEAR;
    }
    return share <= NOISY_MAX ? NOISY : HIDDEN;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
