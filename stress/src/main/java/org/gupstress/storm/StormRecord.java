// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one design's storm.
 *
 * @param host how it was run beside its setup
 * @param result null if it was cut off
 */
public record StormRecord(
    String design,
    StormSetup setup,
    Host host,
    List<StormSecond> seconds,
    List<StormFinding> findings,
    @Nullable StormResult result) {

  /**
   * What is known of a run beside its setup.
   *
   * @param processors of the machine that it ran on
   * @param isCompared whether it was one of several designs that the user compared
   */
  public record Host(int processors, boolean isCompared) {
    /** On this machine. */
    public static Host here(boolean isCompared) {
      return new Host(Runtime.getRuntime().availableProcessors(), isCompared);
    }
  }

  /** How fast it went, once it was warm. */
  public Throughput throughput() {
    return Throughput.of(seconds);
  }

  /** The same with its totals. */
  StormRecord with(StormResult totals) {
    return new StormRecord(design, setup, host, seconds, findings, totals);
  }
}
