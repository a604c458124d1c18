// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.process.Refused;
import org.gupstress.result.Head;
import org.gupstress.result.JunitXml;
import org.gupstress.result.ResultFile;
import org.gupstress.result.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a run go: result.json, beside the rows of other engines and those of tests that
 * the run did not run, and JUnit XML.
 */
final class OutcomeFiles implements AutoCloseable {
  private final ResultFile json;
  private final Set<String> earlier;
  private final @Nullable WholeFile junit;
  private @Nullable Refused unwritten;

  private OutcomeFiles(OutcomeRun.Options options) throws IOException, Refused {
    Path xml = options.junit();
    this.json = ResultFile.open(options.json(), Head.of(options.budget()));
    this.junit = xml == null ? null : WholeFile.at(xml, JunitXml.MARK);
    this.earlier = json.keys(OutcomeJson.ENGINE);
    List<String> known = OutcomeTests.all().stream().map(OutcomeTest::name).toList();
    json.drop(
        OutcomeJson.ENGINE,
        earlier.stream().filter(test -> !known.contains(test)).toList());
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
  void save(List<OutcomeRow> rows) {
    for (OutcomeRow row : rows) {
      // the row of a test that did not run does not replace what an earlier run has seen of it
      if (row.hasRun() || !earlier.contains(row.test().name())) {
        json.put(OutcomeJson.ENGINE, row.test().name(), List.of(OutcomeJson.of(row.sampled())));
      }
    }
    try {
      if (junit != null) {
        junit.write(out -> JunitXml.write(
            OutcomeJunit.cases(rows.stream().map(OutcomeRow::sampled).toList()), out));
      }
    } catch (IOException e) {
      unwritten = Refused.unwritten(junit.path(), e, "");
    }
  }

  /** Throws if something could not be written. */
  void check() throws Refused {
    json.check();
    if (unwritten != null) {
      throw unwritten;
    }
  }

  @Override
  public void close() {
    json.close();
  }
}
