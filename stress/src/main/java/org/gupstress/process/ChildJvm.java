// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM like this one that runs in a directory of its own, may fork others, and prints to a file.
 */
public final class ChildJvm {
  /** Exit statuses from here on: it did not end by itself. */
  private static final int BY_A_SIGNAL = 128;

  /** Between the end of what it says and its own. */
  private static final int MILLIS_TO_DIE = 500;

  private final Path console;
  private final Process process;
  private volatile boolean isStopped;

  /**
   * Starts it.
   *
   * @param arguments of java
   * @param directory where it runs; made if there is none
   */
  public ChildJvm(List<String> arguments, Path directory) throws IOException {
    this(arguments, directory, false);
  }

  private ChildJvm(List<String> arguments, Path directory, boolean talks) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(arguments);
    this.console = Files.createDirectories(directory).resolve("console.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    if (talks) {
      builder.redirectError(console.toFile());
    } else {
      builder.redirectErrorStream(true).redirectOutput(Redirect.to(console.toFile()));
    }
    this.process = builder.start();
  }

  /** One whose standard output is read by us, so that only its errors go to the file. */
  static ChildJvm talking(List<String> arguments, Path directory) throws IOException {
    return new ChildJvm(arguments, directory, true);
  }

  OutputStream orders() {
    return process.getOutputStream();
  }

  BufferedReader answers() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** How it came to its end if it was not by itself, like "was killed by signal 9", or empty. */
  public String killed() {
    try {
      boolean isOver = process.waitFor(MILLIS_TO_DIE, TimeUnit.MILLISECONDS);
      int status = isOver ? process.exitValue() : 0;
      return isStopped || status <= BY_A_SIGNAL
          ? ""
          : "was killed by signal " + (status - BY_A_SIGNAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** What it prints. */
  public Path console() {
    return console;
  }

  /** Waits so long and no longer; whether it ended by itself. It is gone afterwards. */
  public boolean ends(long millis) throws InterruptedException {
    boolean isOver = false;
    try {
      isOver = process.waitFor(millis, TimeUnit.MILLISECONDS);
      return isOver && process.exitValue() < BY_A_SIGNAL;
    } finally {
      if (!isOver) {
        stop();
      }
    }
  }

  /** Stops it and the JVMs that it has forked. */
  public void stop() {
    isStopped |= process.isAlive();
    List<ProcessHandle> forks = process.descendants().toList();
    process.destroyForcibly();
    forks.forEach(ProcessHandle::destroyForcibly);
  }
}
