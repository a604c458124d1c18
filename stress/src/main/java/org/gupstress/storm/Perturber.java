// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.concurrent.locks.LockSupport;

/** The dice of one CPU, and the delays that they decide upon. */
final class Perturber {
  private static final int WATCH_ONE_IN = 64;
  private static final int TREMBLE_ONE_IN = 256;
  private static final int STARVE_ONE_IN = 1 << 20;
  private static final long STARVE_NANOS = 20_000_000;
  private static final int TREMBLE_SPINS = 200;

  /**
   * msleep(100) of a throttled reclaimer, in the time of a machine that is a hundredth as large.
   */
  private static final long THROTTLE_NANOS = 1_000_000;

  private final Perturbation perturbation;
  private long state;

  Perturber(Perturbation perturbation, long seed) {
    this.perturbation = perturbation;
    // splitmix64, so that neighbouring seeds do not give neighbouring sequences
    long mixed = (seed + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    this.state = (mixed ^ (mixed >>> 27)) | 1;
  }

  /** A random number from 0 up to but without {@code bound}. */
  int next(int bound) {
    // xorshift64
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (int) ((state >>> 33) % bound);
  }

  /** Whether this access is one of those that are watched. */
  boolean samples() {
    return next(WATCH_ONE_IN) == 0;
  }

  /**
   * Before and after a lock is taken, before an access of the design to the union, and between
   * those accesses that change a reference or a list.
   */
  void atAccess() {
    if (perturbation != Perturbation.NONE) {
      delay();
    }
  }

  private void delay() {
    switch (perturbation) {
      case NONE -> {}
      case STARVE -> {
        if (next(STARVE_ONE_IN) == 0) {
          LockSupport.parkNanos(STARVE_NANOS);
        }
      }
      case TREMBLE -> {
        if (next(TREMBLE_ONE_IN) == 0) {
          spin();
        }
      }
    }
  }

  /** Inside a window that is watched: long enough for another CPU to come between. */
  void spin() {
    for (int i = next(TREMBLE_SPINS); i >= 0; i--) {
      Thread.onSpinWait();
    }
  }

  /** A reclaimer waits for others to give pages back. */
  static void sleep() {
    LockSupport.parkNanos(THROTTLE_NANOS);
  }
}
