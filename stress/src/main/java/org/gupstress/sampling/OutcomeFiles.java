// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.process.Refused;
import org.gupstress.process.ResultRowsFile;
import org.gupstress.report.OtherRows;
import org.gupstress.report.ResultFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a run go: result.json, beside the rows of other engines and those of tests that
 * the run did not run, and JUnit XML.
 */
final class OutcomeFiles {
  private final ResultRowsFile json;
  private final @Nullable ResultFile junit;

  /** The rows of tests that do not exist any more are dropped. */
  private final Set<String> known = new TreeSet<>();

  private OutcomeFiles(OutcomeRun.Options options) throws IOException, Refused {
    Path xml = options.junit();
    this.json = ResultRowsFile.of(options.json(), options.budget());
    this.junit = xml == null ? null : ResultFile.at(xml);
    OutcomeTests.all().forEach(test -> known.add(test.name()));
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
    OtherRows earlier = json.earlier();
    Set<String> replaced = earlier.tests(OutcomeJson.ENGINE);
    // the row of a test that did not run does not replace what an earlier run has seen of it
    List<OutcomeRow> fresh = rows.stream()
        .filter(row -> row.hasRun() || !replaced.contains(row.test().name()))
        .toList();
    replaced.removeAll(known);
    fresh.forEach(row -> replaced.add(row.test().name()));
    json.save(
        generator -> OutcomeJson.write(fresh, generator),
        earlier.without(OutcomeJson.ENGINE, replaced));
    try {
      if (junit != null) {
        junit.write(out -> OutcomeJunit.write(rows, out));
      }
    } catch (IOException e) {
      throw Refused.misused("cannot write " + junit.path() + ": " + e.getMessage());
    }
  }
}
