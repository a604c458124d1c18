// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.List;

/** How much of jcstress's space of configurations a run covers. */
public enum Profile {
  /** Every test, compiled as the JVM likes, in minutes. */
  LEAN(false, 3, 200, 2),
  /** Every combination of compilers, in tens of minutes. */
  QUICK(true, 5, 200, 18),
  /** Every combination of compilers, long iterations: hours. */
  DEFAULT(true, 5, 1000, 18);

  /** What a configuration costs beyond its iterations: a JVM, its warm-up, and the checks in it. */
  static final double SECONDS_PER_FORK = 1.0;

  /** What an invocation of jcstress costs before its first configuration. */
  static final double SECONDS_PER_INVOCATION = 5.0;

  /** Iterations end with a whole loop of samples, so they last longer than they should. */
  private static final double OVERRUN = 1.2;

  /** Shorter iterations measure the start of threads. */
  static final int MILLIS_MIN = 20;

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

  /** Seconds of one test whose iterations are so long. */
  double secondsPerTest(int millisPerIteration) {
    return configurations * (SECONDS_PER_FORK + iterations * millisPerIteration * OVERRUN / 1e3);
  }

  /** The options of jcstress. */
  List<String> options(int millisPerIteration) {
    return options(1, iterations, millisPerIteration);
  }

  List<String> options(int forks, int iterationsPerFork, int millisPerIteration) {
    List<String> options = new ArrayList<>(List.of(
        "-f", Integer.toString(forks),
        "-iters", Integer.toString(iterationsPerFork),
        "-time", Integer.toString(millisPerIteration),
        "-sc", Boolean.toString(splitsCompilation)));
    // a busy wait would wait for a thread that has no processor, on a machine that has other work
    options.addAll(List.of("-spinStyle", "THREAD_YIELD"));
    // so few samples at once that their machines stay in the caches
    options.addAll(List.of("-strideCount", "10"));
    // one set of flags: jcstress would go through four of them, doubled by biased locking
    options.addAll(List.of("-jvmArgs", "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"));
    return options;
  }
}
