// SPDX-License-Identifier: Apache-2.0
package org.gupstress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.gupstress.report.OtherRows;
import org.gupstress.report.ResultFile;
import org.gupstress.report.ResultJson;
import org.jspecify.annotations.Nullable;

/** The result.json of a run, in which the rows of other engines stay. */
public final class ResultRowsFile {
  private static final int ROWS_MB = 2;

  private final ResultFile file;
  private final OtherRows others;
  private final ResultJson.Budget budget;

  private ResultRowsFile(String engine, Path path, @Nullable Duration budget) throws IOException {
    this.file = ResultFile.at(path);
    this.others = OtherRows.than(engine, path);
    this.budget = new ResultJson.Budget(budget, Runtime.getRuntime().availableProcessors());
    RunDirectory.makeSureOfRoom(path.toAbsolutePath().getParent(), ROWS_MB);
  }

  /** Makes sure that it can be written. */
  public static ResultRowsFile of(String engine, Path path, @Nullable Duration budget)
      throws Refused {
    try {
      return new ResultRowsFile(engine, path, budget);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** Writes all rows that there are so far. */
  public void save(ResultJson.Rows rows) throws Refused {
    try {
      file.write(out -> ResultJson.write(rows, others, budget, out));
    } catch (IOException e) {
      throw Refused.misused("cannot write " + file.path() + ": " + e.getMessage());
    }
  }
}
