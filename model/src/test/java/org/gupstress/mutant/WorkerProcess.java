// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link Worker} that is started when it is needed, and ended when it takes too long. */
final class WorkerProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 20;

  private final Path coverage;
  private final Duration bound;
  private @Nullable Process process;
  private @Nullable BufferedReader answers;
  private @Nullable BufferedWriter questions;

  WorkerProcess(Path coverage, Duration bound) {
    this.coverage = coverage;
    this.bound = bound;
  }

  /** The row of a change, or null if it took more processor time than it may. */
  @Nullable
  Row judge(int change, int from, int to, int different) throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      start();
    }
    Duration before = spent();
    questions.write(change + " " + from + " " + to + " " + different + "\n");
    questions.flush();
    while (!answers.ready() && process.isAlive()) {
      process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (spent().minus(before).compareTo(bound) > 0) {
        close();
        return null;
      }
    }
    String answer = answers.readLine();
    if (answer == null) {
      close();
      return null;
    }
    boolean isLast = answer.startsWith(Worker.LAST);
    Row row = Row.parse(isLast ? answer.substring(Worker.LAST.length()) : answer);
    if (isLast) {
      close();
    }
    return row;
  }

  private void start() throws IOException {
    process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx700m",
            // what runs for a second is not worth a better compiler
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            coverage.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  private Duration spent() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
