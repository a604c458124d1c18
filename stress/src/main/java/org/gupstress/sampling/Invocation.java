// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.memory.NativeMemory;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.process.ChildJvm;
import org.gupstress.process.TalkingJvm;
import org.jspecify.annotations.Nullable;

/** The parent's side of {@link Forks}, in a directory which that one fills with its results. */
final class Invocation implements AutoCloseable {
  /** How long it may probe the machine. */
  private static final int MILLIS_TO_PROBE = 120_000;

  private static final int MILLIS_TO_REPORT = 60_000;

  /**
   * What the run of one test has left behind.
   *
   * @param ended whether it came to its end
   * @param planned how many configurations it meant to run
   * @param complaint why not all of the results could be read, or empty
   */
  record Left(boolean ended, int planned, List<Jcstress.Execution> executions, String complaint) {}

  private final Path directory;
  private final TalkingJvm jvm;
  private boolean isAlive = true;
  private String killed = "";
  private final List<Path> known = new ArrayList<>();

  /** Starts it. */
  Invocation(List<String> options, Path directory) throws IOException {
    this.directory = directory;
    this.jvm = new TalkingJvm(arguments(options), directory);
  }

  ChildJvm jvm() {
    return jvm.jvm();
  }

  private static List<String> arguments(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add("-cp");
    command.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(NativeMemory.JVM_FLAGS);
    command.add(Forks.class.getName());
    command.addAll(options);
    return command;
  }

  /** Waits until it has probed the machine, so long and no longer; whether it can be used. */
  boolean isReady(long millis) throws InterruptedException {
    isAlive = Forks.READY.equals(jvm.hear(Math.min(MILLIS_TO_PROBE, millis)));
    killed = isAlive ? "" : jvm.jvm().killed();
    return isAlive;
  }

  /** Runs a test, so long and no longer: if that is too short it is stopped for good. */
  Left run(OutcomeTest test, int iterationMillis, long millis)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    jvm.say(Forks.RUN + " " + test.name() + " " + iterationMillis);
    String planned = jvm.hear(millis);
    String done = planned == null ? null : jvm.hear((end - System.nanoTime()) / 1_000_000);
    boolean ended = Forks.DONE.equals(done);
    if (!ended) {
      killed = jvm.jvm().killed();
      close();
    }
    return left(test, planned, ended);
  }

  private Left left(OutcomeTest test, @Nullable String planned, boolean ended) throws IOException {
    List<Jcstress.Execution> executions = new ArrayList<>();
    String complaint = "";
    for (Path result : results(test)) {
      known.add(result);
      Jcstress.Contents contents = Jcstress.read(result);
      executions.addAll(contents.of(test));
      complaint = complaint.isEmpty() ? contents.complaint() : complaint;
    }
    int configurations =
        planned == null ? 0 : Integer.parseInt(planned.substring(Forks.PLANNED.length() + 1));
    return new Left(ended, configurations, executions, complaint);
  }

  private List<Path> results(OutcomeTest test) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> {
            String name = file.getFileName().toString();
            return name.startsWith(test.name() + "-") && name.endsWith(Forks.RESULT);
          })
          .filter(file -> !known.contains(file))
          .sorted()
          .toList();
    }
  }

  /** Makes jcstress's own pages; the first of them, or an empty string if that takes longer. */
  String report(long millis) throws InterruptedException {
    jvm.say(Forks.REPORT);
    String answer = jvm.hear(Math.min(MILLIS_TO_REPORT, millis));
    Path index = directory.resolve("index.html");
    return Forks.REPORTED.equals(answer) && Files.exists(index) ? index.toString() : "";
  }

  Path console() {
    return jvm.jvm().console();
  }

  /** How it ended if somebody else ended it, like "was killed by signal 9", or empty. */
  String killed() {
    return killed;
  }

  /** Whether it can run another test. */
  boolean isAlive() {
    return isAlive;
  }

  @Override
  public void close() {
    isAlive = false;
    jvm.close();
  }
}
