// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.gupstress.process.Refused;
import org.gupstress.result.JunitXml;
import org.gupstress.result.WholeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Results as JUnit XML: the same option for all commands that have results. */
final class JunitOption {
  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes JUnit XML as well. What makes the status 1 is a failure.")
  private @Nullable Path file;

  /** Where it goes, or null. */
  @Nullable
  Path file() {
    return file;
  }

  /**
   * Makes sure that it can be written.
   *
   * @param others files that must not be overwritten with it
   */
  void check(List<Path> others) {
    Path wanted = file;
    if (wanted == null) {
      return;
    }
    for (Path other : others) {
      if (isSame(wanted, other)) {
        throw Refused.misused(
            "--junit and the result file must be two files, found " + wanted + " for both");
      }
    }
    Checks.writable(wanted, JunitXml.MARK);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
          || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether anybody wants cases. */
  boolean isWanted(Terminal terminal) {
    return file != null || new CiSystem(terminal).isThere();
  }

  /**
   * Writes it, if it is wanted, and tells the CI system, if there is one: cases are made for that
   * alone.
   */
  void write(Terminal terminal, Supplier<List<JunitXml.Case>> made) {
    if (!isWanted(terminal)) {
      return;
    }
    List<JunitXml.Case> cases = made.get();
    new CiSystem(terminal).tell(cases);
    Path wanted = file;
    if (wanted == null) {
      return;
    }
    try {
      WholeFile.at(wanted, JunitXml.MARK).write(out -> JunitXml.write(cases, out));
    } catch (IOException e) {
      throw Refused.unwritten(wanted, e, "");
    }
  }
}
