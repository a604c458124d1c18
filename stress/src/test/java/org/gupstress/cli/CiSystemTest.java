// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CI system and a terminal are told, as their variables ask for it. */
class CiSystemTest {
  @TempDir
  private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Terminal terminal(Map<String, String> environment) {
    return new Terminal(
        new PrintWriter(out), new PrintWriter(err), false, Duration.ofDays(1), environment);
  }

  private int audit(Map<String, String> environment, String design) {
    return Main.run(
        terminal(environment),
        "audit",
        "--scenario",
        "pin-unpin",
        "--kernel",
        "production",
        "--json",
        directory.resolve("result.json").toString(),
        "--design",
        design);
  }

  private String broken() {
    return OwnFile.design(directory, "MyPin").answering("return false;").path().toString();
  }

  @Test
  void whatFailedIsAnError() throws IOException {
    Path summary = directory.resolve("summary.md");
    Files.writeString(summary, "before\n");
    Map<String, String> environment =
        Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString());
    assertThat(audit(environment, broken())).isEqualTo(ExitStatus.SURPRISED);
    assertThat(err.toString().lines())
        .anyMatch(
            line -> line.matches("::error title=my-pin pin-unpin/production/[a-z-]+::[a-z-]+: .+"))
        .noneMatch(line -> line.startsWith("::error") && line.contains("title=rfc"));
    assertThat(summary)
        .content()
        .startsWith("before\n### gupstress\n")
        .containsPattern("\\| my-pin \\| \\d+ \\| [1-9]\\d* \\| \\d+ \\|");
  }

  @Test
  void whatIsAsExpectedIsNoError() throws IOException {
    Path summary = directory.resolve("summary.md");
    Map<String, String> environment =
        Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString());
    assertThat(audit(environment, "rfc-oct")).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(err.toString()).doesNotContain("::error");
    assertThat(summary).content().containsPattern("\\| rfc-oct \\| \\d+ \\| 0 \\| \\d+ \\|");
  }

  @Test
  void elsewhereNothingIsSaid() {
    assertThat(audit(Map.of(), broken())).isEqualTo(ExitStatus.SURPRISED);
    assertThat(err.toString()).doesNotContain("::error");
  }

  @Test
  void columnsAndColoursFollowTheEnvironment() {
    assertThat(terminal(Map.of()).width()).isEqualTo(100);
    assertThat(terminal(Map.of("COLUMNS", "80")).width()).isEqualTo(80);
    assertThat(terminal(Map.of("COLUMNS", "3")).width()).isEqualTo(60);
    assertThat(terminal(Map.of("COLUMNS", "wide")).width()).isEqualTo(100);
    assertThat(terminal(Map.of()).isColoured()).isFalse();
    assertThat(terminal(Map.of("CLICOLOR_FORCE", "1")).isColoured()).isTrue();
    assertThat(terminal(Map.of("CLICOLOR_FORCE", "0")).isColoured()).isFalse();
    assertThat(terminal(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).isColoured())
        .isFalse();
  }

  @Test
  void anAuditFitsIntoEightyColumns() {
    audit(Map.of("COLUMNS", "80"), "rfc-oct");
    assertThat(out.toString().lines())
        .filteredOn(line -> !line.contains("#"))
        .isNotEmpty()
        .allMatch(line -> line.length() <= 80);
    assertThat(out.toString()).contains("never-stranded");
  }

  @Test
  void helpFitsIntoTheTerminalAndBreaksNoFlag() {
    Main.run(terminal(Map.of("COLUMNS", "80")), "report", "--help");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString()).contains("--against=OLD", "--html=FILE");
  }
}
