// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

/**
 * The state of an outcome test: one machine of a ring. jcstress looks for actors and arbiters in
 * the test class alone, so each has its own one-line methods that lead here.
 */
abstract class Sample {
  private final Rig.Ring ring;
  private final long number;

  Sample(Rig rig) {
    this.ring = rig.ring();
    this.number = ring.take();
  }

  /** Runs the program of a CPU. */
  final void run(int cpu) {
    ring.act(cpu, number);
  }

  /** The name of the way in which it ended. */
  final String outcome() {
    return ring.judge(number);
  }
}
