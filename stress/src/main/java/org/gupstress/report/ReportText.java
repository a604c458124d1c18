// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.court.Audited;
import org.gupstress.court.CourtRows;
import org.gupstress.court.ExploreRow;
import org.gupstress.result.Fields;
import org.gupstress.result.JunitXml;
import org.gupstress.result.ResultReader;
import org.gupstress.sampling.OutcomeJson;
import org.gupstress.sampling.OutcomeJunit;
import org.gupstress.sampling.SampledTest;
import org.gupstress.storm.StormRowReader;
import org.gupstress.storm.StormRowWriter;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.gupstress.trace.TraceRecord;
import org.gupstress.trace.TraceRowReader;
import org.gupstress.trace.TraceRowWriter;

/** What is in a result file, whichever engine wrote it, and whether or not it came to its end. */
public final class ReportText {
  private final CourtRows court = new CourtRows();
  private final List<SampledTest> outcomes = new ArrayList<>();
  private final StormRowReader storms = new StormRowReader();
  private final TraceRowReader traces = new TraceRowReader();
  private final BenchResults benchmarks = new BenchResults();
  private final Path file;
  private final boolean isCut;

  private ReportText(Path file) throws IOException {
    this.file = file;
    this.isCut = ResultReader.read(file, this::take);
  }

  /**
   * Reads all of a file.
   *
   * @throws IOException with a sentence if it cannot be read
   */
  public static ReportText read(Path file) throws IOException {
    return new ReportText(file);
  }

  private void take(Fields row) throws IOException {
    String engine = row.text("engine");
    switch (engine) {
      case CourtRows.ENGINE -> court.take(row);
      case OutcomeJson.ENGINE -> outcomes.add(OutcomeJson.read(row));
      case StormRowWriter.ENGINE -> storms.take(row);
      case TraceRowWriter.ENGINE -> traces.take(row);
      case BenchResults.ENGINE -> benchmarks.take(row);
      default -> throw new IOException("there is no engine \"" + engine + "\"");
    }
  }

  public boolean isEmpty() {
    return court.isEmpty()
        && outcomes.isEmpty()
        && storms.records().isEmpty()
        && traces.records().isEmpty()
        && benchmarks.isEmpty();
  }

  /** All of it as cases of JUnit. */
  public List<JunitXml.Case> cases() {
    List<JunitXml.Case> cases = new ArrayList<>();
    court.audits().forEach(audited -> cases.addAll(CourtJunit.cases(audited)));
    court.explorations().forEach(explored -> cases.addAll(CourtJunit.cases(explored)));
    cases.addAll(OutcomeJunit.cases(outcomes));
    cases.addAll(StormJunit.cases(storms.records()));
    cases.addAll(BenchJunit.cases(benchmarks));
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
    for (Audited audited : court.audits()) {
      AuditText.print(evidence ? audited.withEvidence() : audited, file.toString(), sheet);
    }
    for (ExploreRow explored : court.explorations()) {
      ExploreText.print(explored, sheet);
    }
    if (!outcomes.isEmpty()) {
      OutcomeTables.print(outcomes, sheet);
      sheet.blank();
    }
    StormsText.print(storms.records(), full, sheet);
    boolean isFirst = storms.records().isEmpty();
    for (TraceRecord trace : traces.records()) {
      if (!isFirst) {
        sheet.blank();
      }
      isFirst = false;
      TracedText.print(trace, sheet);
    }
    if (!benchmarks.isEmpty()) {
      BenchText.print(benchmarks, sheet);
    }
    if (isCut) {
      sheet.text(Ink.YELLOW, "", "The file ends in the middle of a row, which is left out.");
    }
  }
}
