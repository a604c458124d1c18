// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.gupstress.storm.Storm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that nobody watches is not silent, and writes whole lines only. */
@SuppressWarnings("try")
class TickerTest {
  private static final int LINES = 3;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path directory;

  private Terminal terminal(boolean isInteractive) {
    return new Terminal(
        new PrintWriter(out), new PrintWriter(err), isInteractive, Duration.ofMillis(1));
  }

  @Test
  void aLineComesAgainAndAgain() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(LINES + 1);
    try (Ticker ticker = new Ticker(terminal(false), Duration.ofMinutes(2), () -> {
      asked.countDown();
      return "3 of 7 runs done";
    })) {
      asked.await();
    }
    assertThat(err.toString().lines())
        .hasSizeGreaterThanOrEqualTo(LINES)
        .allMatch(line -> line.matches("gupstress: 3 of 7 runs done, [0-9.]+ s of at most 120 s"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aTerminalIsWrittenNoLines() {
    try (Ticker ticker = new Ticker(terminal(true), Duration.ofMinutes(2), () -> "no", false)) {
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void anAuditSaysHowFarItIs() {
    Main.run(
        terminal(false),
        new Storm(),
        "audit",
        "--design",
        "foll-pin",
        "--scenario",
        "pin-unpin,pin-vs-drain",
        "--json",
        directory.resolve("result.json").toString());
    assertThat(err.toString()).contains("gupstress: 0 of 4 runs done, ");
    assertThat(out.toString() + err).doesNotContain("\r", "\u001b");
  }

  @Test
  void anExplorationSaysThatItRuns() {
    Main.run(
        terminal(false),
        new Storm(),
        "explore",
        "--design",
        "rfc-nov",
        "--scenario",
        "pin-vs-reclaim");
    assertThat(err.toString())
        .contains(
            "gupstress: exploring rfc-nov in pin-vs-reclaim, production kernel, ", " of at most ");
  }

  /** On a terminal a bar is written over; what is quiet has none, and no lines elsewhere. */
  @Test
  @Timeout(60)
  void aTerminalHasABarUnlessItIsToBeQuiet() throws InterruptedException {
    Progress progress = new Progress(terminal(true), 7, Duration.ZERO);
    while (!out.toString().contains("0/7")) {
      Thread.sleep(1);
    }
    progress.clear();
    assertThat(out.toString()).contains("\raudit");
    out.getBuffer().setLength(0);
    Terminal quiet = terminal(true);
    quiet.hush(true);
    new Progress(quiet, 7, Duration.ZERO).clear();
    assertThat(out.toString()).isEmpty();
    for (String[] words : new String[][] {{}, {"--quiet"}}) {
      err.getBuffer().setLength(0);
      String[] audit = {
        "audit",
        "--design",
        "foll-pin,rfc-nov",
        "--scenario",
        "pin-vs-drain,pin-unpin,pin-vs-reclaim",
        "--json",
        directory.resolve("quiet.json").toString()
      };
      String[] all = Arrays.copyOf(audit, audit.length + words.length);
      System.arraycopy(words, 0, all, audit.length, words.length);
      Main.run(terminal(false), new Storm(), all);
      assertThat(err.toString().isEmpty()).isEqualTo(words.length == 1);
    }
  }
}
