// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.result.ResultSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run prints and what a report of its file prints is the same, to the letter. */
class RoundTripTest {
  @TempDir
  private Path directory;

  private String file() {
    return directory.resolve("result.json").toString();
  }

  private CommandLineRun run(String words) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of("--json", file()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private void assertReportIs(String printed, String... options) {
    List<String> report = new ArrayList<>(List.of("report", file()));
    report.addAll(List.of(options));
    assertThat(printed).hasSizeGreaterThan(500);
    ResultSchema.assertKept(directory.resolve("result.json"), "explore");
    assertThat(CommandLineRun.of(report.toArray(String[]::new)).out()).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit --design rfc-oct,rfc-nov --scenario pin-vs-drain,unconverted-put",
        "audit --design rfc-nov,get-page --scenario pin-vs-drain --kernel debug --evidence",
        "audit --design rfc-fixed --budget 1ms --threads 1",
        "explore --design rfc-nov --scenario pin-vs-drain",
        "explore --design rfc-nov --scenario pin-vs-drain --outcomes --trace stranded",
        "explore --design rfc-nov --scenario pin-vs-drain --trace deadlock",
        "explore --design rfc-oct --scenario unpin-in-interrupt --preemptions 0 --no-merge",
        "explore --design rfc-fixed --scenario pin-unpin --cpus 3 --max-states 50"
      })
  void shippedDesigns(String words) {
    assertReportIs(run(words).out());
    assertReportIs(run(words + " --format mail").out(), "--format", "mail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit --scenario pin-vs-drain,pin-unpin --design ",
        "audit --scenario pin-vs-drain --evidence --design ",
        "explore --scenario pin-unpin --design "
      })
  void aDesignOfAUser(String words) throws IOException {
    OwnFile own = OwnFile.design(directory, "MyPin").answering("return false;");
    String ownText = own.text();
    String printed = run(words + own.path()).out();
    assertThat(printed)
        .contains("replay: my-pin/", "In a kernel: ")
        .contains(words.startsWith("audit") ? "Only in my-pin" : "Unexpected: nothing known");
    // the file must tell all of it, without the design
    Files.delete(own.path());
    assertReportIs(printed);
    assertReportIs(
        run(words + own.with(ownText).path() + " --format mail").out(), "--format", "mail");
  }

  /** Of the row alone, whether or not the run was asked for it. */
  @Test
  void theEvidenceCanBeAskedForLater() {
    String words = "audit --design rfc-nov --scenario pin-vs-drain";
    String asked = afterItsHead(run(words + " --evidence").out());
    String plain = run(words).out();
    assertThat(afterItsHead(plain)).isNotEqualTo(asked);
    assertReportIs(plain);
    assertThat(afterItsHead(CommandLineRun.of("report", file(), "--evidence").out()))
        .isEqualTo(asked);
  }

  /** The head says how long it took. */
  private static String afterItsHead(String printed) {
    return printed.substring(printed.indexOf("\nclaim "));
  }

  /** A counterexample in a mail says what its design and its scenario are. */
  @Test
  void replayPrintsTheMailOfTheRun() {
    String mail =
        run("explore --design rfc-nov --scenario pin-vs-drain --format mail").out();
    String token = mail.lines()
        .map(String::strip)
        .map(line -> line.replace("gupstress replay ", ""))
        .filter(line -> line.startsWith("rfc-nov/pin-vs-drain/"))
        .findFirst()
        .orElseThrow();
    String again = CommandLineRun.of("replay", token, "--format", "mail").out();
    assertThat(again)
        .contains("\nrfc-nov: ", "\npin-vs-drain: ", "gupstress replay ", "In a kernel: ");
    assertThat(mail).endsWith("\n" + again);
  }

  @Test
  void aRunReplacesItsRowsAndLeavesThoseOfOthers() {
    String explored = run("explore --design rfc-nov --scenario pin-vs-drain").out();
    String audit = run("audit --design rfc-oct --scenario pin-vs-drain").out();
    assertReportIs(audit + explored);
    String again = run("explore --design rfc-nov --scenario pin-vs-drain").out();
    assertThat(CommandLineRun.of("report", file()).out()).contains(again, audit);
  }
}
