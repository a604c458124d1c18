// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command gupstress, its completion and its man page, as the build leaves them. */
class HandoutTest {
  @TempDir
  private Path directory;

  @BeforeEach
  void write() throws IOException {
    Handout.write(directory);
  }

  private record Ran(int status, String out) {}

  private static Ran run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  private String command() {
    return directory.resolve("gupstress").toString();
  }

  /** A JDK that says how it is called. */
  private Path jdk() throws IOException {
    Path java = directory.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\nprintf '%s|' \"${LC_ALL:-none}\" \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return directory.resolve("jdk");
  }

  @Test
  void itFindsItsJarBesideItAlsoThroughALink() throws IOException, InterruptedException {
    Path jar = Files.writeString(directory.resolve("gupstress.jar"), "");
    Map<String, String> environment = Map.of("JAVA_HOME", jdk().toString(), "LC_ALL", "C");
    String called = "C.UTF-8|-jar|" + jar.toRealPath() + "|report|a b|";
    assertThat(run(environment, command(), "report", "a b")).isEqualTo(new Ran(0, called));
    Path link = Files.createDirectories(directory.resolve("bin")).resolve("gupstress");
    Files.createSymbolicLink(link, Path.of("../gupstress"));
    assertThat(run(environment, link.toString(), "report", "a b")).isEqualTo(new Ran(0, called));
  }

  @Test
  void aLocaleOfUtf8IsKept() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("gupstress.jar"), "");
    String jdk = jdk().toString();
    assertThat(run(Map.of("JAVA_HOME", jdk, "LC_ALL", "en_GB.UTF-8"), command()).out())
        .startsWith("en_GB.UTF-8|");
    assertThat(run(Map.of("JAVA_HOME", jdk, "LANG", "en_GB.UTF-8"), command()).out())
        .startsWith("none|");
    assertThat(run(Map.of("JAVA_HOME", jdk), command()).out()).startsWith("C.UTF-8|");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException, InterruptedException {
    assertThat(run(Map.of(), command()))
        .matches(ran -> ran.status() == 2)
        .extracting(Ran::out)
        .asString()
        .contains("expected gupstress.jar beside");
    Files.writeString(directory.resolve("gupstress.jar"), "");
    assertThat(run(Map.of("JAVA_HOME", "/no/such/jdk"), command()))
        .matches(ran -> ran.status() == 2)
        .extracting(Ran::out)
        .asString()
        .contains("expected a JDK from 17 on, found no /no/such/jdk/bin/java");
  }

  @Test
  void wordsAreCompleted() throws IOException, InterruptedException {
    assumeThat(Path.of("/bin/bash")).isExecutable();
    String completion = directory.resolve("gupstress-completion.bash").toString();
    String script = ". '" + completion + "'; COMP_WORDS=(gupstress rep); COMP_CWORD=1;"
        + " _complete_gupstress; printf '%s ' \"${COMPREPLY[@]}\"";
    assertThat(run(Map.of(), "/bin/bash", "-c", script).out()).contains("report", "replay");
  }

  @Test
  void theManPageHasEveryCommandAndOption() throws IOException {
    String page = Files.readString(directory.resolve("gupstress.1"));
    assertThat(page).startsWith(".\\\" SPDX").contains(".TH GUPSTRESS 1", ".SH EXIT STATUS");
    Handout.commandLine().getSubcommands().forEach((name, line) -> {
      assertThat(page).contains(".SS gupstress " + name);
      line.getCommandSpec()
          .options()
          .forEach(option -> assertThat(page)
              .contains("\\fB" + String.join(", ", option.names()).replace("-", "\\-")));
    });
    assertThat(page.lines()).noneMatch(line -> line.startsWith("'"));
  }
}
