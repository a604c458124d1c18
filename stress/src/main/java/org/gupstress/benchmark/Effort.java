// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much is measured, and for how long. */
public enum Effort {
  /** What the questions turn on, in ten minutes on two processors. */
  QUICK(2, 4, 3, 100, 10, 20, Duration.ofMinutes(10)),
  /** All combinations, in hours. */
  FULL(5, 8, 5, 300, 20, 50, null);

  /** Rounds that headlines may have beyond those that were planned, if that leaves doubt. */
  static final int EXTRA_ROUNDS = 8;

  /** What a fork takes before and after its iterations. */
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

  /** The time that it keeps to, unless another is asked for; null: as long as it takes. */
  public @Nullable Duration budget() {
    return budget;
  }

  /** In how many rounds everything is measured. */
  int rounds() {
    return rounds;
  }

  /** In how many rounds the figures are measured that a question turns on. */
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
