// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.Arrays;
import java.util.List;

/**
 * How likely a harm is along an interleaving that does it: for each moment the share of all ways to
 * go on from there that end in the harm. It is exact: 0 only where no way does, 1 only where every
 * way does.
 */
public final class Odds {
  private final double[] shares;

  private Odds(double[] shares) {
    this.shares = shares;
  }

  /**
   * These.
   *
   * @param shares before the first step, and after each
   */
  public static Odds of(double... shares) {
    if (shares.length == 0) {
      throw new IllegalArgumentException("expected the share at the start at least");
    }
    return new Odds(shares.clone());
  }

  /** Steps of the interleaving. */
  public int steps() {
    return shares.length - 1;
  }

  /** The share after so many steps; after none, that of all interleavings. */
  public double after(int steps) {
    return shares[steps];
  }

  /** Before the first step, and after each. */
  public List<Double> shares() {
    return Arrays.stream(shares).boxed().toList();
  }

  /**
   * The point of no return: the first step after which every interleaving does the harm; 0 if every
   * one does from the start, the last step if nothing before it makes the harm certain.
   */
  public int noReturn() {
    int step = shares.length - 1;
    while (step > 0 && shares[step - 1] == 1) {
      step--;
    }
    return step;
  }

  /** The step that adds most to the share; 0 if there are no steps. */
  public int steepest() {
    int steepest = 0;
    for (int step = 1; step < shares.length; step++) {
      boolean isSteeper = steepest == 0 || rise(step) > rise(steepest);
      steepest = isSteeper ? step : steepest;
    }
    return steepest;
  }

  private double rise(int step) {
    return shares[step] - shares[step - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Odds odds && Arrays.equals(shares, odds.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shares);
  }

  @Override
  public String toString() {
    return Arrays.toString(shares);
  }
}
