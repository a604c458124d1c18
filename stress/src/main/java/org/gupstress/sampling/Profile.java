// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.memory.NativeMemory;

/** How much of jcstress's space of configurations a run covers. */
public enum Profile {
  /** Every test, compiled as the JVM likes, in minutes. */
  LEAN(false, 5, 250, 1),
  /** Every combination of compilers, in tens of minutes. */
  QUICK(true, 5, 200, 9),
  /** Every combination of compilers, long iterations: hours. */
  DEFAULT(true, 5, 1000, 9);

  /** One set of flags: jcstress would go through four of them. */
  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS);

  /** What a configuration costs beyond its iterations: a JVM, its warm-up, and the checks in it. */
  static final double SECONDS_PER_FORK = 1.0;

  /** What it takes to find out what the machine can run, once in a run. */
  static final double SECONDS_TO_PROBE = 5.0;

  /** Iterations end with a whole loop of samples, so they last longer than they should. */
  private static final double OVERRUN = 1.2;

  /** Shorter iterations measure the start of threads, and save little of what a JVM costs. */
  static final int MILLIS_MIN = 50;

  private final boolean splitsCompilation;
  private final int iterations;
  private final int millis;
  private final int configurations;

  Profile(boolean splitsCompilation, int iterations, int millis, int configurations) {
    this.splitsCompilation = splitsCompilation;
    this.iterations = iterations;
    this.millis = millis;
    this.configurations = configurations;
  }

  int iterations() {
    return iterations;
  }

  int millis() {
    return millis;
  }

  /** Estimated: jcstress decides, by the processors it finds. */
  int configurationsPerTest() {
    return configurations;
  }

  /** Seconds that the iterations of one configuration take. */
  double secondsOfIterations(int millisPerIteration) {
    return iterations * millisPerIteration * OVERRUN / 1e3;
  }

  /**
   * For how long a test is sampled if there is time for all of it, on a JDK that has so many
   * configurations, or has more than this profile.
   */
  double secondsSampled(int found) {
    return Math.min(found, configurations) * iterations * millis / 1e3;
  }

  /** The options of jcstress, all but how long iterations last. */
  List<String> options() {
    return options(1, iterations);
  }

  List<String> options(int forks, int iterationsPerFork) {
    List<String> options = new ArrayList<>(List.of(
        "-f", Integer.toString(forks),
        "-iters", Integer.toString(iterationsPerFork),
        "-sc", Boolean.toString(splitsCompilation)));
    // a busy wait would wait for a thread that has no processor, on a machine that has other work
    options.addAll(List.of("-spinStyle", "THREAD_YIELD"));
    // so few samples at once that their machines stay in the caches
    options.addAll(List.of("-strideCount", "10"));
    // a sample is a reference and a number; a heap of the usual size takes longer to touch than to
    // use
    options.addAll(List.of("-hs", "64", "-pth", "false"));
    options.addAll(List.of("-jvmArgs", String.join(" ", FLAGS)));
    return options;
  }
}
