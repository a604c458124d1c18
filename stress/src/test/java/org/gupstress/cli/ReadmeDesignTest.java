// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does what the README of the model says under "Your own design" sees what it shows. */
class ReadmeDesignTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)?\n(.*?)```", Pattern.DOTALL);

  @TempDir
  private Path directory;

  private static String section() throws IOException {
    String readme = Files.readString(Path.of("../model/README.md"));
    int begin = readme.indexOf("## Your own design");
    return readme.substring(begin, readme.indexOf("\n## ", begin + 1));
  }

  /** The blocks of one language, in order; of the shell where there is none. */
  private static List<String> blocks(String language) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(section());
    while (matcher.find()) {
      if (language.equals(matcher.group(1) == null ? "" : matcher.group(1))) {
        found.add(matcher.group(2));
      }
    }
    return found;
  }

  private CommandLineRun run(String command) {
    String words = command
        .replace("java -jar stress/target/gupstress.jar ", "")
        .replace("MyPin.java", directory.resolve("MyPin.java").toString())
        .replace("MyRace.java", directory.resolve("MyRace.java").toString());
    return CommandLineRun.of(
        (words + (words.startsWith("audit") ? " --json " + directory.resolve("r.json") : ""))
            .split(" ", -1));
  }

  @Test
  void theWayFromANewDesignToACounterexampleIsAsShown() throws IOException {
    List<String> commands = String.join("", blocks("")).lines().toList();
    assertThat(run(commands.get(0)).status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run(commands.get(1)).status()).isEqualTo(ExitStatus.AS_EXPECTED);

    Path file = directory.resolve("MyPin.java");
    String text = Files.readString(file);
    String swapped = blocks("java").get(0);
    List<String> lines = swapped.lines().toList();
    String asShipped = lines.get(1) + "\n" + lines.get(0) + "\n";
    assertThat(text).containsOnlyOnce(asShipped);
    Files.writeString(file, text.replace(asShipped, swapped));
    CommandLineRun audit = run(commands.get(1));
    assertThat(audit.status()).isEqualTo(ExitStatus.SURPRISED);
    CommandLineRun replay = run(commands.get(2));
    assertThat(replay.err()).isEmpty();
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(audit.out()).contains(blocks("text").get(0), "my-pin, its shortest");
    assertThat(replay.out()).contains(blocks("text").subList(1, 3));

    Files.writeString(file, text);
    assertThat(run(commands.get(3)).status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run(commands.get(4)).status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run(commands.get(5)).status()).isEqualTo(ExitStatus.SURPRISED);
  }
}
