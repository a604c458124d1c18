// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChildJvm} that takes orders, a line each, on its standard input, and answers in lines on
 * its standard output; what else it has to say goes to its console.
 */
public final class TalkingJvm implements AutoCloseable {
  /** Stands for the end of what it says. */
  private static final String END = "";

  private final ChildJvm jvm;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /** Starts it; see {@link ChildJvm}. */
  public TalkingJvm(List<String> arguments, Path directory) throws IOException {
    this.jvm = ChildJvm.talking(arguments, directory);
    Thread ear = new Thread(this::listen, "what the child JVM answers");
    ear.setDaemon(true);
    ear.start();
  }

  private void listen() {
    try (BufferedReader answers = jvm.answers()) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        heard.add(line);
      }
    } catch (IOException | UncheckedIOException e) {
      // it was stopped in the middle of a line
    } finally {
      heard.add(END);
    }
  }

  public ChildJvm jvm() {
    return jvm;
  }

  /** Gives it an order; if it is gone, nothing will be heard. */
  public void say(String order) {
    try {
      jvm.orders().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      jvm.orders().flush();
    } catch (IOException e) {
      jvm.stop();
    }
  }

  /** What it answers next, or null if it says nothing for so long or is gone. */
  public @Nullable String hear(long millis) throws InterruptedException {
    String answer = heard.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
    if (END.equals(answer)) {
      heard.add(END);
      return null;
    }
    return answer;
  }

  @Override
  public void close() {
    jvm.stop();
  }
}
