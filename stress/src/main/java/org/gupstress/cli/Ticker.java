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
 * Says from time to time how far a long run is: as whole lines of stderr, where the output goes to
 * a file or a pipe, and in one line that is written over on a terminal, from 3 s on.
 */
final class Ticker implements AutoCloseable {
  /** On a terminal: a run that is over before needs no line. */
  private static final long SHOWN_AFTER = 3_000_000_000L;

  private static final long SHOWN_EVERY = 500_000_000L;

  private final Terminal terminal;
  private final LiveLine line;
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
    this(terminal, budget, progress, true);
  }

  /**
   * Begins.
   *
   * @param budget the time that the run has
   * @param progress what is done of what was planned; another thread calls it
   * @param isShown false: on a terminal the command itself shows how far it is
   */
  Ticker(Terminal terminal, Duration budget, Supplier<String> progress, boolean isShown) {
    this.terminal = terminal;
    this.budget = budget;
    this.progress = progress;
    this.line = new LiveLine(terminal);
    this.clock = terminal.isQuiet() || (terminal.isInteractive() && !isShown)
        ? null
        : Executors.newSingleThreadScheduledExecutor(run -> {
          Thread thread = new Thread(run, "ticker");
          thread.setDaemon(true);
          return thread;
        });
    if (clock != null) {
      long nanos = terminal.isInteractive() ? SHOWN_EVERY : terminal.every().toNanos();
      long first = terminal.isInteractive() ? SHOWN_AFTER : nanos;
      var unused = clock.scheduleAtFixedRate(this::tick, first, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    String text = progress.get()
        + ", "
        + Numbers.seconds((System.nanoTime() - start) / 1e9)
        + " of at most "
        + Numbers.seconds(budget.toNanos() / 1e9);
    if (terminal.isInteractive()) {
      line.show(text);
    } else {
      terminal.err().println("gupstress: " + text);
    }
  }

  /** Says nothing more. */
  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
      line.clear();
    }
  }
}
