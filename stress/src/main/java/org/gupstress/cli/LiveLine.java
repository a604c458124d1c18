// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

/** A line of the terminal that is written over again and again; silent where nobody watches. */
final class LiveLine {
  private final Terminal terminal;

  LiveLine(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(String text) {
    if (terminal.isInteractive() && !terminal.isQuiet()) {
      int width = terminal.width() - 1;
      String plain = PlainWriter.plain(text);
      String line = plain.length() > width ? plain.substring(0, width) : plain;
      terminal.steering().print('\r' + line + " ".repeat(width - line.length()));
      terminal.steering().flush();
    }
  }

  void clear() {
    if (terminal.isInteractive() && !terminal.isQuiet()) {
      show("");
      terminal.steering().print('\r');
      terminal.steering().flush();
    }
  }
}
