// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.HistogramLogWriter;
import org.gupstress.explore.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A histogram log (.hlog): the times of every interval, in nanoseconds, tagged by what they are.
 * The file of an earlier storm stays until the first interval of this one.
 */
public final class HistogramLog implements Closeable {
  private final Path file;
  private final String title;
  private final long startMillis = System.currentTimeMillis();
  private @Nullable PrintStream out;
  private @Nullable HistogramLogWriter writer;
  private boolean hasFailed;

  private HistogramLog(Path file, String title) {
    this.file = file;
    this.title = title;
  }

  /** A log that will be in this file. */
  public static HistogramLog to(Path file, String title) {
    return new HistogramLog(file, title);
  }

  public void add(LatencyInterval interval) {
    if (hasFailed) {
      return;
    }
    try {
      HistogramLogWriter to = writer == null ? begin() : writer;
      interval.nanos().forEach((timing, histogram) -> {
        histogram.setTag(timing.tag());
        to.outputIntervalHistogram(
            interval.startMillis() / 1e3, interval.endMillis() / 1e3, histogram, 1);
      });
      hasFailed = out != null && out.checkError();
    } catch (IOException e) {
      hasFailed = true;
    }
  }

  /**
   * Makes a new file. What has the name already is removed first and never written to: it may be a
   * link to something else.
   */
  private HistogramLogWriter begin() throws IOException {
    Files.deleteIfExists(file);
    PrintStream made = new PrintStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        false,
        US_ASCII);
    HistogramLogWriter to = new HistogramLogWriter(made);
    to.outputComment("[" + Tool.NAME + " " + Tool.VERSION + " " + title + "]");
    to.outputLogFormatVersion();
    to.outputStartTime(startMillis);
    to.outputLegend();
    out = made;
    writer = to;
    return to;
  }

  /** Whether something could not be written. */
  public boolean hasFailed() {
    return hasFailed;
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
