// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.run.ChildJvm;

/**
 * One run of jcstress's own main class in a directory of its own, which it fills with its reports.
 */
final class Invocation {
  private static final Pattern PLANNED = Pattern.compile("Results: ([0-9]+) planned");

  /**
   * What an invocation leaves behind.
   *
   * @param ended whether it ended by itself
   * @param planned how many configurations of each test it meant to run
   * @param console what it printed
   */
  record Left(boolean ended, int planned, Jcstress.Contents contents, Path console) {
    /** Of a test that is not in it. */
    String whyNot() {
      return contents.complaint().isEmpty()
          ? "jcstress left it out; see " + console
          : contents.complaint() + "; see " + console;
    }
  }

  private final List<String> tests;
  private final Path directory;
  private final ChildJvm jvm;

  /** Starts it. */
  Invocation(List<String> options, List<String> tests, Path directory) throws IOException {
    this.tests = tests;
    this.directory = directory;
    this.jvm = new ChildJvm(arguments(options, tests), directory);
  }

  ChildJvm jvm() {
    return jvm;
  }

  /** In the current directory. */
  private static List<String> arguments(List<String> options, List<String> tests) {
    List<String> command = new ArrayList<>();
    command.add("-cp");
    command.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(options);
    command.addAll(List.of("-r", "."));
    command.add("-t");
    command.add(tests.stream()
        .map(test -> Pattern.quote(Jcstress.PACKAGE + test))
        .collect(Collectors.joining("|", "^(", ")$")));
    return command;
  }

  /** Waits so long and no longer, and reads what there is. */
  Left await(long millis) throws IOException, InterruptedException {
    boolean ended = jvm.ends(millis);
    return new Left(ended, planned() / tests.size(), contents(), jvm.console());
  }

  private Jcstress.Contents contents() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path result =
          files.filter(file -> file.toString().endsWith(".bin.gz")).findFirst().orElse(null);
      return result == null
          ? new Jcstress.Contents(List.of(), "jcstress wrote no result")
          : Jcstress.read(result);
    }
  }

  /** What jcstress said it would run: the last it said. */
  private int planned() throws IOException {
    int planned = 0;
    Matcher said = PLANNED.matcher(Files.readString(jvm.console()));
    while (said.find()) {
      planned = Integer.parseInt(said.group(1));
    }
    return planned;
  }
}
