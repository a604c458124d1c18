// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.gupstress.dossier.TimeSpread;

/**
 * How long things took between two moments.
 *
 * @param startMillis since 1970
 * @param endMillis since 1970
 * @param nanos a histogram for each {@link Latency}
 */
public record LatencyInterval(long startMillis, long endMillis, Map<Latency, Histogram> nanos) {

  public Map<Latency, TimeSpread> spreads() {
    Map<Latency, TimeSpread> spreads = new EnumMap<>(Latency.class);
    nanos.forEach((timing, histogram) -> spreads.put(timing, TimeSpread.of(histogram)));
    return spreads;
  }
}
