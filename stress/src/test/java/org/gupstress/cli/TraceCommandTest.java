// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.gupstress.result.ResultSchema;
import org.gupstress.trace.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command trace: what it prints, writes, and refuses. */
class TraceCommandTest {
  private static final String PINNED = Traces.shipped("pin-4.19.txt").toString();

  @TempDir
  private Path directory;

  private static CommandLineRun trace(String... words) {
    List<String> all = new ArrayList<>(List.of("trace"));
    all.addAll(List.of(words));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-4.19.txt", "pin-trace-cmd.txt", "mapped-6.18.txt.gz"})
  void printsTheDossierAndWhatPagesDid(String name) {
    CommandLineRun run = trace(Traces.shipped(name).toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out())
        .contains("inactive_file", "reclaimed / scanned", "0 mistakes of the model");
    assertThat(run.lines()).allMatch(line -> line.length() <= 100);
    assertThat(trace(Traces.shipped(name).toString(), "--format", "mail").lines())
        .allMatch(line -> line.length() <= 72);
  }

  @Test
  void showsThePagesThatWereAskedFor() {
    CommandLineRun run = trace(PINNED, "--pfn", "0x1a2b3,107188");
    List<String> lines = run.lines();
    int from = lines.indexOf("Page 0x1a2b3: 28 events");
    assertThat(from).isPositive();
    assertThat(lines).anyMatch(line -> line.startsWith("Page 0x1a2b4: "));
    assertThat(lines.subList(from, lines.size()))
        .anyMatch(line -> line.contains("reclaimed from the cache"))
        .anyMatch(line -> line.contains("reference taken for get_user_pages: 3"))
        .allMatch(line -> line.length() <= 80);
    CommandLineRun missing = trace(PINNED, "--pfn", "5");
    assertThat(missing.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(missing.err()).contains("no event of the page with pfn 0x5", "0x1a2b3");
    assertThat(trace(PINNED, "--pfn", "five").err()).contains("--pfn takes the number");
  }

  @Test
  void reportPrintsTheSame() {
    Path json = directory.resolve("result.json");
    for (String format : List.of("terminal", "mail")) {
      CommandLineRun run =
          trace(PINNED, "--pfn", "0x1a2b3", "--format", format, "--json", json.toString());
      assertThat(run.status()).isZero();
      ResultSchema.assertKept(json, "trace");
      assertThat(
              CommandLineRun.of("report", json.toString(), "--format", format).out())
          .isEqualTo(run.out());
    }
    // a second trace stays beside the first; the same again takes its place
    assertThat(trace(noPath(), "--json", json.toString()).status()).isEqualTo(ExitStatus.SURPRISED);
    trace(PINNED, "--json", json.toString());
    String both = CommandLineRun.of("report", json.toString()).out();
    assertThat(both.split("trace of a machine", -1)).hasSize(3);
    ResultSchema.assertKept(json, "trace");
  }

  /** A history that breaks the life cycle: the control. */
  private String noPath() {
    return Traces.written(directory, Traces.life("alloc add 2_f delete delete")).toString();
  }

  @Test
  void aPageThatTheModelDoesNotHaveIsASurprise() {
    CommandLineRun run = trace(noPath());
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out())
        .contains("1 mistake of the model, 0 not modelled", "deleted-outside", "not in the model")
        .contains("0 of 1 page have a history");
  }

  @Test
  void whatIsNotModelledIsNoSurprise() {
    Path file = Traces.written(directory, Traces.life("alloc 0_a swap"));
    CommandLineRun run = trace(file.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).contains("0 mistakes of the model, 1 not modelled", "no swap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-4.19.txt", "pin-trace-cmd.txt", "mapped-6.18.txt.gz"})
  void writesAScenarioThatCanBeExplored(String name) throws IOException {
    Path file = directory.resolve("HotPage.java");
    CommandLineRun run = trace(Traces.shipped(name).toString(), "--scenario-file", file.toString());
    assertThat(run.out()).contains("Wrote " + file).doesNotContain("with 0 operations");
    assertThat(Files.readString(file)).contains("class HotPage extends Spec", "(0)");
    CommandLineRun explored =
        CommandLineRun.of("explore", "--design", "get-page", "--scenario", file.toString());
    assertThat(explored.err()).isEmpty();
    assertThat(explored.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    CommandLineRun again = trace(PINNED, "--scenario-file", file.toString());
    assertThat(again.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.err()).contains("does not write over anything");
    assertThat(trace(PINNED, "--scenario-file", "hot.txt").err()).contains("class name and .java");
  }

  // ---- what is refused

  private void assertRefused(Path file, String sentence) {
    CommandLineRun run = trace(file.toString());
    assertThat(run.err()).contains(sentence).doesNotContain("internal error", "Exception");
    assertThat(run.err().strip().split("\n", -1)).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
  }

  private Path holding(byte... bytes) {
    try {
      return Files.write(directory.resolve("bad"), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] packed(byte... bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void whatIsNoFile() {
    assertRefused(directory, "is a directory, expected a file");
    assertRefused(directory.resolve("none"), "does not exist");
    assertRefused(holding(), "is empty");
  }

  @Test
  void whatIsNoText() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    noise[0] = 0;
    assertRefused(holding(noise), "is binary");
    assertRefused(holding("\u0017\u0008Dtracing6".getBytes(ISO_8859_1)), "trace-cmd report");
    assertRefused(holding("PERFILE2....".getBytes(ISO_8859_1)), "perf record");
    assertRefused(holding("\u00fd7zXZ\u0000".getBytes(ISO_8859_1)), "compressed with xz");
    assertRefused(holding(packed()), "is empty");
    assertRefused(holding(packed(packed(noise))), "compressed twice");
    assertRefused(holding(packed(noise)), "is binary");
  }

  @Test
  void aCompressionThatIsCutOrDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(Traces.shipped("mapped-6.18.txt.gz"));
    assertRefused(holding(Arrays.copyOf(whole, whole.length / 2)), "cut off");
    assertRefused(holding(Arrays.copyOf(whole, 5)), "cut off");
    byte[] damaged = whole.clone();
    damaged[whole.length - 6] ^= 1;
    assertRefused(holding(damaged), "is damaged");
    Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 50, (byte) 0x55);
    assertRefused(holding(damaged), "bad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\": \"gupstress-result/2\"}|JSON",
        "task 24440 [000] 3665.379668: filemap:mm_filemap_add_to_page_cache: dev 7:0|perf script",
        "openat(AT_FDCWD, \"x\", O_RDONLY) = 3|strace",
        "pgscan_kswapd 42|vmstat",
        "[    1.234567] Linux version 6.18|dmesg",
        "<html>|HTML",
        "what is this?|found \"what is this?\""
      })
  void theOutputOfAnotherTool(String line, String guess) {
    byte[] text = (line + "\n").repeat(3).getBytes(UTF_8);
    assertRefused(holding(text), guess);
    assertRefused(holding(text), "this is no trace");
  }

  @Test
  void aTraceThatTurnsIntoSomethingElse() {
    String lines = String.join("\n", Traces.life("alloc add 2_f")) + "\n" + "rubbish\n".repeat(500);
    assertRefused(holding(lines.getBytes(UTF_8)), "this is no trace");
  }

  @Test
  void aClockThatGoesBack() {
    List<String> lines = new ArrayList<>(Traces.life("alloc add 2_f delete"));
    lines.add(lines.remove(1));
    assertRefused(Traces.written(directory, lines), "line 4: the clock goes back on CPU 0");
    lines = new ArrayList<>(Traces.life("alloc add"));
    lines.add("            task-43    [001] d..1.  11.000000: mm_lru_activate: folio=0x9 pfn=9");
    assertRefused(Traces.written(directory, lines), "the clock goes back, from 12.100001 s");
  }

  @Test
  void aTraceOfOtherEventsHasNothingToRead() {
    Path file = Traces.written(
        directory, List.of(Traces.line(1, "sched_switch: prev_comm=a ==> next_comm=b")));
    CommandLineRun run = trace(file.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
    assertThat(run.err()).contains("sched_switch", "vmscan");
  }
}
