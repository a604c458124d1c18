// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.IOException;
import java.nio.file.Path;
import org.gupstress.outcome.OutcomeTest;

/**
 * How many samples a second tests make, each in JVMs that one JVM of jcstress forks, as in a run.
 */
public final class SampleRates implements AutoCloseable {
  private static final int FORKS = 1;
  private static final int ITERATIONS = 3;

  /** Long enough for the compilers, which need the processors of the actors. */
  private static final int MILLIS = 1000;

  private final Invocation invocation;

  /** Starts it. */
  public SampleRates(Path directory) throws IOException {
    this.invocation = new Invocation(Profile.LEAN.options(FORKS, ITERATIONS), directory);
  }

  /** Waits until it has probed the machine; whether it can be used. */
  public boolean isReady() throws InterruptedException {
    return invocation.isReady(Long.MAX_VALUE);
  }

  /** Samples a second: the median of the test's configurations, or NaN if none has run. */
  public double of(OutcomeTest test) throws IOException, InterruptedException {
    double[] rates = invocation.run(test, MILLIS, Integer.MAX_VALUE).executions().stream()
        .mapToDouble(Jcstress.Execution::rate)
        .sorted()
        .toArray();
    return rates.length == 0
        ? Double.NaN
        : (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
  }

  @Override
  public void close() {
    invocation.close();
  }
}
