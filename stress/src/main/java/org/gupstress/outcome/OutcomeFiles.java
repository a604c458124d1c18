// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.gupstress.report.OtherRows;
import org.gupstress.report.ResultFile;
import org.gupstress.report.ResultJson;
import org.jspecify.annotations.Nullable;

/** Where the rows of a run go: result.json, beside the rows of other engines, and JUnit XML. */
final class OutcomeFiles {
  /** What jcstress's reports and the rows of a whole run need, with room to spare. */
  private static final int REPORTS_MB = 64;

  private static final int ROWS_MB = 2;

  private final ResultFile json;
  private final @Nullable ResultFile junit;
  private final OtherRows others;
  private final @Nullable Duration budget;

  private OutcomeFiles(OutcomeRun.Options options) throws IOException {
    Path xml = options.junit();
    this.json = ResultFile.at(options.json());
    this.junit = xml == null ? null : ResultFile.at(xml);
    this.others = OtherRows.than(OutcomeJson.ENGINE, options.json());
    this.budget = options.budget();
    makeSureOfRoom(options.json().toAbsolutePath().getParent(), ROWS_MB);
  }

  private static void makeSureOfRoom(@Nullable Path directory, int megabytes) throws IOException {
    if (directory != null && Files.isDirectory(directory)) {
      long free = Files.getFileStore(directory).getUsableSpace() >> 20;
      if (free < megabytes) {
        throw new IOException(String.format(
            "no room for results in %s: expected %d MB free, found %d MB",
            directory, megabytes, free));
      }
    }
  }

  /** Makes sure that they can be written. */
  static OutcomeFiles of(OutcomeRun.Options options) throws Refused {
    try {
      return new OutcomeFiles(options);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** A directory for what jcstress writes in this run. */
  static Path directory(Path parent) throws Refused {
    Path directory = parent
        .toAbsolutePath()
        .resolve("run-"
            + LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")));
    try {
      makeSureOfRoom(existing(directory), REPORTS_MB);
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw Refused.misused("cannot write results to " + parent + ": " + e.getMessage());
    }
    return directory;
  }

  private static @Nullable Path existing(@Nullable Path directory) {
    return directory == null || Files.exists(directory)
        ? directory
        : existing(directory.getParent());
  }

  /** Writes all rows there are so far. */
  void save(List<OutcomeRow> rows) throws Refused {
    ResultJson.Budget allowed =
        new ResultJson.Budget(budget, Runtime.getRuntime().availableProcessors());
    try {
      json.write(out ->
          ResultJson.write(generator -> OutcomeJson.write(rows, generator), others, allowed, out));
      if (junit != null) {
        junit.write(out -> OutcomeJunit.write(rows, out));
      }
    } catch (IOException e) {
      throw Refused.misused("cannot write " + json.path() + ": " + e.getMessage());
    }
  }
}
