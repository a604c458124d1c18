// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.storm.StormEngine;
import org.gupstress.storm.Storms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result file says the same as the run that wrote it. */
class ReportCommandTest {
  @TempDir
  private Path directory;

  private String file() {
    return directory.resolve("result.json").toString();
  }

  private CommandLineRun report(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "report";
    words[1] = file();
    System.arraycopy(more, 0, words, 2, more.length);
    return CommandLineRun.of(words);
  }

  private CommandLineRun storm(String... words) {
    StormEngine engine = Storms::fake;
    String[] all = new String[words.length + 3];
    all[0] = "storm";
    all[1] = "--json";
    all[2] = file();
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandLineRun.of(engine, all);
  }

  @Test
  void aStormReadsAsItWasPrinted() {
    String printed = storm("--design", "rfc-oct", "--cpus", "1").out();
    CommandLineRun report = report();
    assertThat(report.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(report.out()).isEqualTo(printed);
  }

  @Test
  void severalStormsAreComparedToo() {
    String printed = storm("--compare", "rfc-oct,foll-pin", "--cpus", "1").out();
    assertThat(printed).contains("rfc-oct", "foll-pin");
    assertThat(report().out()).isEqualTo(printed);
  }

  @Test
  void aCourtReadsAsItWasPrinted() {
    List<String> printed = CommandLineRun.of(
            "audit", "--design", "rfc-nov,foll-pin", "--kernel", "production", "--json", file())
        .lines();
    List<String> court = printed.stream()
        .dropWhile(line -> !line.startsWith("claim "))
        .takeWhile(line -> !line.isEmpty())
        .toList();
    assertThat(court).hasSizeGreaterThan(11);
    CommandLineRun report = report();
    assertThat(report.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(report.lines()).containsSubsequence(court);
    assertThat(report.out()).contains("R-09 pinned again before the pagevec drains");
    assertThat(CommandLineRun.of("replay", report.token()).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void outcomeTestsAreATable() throws IOException {
    Files.writeString(Path.of(file()), """
        {"schema": "gupstress-result/2", "rows": [{"engine": "jcstress",
          "design": "rfc-nov", "scenario": "outcome-pin-vs-drain", "kernel": "production",
          "test": "PinVsDrain.RfcNov", "sentence": "A pin meets a drain.", "verdict": "violated",
          "expected": true, "complete": true, "reason": "", "actors": 2,
          "configurations_planned": 1, "configurations_min": 1, "configurations_executed": 1,
          "samples": 2689338, "seconds": 1.25, "rate": 2151470,
          "control": false, "control_samples_min": 0, "search_stopped": "", "modes": [],
          "outcomes": [{"outcome": "torn-count", "grade": "rare", "sentence": "Half a pointer.",
            "samples": 1463, "frequency": 0.000544, "predicted": true, "share": 0.000866,
            "preemptions": 2, "token": "", "modes": []}], "html": ""}]}
        """);
    assertThat(report().lines())
        .contains("PinVsDrain.RfcNov: 2,689,338 samples, 2.15 M/s, 1 of 1 configurations")
        .contains("  torn-count             rare                   1,463    0.0544%  0.0866%");
  }

  @Test
  void aKilledStormShowsWhatThereIs() throws IOException {
    storm("--design", "rfc-oct");
    String whole = Files.readString(Path.of(file()));
    Files.writeString(Path.of(file()), whole.substring(0, whole.indexOf("\"row\":\"totals\"")));
    CommandLineRun report = report();
    assertThat(report.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(report.out())
        .contains("Cut off after 3 seconds: there are no totals")
        .contains("stranded (never-stranded)")
        .contains("ends in the middle of a row, which is left out");
  }

  @Test
  void allEventsAreShownOnlyWhereAskedFor() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      events
          .append(i == 0 ? "" : ",")
          .append("{\"ns\":")
          .append(1000 * i)
          .append(",\"cpu\":0,\"text\":\"e\"}");
    }
    storm("--design", "rfc-oct");
    String whole = Files.readString(Path.of(file()));
    int from = whole.indexOf("\"events\":[{") + 10;
    Files.writeString(
        Path.of(file()),
        whole.substring(0, from) + events + whole.substring(whole.indexOf(']', from)));
    assertThat(report().out()).contains("26 earlier events").containsOnlyOnce("26 us cpu0 e");
    assertThat(report().out()).doesNotContain("25 us cpu0 e");
    assertThat(report("--full").out()).contains(" 0 us cpu0 e").doesNotContain("earlier");
  }

  @Test
  void whatIsWrongWithARowIsSaidWithItsNumber() throws IOException {
    storm("--design", "rfc-oct");
    String whole = Files.readString(Path.of(file()));
    Files.writeString(Path.of(file()), whole.replace("\"second\":2", "\"second\":\"two\""));
    assertThat(report().status()).isEqualTo(ExitStatus.USAGE);
    assertThat(report().err())
        .contains(file() + ", row 3: expected a number \"second\", found String");
    Files.writeString(Path.of(file()), whole.replace("dio-mapped:", "dio-mopped:"));
    assertThat(report().err()).contains(", row 1: ", "there is no workload \"dio-mopped\"");
    Files.writeString(
        Path.of(file()), whole.replace("\"engine\":\"storm\"", "\"engine\":\"rain\""));
    assertThat(report().err()).contains("row 1: there is no engine \"rain\"");
  }

  @Test
  void anEmptyFileHasNothingToReport() throws IOException {
    Files.writeString(Path.of(file()), "{\"schema\":\"gupstress-result/2\",\"rows\":[]}");
    assertThat(report().status()).isEqualTo(ExitStatus.NOTHING_RAN);
    Files.writeString(Path.of(file()), "");
    assertThat(report().status()).isEqualTo(ExitStatus.USAGE);
    assertThat(report().err()).contains("expected the schema gupstress-result/2, found none");
  }

  @Test
  void linesKeepToTheirColumns() {
    storm("--compare", "get-page,rfc-oct,rfc-nov,rfc-fixed,page-ext,foll-pin");
    assertThat(report().lines()).allMatch(line -> line.length() <= 100);
    assertThat(report("--format", "mail").lines()).allMatch(line -> line.length() <= 72);
  }
}
