// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A command line, or a working directory, with letters that the locale of this process does not
 * have, as every letter outside of ASCII under {@code LC_ALL=C}. A JVM loses them before
 * {@code main} and cannot open a file of such a name. Linux still has the bytes: a second JVM gets
 * them with a locale of UTF-8 and does the work, with the same streams; this one waits for it.
 *
 * <p>The words go through an argument file of the java launcher, which takes bytes;
 * {@link ProcessBuilder} takes strings, in the encoding that has lost them.
 */
public final class ForeignLetters {
  private static final String LOCALE = "C.UTF-8";

  /** Set for the second JVM, so that there is no third. */
  private static final String TRIED = "GUPSTRESS_LOCALE_TRIED";

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** What a signal to this process leaves the other one to write down what it has. */
  private static final int SECONDS_TO_WRITE = 30;

  /** What stands for a byte that the encoding does not have. */
  private static final char LOST = '\uFFFD';

  private ForeignLetters() {}

  /**
   * The status with which the second JVM ended, or empty where this one can do the work, or no
   * second one can be started.
   *
   * @param words of the command line, as this JVM has them
   */
  public static OptionalInt relaunch(String... words) {
    if (!areLost(words) || System.getenv(TRIED) != null || !Files.isReadable(COMMAND_LINE)) {
      return OptionalInt.empty();
    }
    try {
      Path arguments = Files.createTempFile("gupstress", ".args");
      try {
        Files.write(arguments, argumentFile(Files.readAllBytes(COMMAND_LINE)));
        return OptionalInt.of(statusOf(start(arguments)));
      } finally {
        Files.deleteIfExists(arguments);
      }
    } catch (IOException | UncheckedIOException e) {
      return OptionalInt.empty();
    }
  }

  private static boolean areLost(String... words) {
    return System.getProperty("user.dir").indexOf(LOST) >= 0
        || List.of(words).stream().anyMatch(word -> word.indexOf(LOST) >= 0);
  }

  /** The words behind the first, each in quotation marks. */
  static byte[] argumentFile(byte[] commandLine) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(commandLine.length * 2);
    boolean isFirst = true;
    int from = 0;
    for (int at = 0; at < commandLine.length; at++) {
      if (commandLine[at] == 0) {
        if (!isFirst) {
          quote(file, commandLine, from, at);
        }
        isFirst = false;
        from = at + 1;
      }
    }
    return file.toByteArray();
  }

  private static void quote(ByteArrayOutputStream file, byte[] bytes, int from, int to) {
    file.write('"');
    for (int at = from; at < to; at++) {
      switch (bytes[at]) {
        case '\n' -> file.writeBytes("\\n".getBytes(StandardCharsets.US_ASCII));
        case '\r' -> file.writeBytes("\\r".getBytes(StandardCharsets.US_ASCII));
        case '"', '\\' -> {
          file.write('\\');
          file.write(bytes[at]);
        }
        default -> file.write(bytes[at]);
      }
    }
    file.write('"');
    file.write('\n');
  }

  private static Process start(Path arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        ProcessHandle.current().info().command().orElse("java"), "@" + arguments);
    builder.environment().put("LC_ALL", LOCALE);
    builder.environment().put(TRIED, "yes");
    return builder.inheritIO().start();
  }

  private static int statusOf(Process process) {
    Thread signalled = new Thread(() -> end(process), "end of the second JVM");
    Runtime.getRuntime().addShutdownHook(signalled);
    while (true) {
      try {
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(signalled);
        return status;
      } catch (InterruptedException e) {
        process.destroy();
      } catch (IllegalStateException e) {
        return process.exitValue(); // a signal came: the hook ends this process
      }
    }
  }

  /** Passes the signal on; this process ends with the status that the other one has for it. */
  private static void end(Process process) {
    process.destroy();
    try {
      if (process.waitFor(SECONDS_TO_WRITE, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
