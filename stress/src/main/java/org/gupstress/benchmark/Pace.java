// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

/** How long forks take on this machine, learnt from those that have run. */
final class Pace {
  private double planned;
  private double taken;

  /** What was planned to take so long took so long. */
  void took(double secondsPlanned, double secondsTaken) {
    planned += secondsPlanned;
    taken += secondsTaken;
  }

  /** What is planned to take so long will take so long. */
  double seconds(double secondsPlanned) {
    return planned > 0 ? secondsPlanned * taken / planned : secondsPlanned;
  }
}
