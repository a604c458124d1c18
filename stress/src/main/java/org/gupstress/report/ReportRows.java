// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.court.CourtRows;
import org.gupstress.result.Fields;
import org.gupstress.result.ResultReader;
import org.gupstress.sampling.OutcomeJson;
import org.gupstress.sampling.SampledTest;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormRowReader;
import org.gupstress.storm.StormRowWriter;
import org.gupstress.trace.TraceRecord;
import org.gupstress.trace.TraceRowReader;
import org.gupstress.trace.TraceRowWriter;

/** The rows of a result file, whichever engine wrote them, whether or not it came to its end. */
public final class ReportRows {
  private final CourtRows court = new CourtRows();
  private final List<SampledTest> outcomes = new ArrayList<>();
  private final StormRowReader storms = new StormRowReader();
  private final TraceRowReader traces = new TraceRowReader();
  private final BenchResults benchmarks = new BenchResults();
  private final Path file;
  private final boolean isCut;

  private ReportRows(Path file) throws IOException {
    this.file = file;
    this.isCut = ResultReader.read(file, this::take);
  }

  /**
   * Reads all of a file.
   *
   * @throws IOException with a sentence if it cannot be read
   */
  public static ReportRows read(Path file) throws IOException {
    return new ReportRows(file);
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

  /** Where they stand. */
  public Path file() {
    return file;
  }

  /** Whether the file ends in the middle of a row. */
  public boolean isCut() {
    return isCut;
  }

  public CourtRows court() {
    return court;
  }

  public List<SampledTest> outcomes() {
    return outcomes;
  }

  public List<StormRecord> storms() {
    return storms.records();
  }

  public List<TraceRecord> traces() {
    return traces.records();
  }

  public BenchResults benchmarks() {
    return benchmarks;
  }
}
