// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Says from time to time how far a long run is, as whole lines of stderr, where the output goes to
 * a file or a pipe. On a terminal it is silent: there the commands show what they do themselves.
 */
final class Ticker implements AutoCloseable {
  private final Terminal terminal;
  private final Duration budget;
  private final Supplier<String> progress;
  private final long start = System.nanoTime();
  private final @Nullable ScheduledExecutorService clock;

  /**
   * Begins.
   *
   * @param budget the time that the run has
   * @param progress what is done of what was planned; another thread calls it
   */
  Ticker(Terminal terminal, Duration budget, Supplier<String> progress) {
    this.terminal = terminal;
    this.budget = budget;
    this.progress = progress;
    this.clock = terminal.isInteractive()
        ? null
        : Executors.newSingleThreadScheduledExecutor(run -> {
          Thread thread = new Thread(run, "ticker");
          thread.setDaemon(true);
          return thread;
        });
    if (clock != null) {
      long nanos = terminal.every().toNanos();
      var unused = clock.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    terminal
        .err()
        .println("gupstress: "
            + progress.get()
            + ", "
            + Numbers.seconds((System.nanoTime() - start) / 1e9)
            + " of at most "
            + Numbers.seconds(budget.toNanos() / 1e9));
  }

  /** Says nothing more. */
  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }
}
