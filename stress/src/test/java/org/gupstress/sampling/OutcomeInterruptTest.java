// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped keeps what it has finished. */
class OutcomeInterruptTest {
  private static final int TESTS = 200;

  @TempDir
  Path directory;

  @Test
  void aTestThatWasFinishedHasItsRow() throws IOException, InterruptedException {
    Process run = new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.gupstress.cli.Main",
            "jcstress",
            "--test",
            "PinVsDrain,RefcountBias")
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .start();
    String finished = null;
    try (BufferedReader console = run.inputReader()) {
      for (int i = 0; i < TESTS && finished == null; i++) {
        String line = console.readLine();
        assertThat(line).as("the run ended before the first test had").isNotNull();
        if (line.contains(" configurations, ")) {
          finished = line.substring(0, line.indexOf(':'));
          // SIGTERM, on which hooks run as on the SIGINT of Ctrl-C; the console stays open
          run.toHandle().destroy();
        }
      }
      String rest = console.lines().reduce("", String::concat);
      assertThat(rest).contains("the run was interrupted");
    }
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(finished).startsWith("PinVsDrain.");
    String rows = Files.readString(directory.resolve("result.json"));
    assertThat(rows)
        .contains("\"test\":\"" + finished + "\"", "\"configurations_executed\":1")
        .contains("the run was interrupted");
  }
}
