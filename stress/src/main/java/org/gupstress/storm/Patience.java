// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;

/**
 * How long a CPU may get nowhere before the machine is stopped. Where many CPUs share a processor,
 * each gets its turn that much later. A deadlock is told by what CPUs wait for, and needs none of
 * that.
 *
 * @param longest time in one operation, whatever the CPU does there: a busy host may explain it
 * @param looping CPU time of an operation that waits for nothing: no busy host explains that
 * @param deadlocked time in which a deadlock does not change; nobody can end one, so this is only
 *     for those that came to it a moment later to be named as well
 */
record Patience(Duration longest, Duration looping, Duration deadlocked) {
  private static final Duration DEADLOCKED = Duration.ofSeconds(1);

  /** Whatever a shipped design does, it is more likely that the host is busy. */
  static final Patience OF_SHIPPED =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10), DEADLOCKED);

  static final Patience OF_USERS =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(4), DEADLOCKED);

  /** How many CPUs share a processor. */
  static int turns(int cpus, int processors) {
    return Math.max(1, (cpus + processors - 1) / processors);
  }

  /** The same for a machine of so many CPUs on so many processors. */
  Patience of(int cpus, int processors) {
    int turns = turns(cpus, processors);
    return new Patience(longest.multipliedBy(turns), looping.multipliedBy(turns), deadlocked);
  }
}
