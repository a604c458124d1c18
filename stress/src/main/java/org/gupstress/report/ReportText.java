// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.court.Audited;
import org.gupstress.court.ExploreRow;
import org.gupstress.result.JunitXml;
import org.gupstress.sampling.OutcomeJunit;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.gupstress.trace.TraceRecord;

/** What is in a result file, printed. */
public final class ReportText {
  private final ReportRows rows;

  public ReportText(ReportRows rows) {
    this.rows = rows;
  }

  /**
   * Reads all of a file.
   *
   * @throws IOException with a sentence if it cannot be read
   */
  public static ReportText read(Path file) throws IOException {
    return new ReportText(ReportRows.read(file));
  }

  /** All of it as cases of JUnit. */
  public List<JunitXml.Case> cases() {
    List<JunitXml.Case> cases = new ArrayList<>();
    rows.court().audits().forEach(audited -> cases.addAll(CourtJunit.cases(audited)));
    rows.court().explorations().forEach(explored -> cases.addAll(CourtJunit.cases(explored)));
    cases.addAll(OutcomeJunit.cases(rows.outcomes()));
    cases.addAll(StormJunit.cases(rows.storms()));
    cases.addAll(BenchJunit.cases(rows.benchmarks()));
    return cases;
  }

  /**
   * Prints all of it.
   *
   * @param full with all events of the pages that findings are about
   * @param evidence of audits the shortest way to every violated claim, also where the run did not
   *     show it
   */
  public void print(boolean full, boolean evidence, Sheet sheet) {
    for (Audited audited : rows.court().audits()) {
      AuditText.print(evidence ? audited.withEvidence() : audited, rows.file().toString(), sheet);
    }
    for (ExploreRow explored : rows.court().explorations()) {
      ExploreText.print(explored, sheet);
    }
    if (!rows.outcomes().isEmpty()) {
      OutcomeTables.print(rows.outcomes(), sheet);
      sheet.blank();
    }
    StormsText.print(rows.storms(), full, sheet);
    boolean isFirst = rows.storms().isEmpty();
    for (TraceRecord trace : rows.traces()) {
      if (!isFirst) {
        sheet.blank();
      }
      isFirst = false;
      TracedText.print(trace, sheet);
    }
    if (!rows.benchmarks().isEmpty()) {
      BenchText.print(rows.benchmarks(), sheet);
    }
    if (rows.isCut()) {
      sheet.text(Ink.YELLOW, "", "The file ends in the middle of a row, which is left out.");
    }
  }
}
