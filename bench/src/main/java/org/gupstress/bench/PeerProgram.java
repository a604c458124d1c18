// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What comparisons with other programs have in common. */
final class PeerProgram {
  private PeerProgram() {}

  /** The file that is the only argument; ends the program if there is none. */
  static Path source(String[] args, String what) {
    if (args.length != 1 || !Files.isReadable(Path.of(args[0]))) {
      System.err.println("expected one argument, the readable file of " + what);
      System.exit(2);
    }
    return Path.of(args[0]).toAbsolutePath();
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
