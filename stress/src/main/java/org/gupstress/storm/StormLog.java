// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gupstress.result.ResultFile;
import org.gupstress.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes a storm into the result file while it happens: a row for each thing that it is told. With
 * the first of them the rows of an earlier storm of the same design and kernel go, all others stay:
 * a storm that is stopped before it has anything to say takes nothing away.
 */
public final class StormLog implements StormObserver {
  private final StormRecord record;
  private final StormRowWriter json;
  private final ResultFile file;
  private final @Nullable HistogramLog times;
  private final List<StormSecond> seconds = new ArrayList<>();
  private final List<StormFinding> findings = new ArrayList<>();
  private boolean hasBegun;

  /**
   * Begins with the plan.
   *
   * @param times null if there is no file beside the results
   */
  public StormLog(
      String design,
      StormSetup setup,
      StormRecord.Host host,
      ResultFile file,
      @Nullable HistogramLog times) {
    this.record = new StormRecord(design, setup, host, seconds, findings, null);
    this.json = new StormRowWriter(design, setup, host);
    this.file = file;
    this.times = times;
  }

  private synchronized void add(Row row) {
    if (!hasBegun) {
      hasBegun = true;
      file.drop(StormRowWriter.ENGINE, List.of(json.key()));
      file.add(StormRowWriter.ENGINE, json.key(), json::plan);
    }
    file.add(StormRowWriter.ENGINE, json.key(), row);
  }

  @Override
  public void second(StormSecond second) {
    seconds.add(second);
    add(out -> json.second(second, out));
  }

  @Override
  public void latencies(LatencyInterval interval) {
    if (times != null) {
      times.add(interval);
    }
  }

  @Override
  public void finding(StormFinding finding) {
    findings.add(finding);
    add(out -> json.finding(finding, out));
  }

  /** What there is of a storm that does not come to its end; nothing if it has not begun. */
  public synchronized Optional<StormRecord> cut() {
    return hasBegun ? Optional.of(record) : Optional.empty();
  }

  /** Ends with the totals. */
  public StormRecord end(StormResult result) {
    add(out -> json.totals(result, record.throughput(), out));
    return record.with(result);
  }
}
