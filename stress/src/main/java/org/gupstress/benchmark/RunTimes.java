// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

/**
 * How long the runs of JMH take on this machine, learnt from those that have ended: all of them are
 * expected to exceed the plan by the same factor.
 */
final class RunTimes {
  private double planned;
  private double taken;

  /** Learns from a run: what was planned, and what it took. */
  void took(double secondsPlanned, double secondsTaken) {
    planned += secondsPlanned;
    taken += secondsTaken;
  }

  /** How long a run will take that was planned to take {@code secondsPlanned}. */
  double seconds(double secondsPlanned) {
    return planned > 0 ? secondsPlanned * taken / planned : secondsPlanned;
  }
}
