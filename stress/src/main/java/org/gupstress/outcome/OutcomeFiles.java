// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.report.ResultFile;
import org.gupstress.run.Refused;
import org.gupstress.run.ResultRowsFile;
import org.jspecify.annotations.Nullable;

/** Where the rows of a run go: result.json, beside the rows of other engines, and JUnit XML. */
final class OutcomeFiles {
  private final ResultRowsFile json;
  private final @Nullable ResultFile junit;

  private OutcomeFiles(OutcomeRun.Options options) throws IOException, Refused {
    Path xml = options.junit();
    this.json = ResultRowsFile.of(OutcomeJson.ENGINE, options.json(), options.budget());
    this.junit = xml == null ? null : ResultFile.at(xml);
  }

  /** Makes sure that they can be written. */
  static OutcomeFiles of(OutcomeRun.Options options) throws Refused {
    try {
      return new OutcomeFiles(options);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** Writes all rows there are so far. */
  void save(List<OutcomeRow> rows) throws Refused {
    json.save(generator -> OutcomeJson.write(rows, generator));
    try {
      if (junit != null) {
        junit.write(out -> OutcomeJunit.write(rows, out));
      }
    } catch (IOException e) {
      throw Refused.misused("cannot write " + junit.path() + ": " + e.getMessage());
    }
  }
}
