// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a run measures, and for how long. */
public enum Effort {
  /** The figures that the questions turn on, in ten minutes on two processors. */
  QUICK(2, 4, 3, 100, 10, 20, Duration.ofMinutes(10)),
  /** All configurations, in hours. */
  FULL(5, 8, 5, 300, 20, 50, null);

  /** How many more rounds headlines get, at most, while their interval is too wide. */
  static final int EXTRA_ROUNDS = 8;

  /** The time of a fork without its iterations. */
  private static final double SECONDS_PER_FORK = 0.7;

  private final int rounds;
  private final int headlineRounds;
  private final int warmUps;
  private final int warmUpMillis;
  private final int iterations;
  private final int iterationMillis;
  private final @Nullable Duration budget;

  Effort(
      int rounds,
      int headlineRounds,
      int warmUps,
      int warmUpMillis,
      int iterations,
      int iterationMillis,
      @Nullable Duration budget) {
    this.rounds = rounds;
    this.headlineRounds = headlineRounds;
    this.warmUps = warmUps;
    this.warmUpMillis = warmUpMillis;
    this.iterations = iterations;
    this.iterationMillis = iterationMillis;
    this.budget = budget;
  }

  /** The budget, unless the user gives another; null: no limit. */
  public @Nullable Duration budget() {
    return budget;
  }

  /** The number of rounds that measure everything. */
  int rounds() {
    return rounds;
  }

  /** The number of rounds that measure the headline figures. */
  int headlineRounds() {
    return headlineRounds;
  }

  /** About how long one fork takes. */
  double secondsPerFork() {
    return SECONDS_PER_FORK + (warmUps * warmUpMillis + iterations * iterationMillis) / 1e3;
  }

  /** The options of JMH for one round. A benchmark that fails must not end the others. */
  List<String> options() {
    return List.of(
        "-f",
        "1",
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
