// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.gupstress.report.ResultFile;

/** What is looked at before anything runs. */
final class Checks {
  private static final int THREADS_MAX = 256;

  private Checks() {}

  static void threads(int threads) {
    atLeastOne("--threads", threads);
    if (threads > THREADS_MAX) {
      throw new UsageError("--threads can be at most " + THREADS_MAX + ", found " + threads);
    }
  }

  static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageError(option + " must be at least 1, found " + value);
    }
  }

  static ResultFile writable(Path path) {
    try {
      return ResultFile.at(path);
    } catch (IOException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }
}
