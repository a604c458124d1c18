// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.Tick;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one design's storm.
 *
 * @param result null if it was cut off
 */
public record StormStory(
    String design,
    StormSetup setup,
    List<Tick> ticks,
    List<StormFinding> findings,
    @Nullable StormResult result) {}
