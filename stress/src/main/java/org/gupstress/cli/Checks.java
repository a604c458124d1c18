// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.gupstress.memory.MixedSizeSelfTest;
import org.gupstress.process.Refused;
import org.gupstress.result.WholeFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is looked at before anything runs. */
final class Checks {
  private static final int THREADS_MAX = 256;

  private Checks() {}

  static void threads(String option, int threads) {
    atLeastOne(option, threads);
    if (threads > THREADS_MAX) {
      throw Refused.misused(option + " can be at most " + THREADS_MAX + ", found " + threads);
    }
  }

  /**
   * Whether 64- and 32-bit accesses to the same bytes go together on this machine; says so if not.
   */
  static boolean isMachineFit(Terminal terminal) {
    String torn = MixedSizeSelfTest.onThisMachine();
    if (torn != null) {
      terminal
          .err()
          .println(
              "gupstress: 64- and 32-bit accesses to the same bytes tear on this machine: " + torn);
    }
    return torn == null;
  }

  /** Lists must not have holes: an empty name in one is a variable of a script that was not set. */
  static void noGaps(ParseResult given) {
    for (OptionSpec option : given.matchedOptions()) {
      for (String list : option.originalStringValues()) {
        if (option.splitRegex().equals(",") && ("," + list + ",").contains(",,")) {
          throw new ParameterException(
              given.commandSpec().commandLine(),
              option.longestName()
                  + " takes a list with a comma between two of it, like a,b; found \"" + list
                  + "\"");
        }
      }
    }
    if (given.subcommand() != null) {
      noGaps(given.subcommand());
    }
  }

  /**
   * A number that may be left out.
   *
   * @param value 0 if it was
   * @throws Refused if it is negative or too large
   */
  static void within(String option, int value, int most) {
    if (value < 0 || value > most) {
      throw Refused.misused(option + " is a number from 1 to " + most + "; found " + value);
    }
  }

  static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw Refused.misused(option + " must be at least 1, found " + value);
    }
  }

  /** Whether a file can be written whose kind has this mark at its beginning. */
  static void writable(Path path, String mark) {
    try {
      WholeFile.at(path, mark);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }
}
