// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs with which the model is compared. */
final class PeerProgram {
  private PeerProgram() {}

  /**
   * Makes sure that a program is installed.
   *
   * @param debianPackage that has it
   * @throws IOException with a sentence that says what to install
   */
  static void need(String program, String debianPackage) throws IOException {
    need(program, debianPackage, System.getenv().getOrDefault("PATH", ""));
  }

  static void need(String program, String debianPackage, String path) throws IOException {
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return;
      }
    }
    throw new IOException("expected the program " + program
        + " in the PATH, found none: install the"
        + " package " + debianPackage + " (on Debian and Ubuntu: apt-get install " + debianPackage
        + ")");
  }

  /** Copies a source file from this jar into a directory. */
  static Path resource(String name, Path directory) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream in = PeerProgram.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("expected " + name + " in the jar, found none");
      }
      Files.copy(in, copy);
    }
    return copy;
  }

  /** The lines that a command prints. */
  static List<String> run(Path dir, String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .start();
    List<String> lines = new ArrayList<>();
    try (var reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + String.join("\n", lines));
    }
    return lines;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
