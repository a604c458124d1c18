// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.StormSetup;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one design's storm.
 *
 * @param result null if it was cut off
 */
public record StormRecord(
    String design,
    StormSetup setup,
    List<StormSecond> seconds,
    List<StormFinding> findings,
    @Nullable StormResult result) {}
