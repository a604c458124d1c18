// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

/** A line of the terminal that is written over again and again; silent where nobody watches. */
final class LiveLine {
  private static final int WIDTH = 79;

  private final Terminal terminal;

  LiveLine(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(String text) {
    if (terminal.isInteractive()) {
      String plain = PlainWriter.plain(text);
      String line = plain.length() > WIDTH ? plain.substring(0, WIDTH) : plain;
      terminal.steering().print('\r' + line + " ".repeat(WIDTH - line.length()));
      terminal.steering().flush();
    }
  }

  void clear() {
    if (terminal.isInteractive()) {
      show("");
      terminal.steering().print('\r');
      terminal.steering().flush();
    }
  }
}
