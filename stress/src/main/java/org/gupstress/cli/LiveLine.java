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
      String line = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
      terminal.out().print('\r' + line + " ".repeat(WIDTH - line.length()));
      terminal.out().flush();
    }
  }

  void clear() {
    if (terminal.isInteractive()) {
      show("");
      terminal.out().print('\r');
      terminal.out().flush();
    }
  }
}
