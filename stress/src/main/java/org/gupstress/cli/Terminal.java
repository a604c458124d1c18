// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;

/**
 * Where the output goes.
 *
 * @param isInteractive whether somebody is watching
 * @param every how often a long run says on stderr how far it is, where nobody is watching
 */
record Terminal(PrintWriter out, PrintWriter err, boolean isInteractive, Duration every) {

  /** The streams of the process. */
  static Terminal ofProcess() {
    return new Terminal(
        new PrintWriter(System.out, false, US_ASCII),
        new PrintWriter(System.err, true, US_ASCII),
        isWatched(),
        Duration.ofSeconds(10));
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
    return new Sheet(out, format, isColoured());
  }
}
