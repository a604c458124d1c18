// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import picocli.CommandLine.Option;

/** How a command prints: the same option for all that print results. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "F",
      description = "terminal, or mail: 72 columns of plain text.")
  private Format format = Format.TERMINAL;

  /** What the command prints on. */
  Sheet sheet(Terminal terminal) {
    return terminal.sheet(format);
  }
}
