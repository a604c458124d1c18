// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.text.DecimalFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.gupstress.audit.Case;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Says how far the audit is and what it found last. On a terminal it is a bar with what is done of
 * what is planned, the rate and the time left, from 3 s on.
 */
final class Progress {
  /** A run that is over before needs no bar. */
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(3);

  private static final int EVERY_MILLIS = 250;

  private final LiveLine line;
  private final @Nullable ProgressBar bar;
  private final long start = System.nanoTime();
  private final Duration patience;
  private final int all;
  private int done;
  private String last = "";

  Progress(Terminal terminal, int all) {
    this(terminal, all, SHOWN_AFTER);
  }

  /**
   * Begins.
   *
   * @param all the runs that are planned
   * @param patience how long there is no bar
   */
  Progress(Terminal terminal, int all, Duration patience) {
    this.patience = patience;
    this.line = new LiveLine(terminal);
    this.all = all;
    this.bar = terminal.isInteractive() && !terminal.isQuiet()
        ? new ProgressBarBuilder()
            .setTaskName("audit")
            .setUnit(" runs", 1)
            .setInitialMax(all)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(EVERY_MILLIS)
            .showSpeed(new DecimalFormat(" 0.0"))
            .setConsumer(new DelegatingProgressBarConsumer(this::show, terminal.width() - 1))
            .build()
        : null;
  }

  private void show(String text) {
    if (System.nanoTime() - start > patience.toNanos()) {
      line.show(text.strip());
    }
  }

  synchronized void done(Case c) {
    done++;
    List<String> violated = Arrays.stream(Claim.values())
        .filter(claim -> c.verdict(claim) == Verdict.VIOLATED)
        .map(Claim::id)
        .toList();
    last = c.plan().design().id()
        + " "
        + c.plan().scenario().id()
        + " "
        + c.plan().kernel().id()
        + (violated.isEmpty() ? ": nothing violated" : ": violated " + violated);
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + c.plan().design().id());
    }
  }

  /** How far it is, where no line can be written over. */
  synchronized String text() {
    return done + " of " + all + " runs done" + (last.isEmpty() ? "" : ", last " + last);
  }

  synchronized void clear() {
    if (bar != null) {
      bar.close();
    }
    line.clear();
  }
}
