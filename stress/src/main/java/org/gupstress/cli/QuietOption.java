// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import picocli.CommandLine.Option;

/** Whether a command says how far it is: the same option for all that take their time. */
final class QuietOption {
  private final Terminal terminal;

  QuietOption(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(names = "--quiet", description = "Does not say how far the run is.")
  void quiet(boolean isWanted) {
    terminal.hush(isWanted);
  }
}
