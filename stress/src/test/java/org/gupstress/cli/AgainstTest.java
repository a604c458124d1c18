// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs beside each other: what is new, gone, rarer, more often. */
class AgainstTest {
  @TempDir
  private static Path directory;

  private static String result;

  @BeforeAll
  static void audit() throws IOException {
    Path file = directory.resolve("audit.json");
    CommandLineRun.of(audit(file));
    result = Files.readString(file);
  }

  private static String[] audit(Path file, String... more) {
    String[] words = {
      "audit",
      "--json",
      file.toString(),
      "--design",
      "rfc-nov,page-ext",
      "--scenario",
      "pin-vs-drain",
      "--kernel",
      "production"
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static Path file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    return file;
  }

  private static CommandLineRun against(String now, String old, String... more) throws IOException {
    String[] words = {
      "report",
      file("now.json", now).toString(),
      "--against",
      file("old.json", old).toString()
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandLineRun.of(all);
  }

  /** The result without the harm: as if an earlier version had not done it. */
  private static String without(String harm) {
    String cut =
        result.replaceAll("\\{\"claim\":\"[a-z-]+\",\"harm\":\"" + harm + "\"[^{}]*\\},?", "");
    assertThat(cut).isNotEqualTo(result);
    return cut.replace(",]", "]");
  }

  @Test
  void equalRunsHaveNoChanges() throws IOException {
    CommandLineRun run = against(result, result);
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .containsPattern(
            "Held against .*old.json: 0 new, 0 gone, 0\\s+more\\s+often, 0\\s+rarer, \\d+");
  }

  @Test
  void whatIsNewHasAToken() throws IOException {
    CommandLineRun run = against(result, without("pin-overwritten"));
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    String changes = run.out().substring(run.out().indexOf("Held against"));
    assertThat(changes)
        .contains("1 new, 0 gone", "union-intact: rfc-nov in pin-vs-drain", "pin-overwritten")
        .containsPattern("replay: rfc-nov/pin-vs-drain/production/2x1#[0-9a-f]{8}\\.[a-h0-9]+");
  }

  @Test
  void whatIsGoneIsNoFailure() throws IOException {
    CommandLineRun run = against(without("pin-overwritten"), result);
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("0 new, 1 gone", "pin-overwritten, was in ");
  }

  @Test
  void sharesTellRarerFromMoreOften() throws IOException {
    String rarer =
        result.replaceAll("(\"harm\":\"pin-overwritten\".*?\"share\":)[0-9.E-]+", "$11.0E-9");
    assertThat(against(rarer, result).out()).contains("0 more often, 1 rarer", " to 1.0e-9");
    assertThat(against(result, rarer).out()).contains("1 more often, 0 rarer", "from 1.0e-9 to ");
  }

  @Test
  void anAuditIsHeldAgainstTheFileThatItReplaces() throws IOException {
    Path file = file("same.json", without("pin-overwritten"));
    CommandLineRun run = CommandLineRun.of(audit(file, "--against", file.toString()));
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).contains("1 new, 0 gone");
    assertThat(CommandLineRun.of(audit(file, "--against", file.toString())).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aPageHasTheChanges() throws IOException {
    Path html = directory.resolve("changes.html");
    against(result, without("pin-overwritten"), "--html", html.toString());
    assertThat(Files.readString(html)).contains("\"changes\":{\"against\":", "\"name\":\"new\"");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    CommandLineRun run = against(result, "{}");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("is not a result of this version");
  }
}
