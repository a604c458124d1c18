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

/**
 * A histogram log (.hlog): the times of every interval, in nanoseconds, tagged by what they are.
 */
public final class HistogramLog implements Closeable {
  private final PrintStream out;
  private final HistogramLogWriter writer;

  private HistogramLog(PrintStream out) {
    this.out = out;
    this.writer = new HistogramLogWriter(out);
  }

  /**
   * Begins the log in a new file. What has the name already is removed first and never written to:
   * it may be a link to something else.
   */
  public static HistogramLog begin(Path file, String title) throws IOException {
    Files.deleteIfExists(file);
    HistogramLog log = new HistogramLog(new PrintStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        false,
        US_ASCII));
    log.writer.outputComment("[" + Tool.NAME + " " + Tool.VERSION + " " + title + "]");
    log.writer.outputLogFormatVersion();
    log.writer.outputStartTime(System.currentTimeMillis());
    log.writer.outputLegend();
    return log;
  }

  public void add(LatencyInterval interval) {
    interval.nanos().forEach((timing, histogram) -> {
      histogram.setTag(timing.tag());
      writer.outputIntervalHistogram(
          interval.startMillis() / 1e3, interval.endMillis() / 1e3, histogram, 1);
    });
    out.flush();
  }

  /** Whether something could not be written. */
  public boolean hasFailed() {
    return out.checkError();
  }

  @Override
  public void close() {
    out.close();
  }
}
