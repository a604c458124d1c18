// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.List;

/** How much is measured, and for how long. */
public enum Effort {
  /** What the questions turn on, in minutes. */
  QUICK(3, 2, 250, 3, 100),
  /** All combinations, in hours. */
  FULL(5, 5, 500, 5, 500);

  /** What a fork takes before and after its iterations. */
  private static final double SECONDS_PER_FORK = 0.7;

  private final int forks;
  private final int warmUps;
  private final int warmUpMillis;
  private final int iterations;
  private final int iterationMillis;

  Effort(int forks, int warmUps, int warmUpMillis, int iterations, int iterationMillis) {
    this.forks = forks;
    this.warmUps = warmUps;
    this.warmUpMillis = warmUpMillis;
    this.iterations = iterations;
    this.iterationMillis = iterationMillis;
  }

  int forks() {
    return forks;
  }

  /** About how long one configuration takes. */
  double seconds() {
    double iterating = (warmUps * warmUpMillis + iterations * iterationMillis) / 1e3;
    return forks * (SECONDS_PER_FORK + iterating);
  }

  /** The options of JMH. A benchmark that fails must not end the others. */
  List<String> options() {
    return List.of(
        "-f",
        Integer.toString(forks),
        "-wi",
        Integer.toString(warmUps),
        "-w",
        warmUpMillis + "ms",
        "-i",
        Integer.toString(iterations),
        "-r",
        iterationMillis + "ms",
        "-foe",
        "false");
  }
}
