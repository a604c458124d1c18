// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.gupstress.report.OtherRows;
import org.gupstress.report.ResultFile;
import org.gupstress.report.ResultJson;
import org.jspecify.annotations.Nullable;

/**
 * The result.json of a run, in which the rows of other engines stay, and on demand those of tests
 * of its own engine that it does not run.
 */
public final class ResultRowsFile {
  private static final int ROWS_MB = 2;

  private final ResultFile file;
  private final OtherRows others;
  private final ResultJson.Budget budget;

  private ResultRowsFile(Path path, OtherRows others, @Nullable Duration budget)
      throws IOException {
    this.file = ResultFile.at(path);
    this.others = others;
    this.budget = new ResultJson.Budget(budget, Runtime.getRuntime().availableProcessors());
    RunDirectory.makeSureOfRoom(path.toAbsolutePath().getParent(), ROWS_MB);
  }

  /** Makes sure that it can be written; replaces all rows of the engine. */
  public static ResultRowsFile of(String engine, Path path, @Nullable Duration budget)
      throws Refused {
    try {
      return new ResultRowsFile(path, OtherRows.than(engine, path), budget);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** Makes sure that it can be written; replaces the rows that are said to be when it is saved. */
  public static ResultRowsFile of(Path path, @Nullable Duration budget) throws Refused {
    try {
      return new ResultRowsFile(path, OtherRows.of(path), budget);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** The rows that were in it. */
  public OtherRows earlier() {
    return others;
  }

  /** Writes all rows that there are so far. */
  public void save(ResultJson.Rows rows) throws Refused {
    save(rows, others);
  }

  /** Writes all rows that there are so far, beside these. */
  public void save(ResultJson.Rows rows, OtherRows beside) throws Refused {
    try {
      file.write(out -> ResultJson.write(rows, beside, budget, out));
    } catch (IOException e) {
      throw Refused.misused("cannot write " + file.path() + ": " + e.getMessage());
    }
  }
}
