// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;

/** Where the output goes. What is written here steers no terminal, whatever is in it. */
final class Terminal {
  /** Of a terminal that does not say how wide it is. */
  private static final int NORMAL = 80;

  /** Tables are no longer readable in fewer columns, nor texts in more. */
  private static final int NARROWEST = 60;

  private static final int WIDEST = 160;

  private final PrintWriter steering;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isInteractive;
  private final Duration every;
  private final Map<String, String> environment;
  private boolean isQuiet;
  private int measured;

  /**
   * Two streams.
   *
   * @param isInteractive whether somebody is watching
   * @param every how often a long run says on stderr how far it is, where nobody is watching
   */
  Terminal(PrintWriter out, PrintWriter err, boolean isInteractive, Duration every) {
    this(out, err, isInteractive, every, Map.of());
  }

  /**
   * Two streams.
   *
   * @param isInteractive whether somebody is watching
   * @param every how often a long run says on stderr how far it is, where nobody is watching
   * @param environment variables that say how to print
   */
  Terminal(
      PrintWriter out,
      PrintWriter err,
      boolean isInteractive,
      Duration every,
      Map<String, String> environment) {
    this.environment = environment;
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
        Duration.ofSeconds(10),
        System.getenv());
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
    return isInteractive || isColoured() ? steering : out;
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

  /** NO_COLOR takes colours away; CLICOLOR_FORCE has them where nobody watches, too. */
  boolean isColoured() {
    if (isSet("NO_COLOR")) {
      return false;
    }
    return isInteractive
        || (isSet("CLICOLOR_FORCE") && !"0".equals(environment.get("CLICOLOR_FORCE")));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  /** Variables that say how to print. */
  Map<String, String> environment() {
    return environment;
  }

  /** Says nothing of how far a run is. */
  void hush(boolean quiet) {
    isQuiet = quiet;
  }

  /** Whether nothing is to be said of how far a run is. */
  boolean isQuiet() {
    return isQuiet;
  }

  /**
   * The columns: of the variable COLUMNS, or of the terminal if somebody watches; within reason.
   */
  int width() {
    int columns = columns();
    int unknown = isInteractive ? NORMAL : Format.TERMINAL.width();
    return columns <= 0 ? unknown : Math.max(NARROWEST, Math.min(WIDEST, columns));
  }

  private int columns() {
    String given = environment.getOrDefault("COLUMNS", "");
    if (given.matches("[0-9]{1,5}")) {
      return Integer.parseInt(given);
    }
    if (isInteractive && measured == 0) {
      measured = TerminalSize.columns();
    }
    return measured;
  }

  Sheet sheet(Format format) {
    return new Sheet(
        steering(), format, format == Format.MAIL ? format.width() : width(), isColoured());
  }
}
