// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.gupstress.explore.Tool;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes what lies beside the jar: the command {@code gupstress}, its man page, and the completion
 * of its words for bash and zsh. The build runs it.
 */
public final class Handout {
  private static final String COMPLETION = "gupstress-completion.bash";

  private Handout() {}

  /** Writes them into the directory that is the only argument. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1 || !Files.isDirectory(Path.of(args[0]))) {
      System.err.println("expected a directory for the command, its man page and its completion");
      System.exit(2);
    }
    write(Path.of(args[0]));
  }

  static void write(Path directory) throws IOException {
    Path command = directory.resolve(Tool.NAME);
    try (InputStream script = Handout.class.getResourceAsStream("gupstress.sh")) {
      Files.write(command, Objects.requireNonNull(script).readAllBytes());
    }
    if (!command.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + command + " executable");
    }
    CommandLine line = commandLine();
    Files.writeString(directory.resolve(COMPLETION), AutoComplete.bash(Tool.NAME, line), UTF_8);
    Files.writeString(directory.resolve(Tool.NAME + ".1"), ManPage.of(line), UTF_8);
  }

  /** The command line with all its commands. */
  static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.commandLine(new Terminal(nowhere, nowhere, false, Duration.ofDays(1)));
  }
}
