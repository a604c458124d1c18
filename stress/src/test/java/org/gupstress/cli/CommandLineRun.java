// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.gupstress.storm.Storm;
import org.gupstress.storm.StormEngine;

/** What one command line printed, and how it ended. */
record CommandLineRun(int status, String out, String err) {

  static CommandLineRun of(String... args) {
    return of(new Storm(), args);
  }

  static CommandLineRun of(StormEngine storm, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, Duration.ofDays(1));
    int status = Main.run(terminal, storm, args);
    terminal.out().flush();
    terminal.err().flush();
    return new CommandLineRun(status, out.toString(), err.toString());
  }

  List<String> lines() {
    return Arrays.asList(out.split("\n", -1));
  }

  /** The first token that was printed on one line. */
  String token() {
    return lines().stream()
        .filter(line -> line.contains("replay: ") && line.contains("."))
        .map(line -> line.substring(line.indexOf("replay: ") + 8))
        .findFirst()
        .orElseThrow();
  }
}
