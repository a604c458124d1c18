// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.result.ResultFile;
import org.gupstress.result.Row;
import org.gupstress.storm.LatencyInterval;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormObserver;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.StormSetup;
import org.jspecify.annotations.Nullable;

/** Writes down a storm while it happens. */
public final class StormLog implements StormObserver {
  private final String design;
  private final StormSetup setup;
  private final StormJson json;
  private final ResultFile file;
  private final @Nullable HistogramLog times;
  private final List<StormSecond> seconds = new ArrayList<>();
  private final List<StormFinding> findings = new ArrayList<>();

  /**
   * Begins with the plan.
   *
   * @param times null if there is no file beside the results
   */
  public StormLog(String design, StormSetup setup, ResultFile file, @Nullable HistogramLog times) {
    this.design = design;
    this.setup = setup;
    this.json = new StormJson(design, setup);
    this.file = file;
    this.times = times;
    file.drop(StormJson.ENGINE, List.of(json.key()));
    add(json::plan);
  }

  private void add(Row row) {
    file.add(StormJson.ENGINE, json.key(), row);
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

  /** Ends with the totals. */
  public StormRecord end(StormResult result) {
    add(out -> json.totals(result, out));
    return new StormRecord(design, setup, seconds, findings, result);
  }
}
