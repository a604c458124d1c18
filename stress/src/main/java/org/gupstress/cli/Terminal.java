// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;

/** Where the output goes. What is written here steers no terminal, whatever is in it. */
final class Terminal {
  private final PrintWriter steering;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isInteractive;
  private final Duration every;

  /**
   * Two streams.
   *
   * @param isInteractive whether somebody is watching
   * @param every how often a long run says on stderr how far it is, where nobody is watching
   */
  Terminal(PrintWriter out, PrintWriter err, boolean isInteractive, Duration every) {
    this.steering = out;
    this.out = new PlainWriter(out, false);
    this.err = new PlainWriter(err, true);
    this.isInteractive = isInteractive;
    this.every = every;
  }

  /**
   * The streams of the process.
   *
   * @param standard where the output goes
   */
  static Terminal ofProcess(StandardOutput standard) {
    return new Terminal(
        new PrintWriter(standard, false, US_ASCII),
        new PrintWriter(System.err, true, US_ASCII),
        isWatched(),
        Duration.ofSeconds(10));
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  boolean isInteractive() {
    return isInteractive;
  }

  Duration every() {
    return every;
  }

  /**
   * The output for what sets colours or goes back in its line, if somebody watches; whoever writes
   * to it makes sure that nothing else in it does.
   */
  PrintWriter steering() {
    return isInteractive ? steering : out;
  }

  /** From Java 22 on there can be a console that is not a terminal; only those versions can say. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isWatched() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  boolean isColoured() {
    String noColor = System.getenv("NO_COLOR");
    return isInteractive && (noColor == null || noColor.isEmpty());
  }

  Sheet sheet(Format format) {
    return new Sheet(steering(), format, isColoured());
  }
}
