// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory models, held against tables that herd7 and brute force have computed. */
class LitmusCommandTest {
  private static final String BUFFERED = """
      {"name": "SB", "cpus": [["write A 1", "read B"], ["write B 1", "read A"]],
      "%s": [%s{"A": 1, "B": 1, "cpu0.r0": 0, "cpu1.r0": 1},
      {"A": 1, "B": 1, "cpu0.r0": 1, "cpu1.r0": 0}, {"A": 1, "B": 1, "cpu0.r0": 1, "cpu1.r0": 1}]}
      """.replace("\n", "") + "\n";

  private static final String BOTH_OLD = "{\"A\": 1, \"B\": 1, \"cpu0.r0\": 0, \"cpu1.r0\": 0}, ";

  @TempDir
  private Path directory;

  private static Path shipped(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(LitmusCommandTest.class.getResource("/org/gupstress/litmus/" + name))
            .toURI());
  }

  private CommandLineRun litmus(String text) throws IOException {
    return CommandLineRun.of(
        "litmus", Files.writeString(directory.resolve("x.jsonl"), text).toString());
  }

  @ParameterizedTest
  @CsvSource({"named.jsonl, 48", "random.jsonl, 198"})
  void everyProgramEndsInExactlyTheStatesOfTheTable(String name, int programs)
      throws URISyntaxException {
    CommandLineRun run = CommandLineRun.of("litmus", shipped(name).toString());
    assertThat(run.lines())
        .containsExactly(
            "sc     " + programs + " programs, 0 differ",
            "tso    " + programs + " programs, 0 differ",
            "arm64  " + programs + " programs, 0 differ",
            "");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aStateTooManyAndOneThatIsMissingAreNamed() throws IOException {
    CommandLineRun many = litmus(String.format(BUFFERED, "tso", ""));
    assertThat(many.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(many.lines())
        .contains("SB under tso:", "  too many: A=1 B=1 cpu0.r0=0 cpu1.r0=0")
        .noneMatch(line -> line.contains("missing"));
    CommandLineRun missing = litmus(String.format(BUFFERED, "sc", BOTH_OLD));
    assertThat(missing.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(missing.lines())
        .contains("SB under sc:", "  missing: A=1 B=1 cpu0.r0=0 cpu1.r0=0")
        .noneMatch(line -> line.contains("too many"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; line 1: not JSON",
        "[]; line 1: expected an object",
        "{\"name\": \"x\"}; line 1: expected an array \"cpus\", found none",
        "{\"name\": \"x\", \"cpus\": [[1]]}; line 1: expected operations as texts",
        "{\"name\": \"x\", \"cpus\": [[\"fly A\"]]}; expected one of read, write",
        "{\"name\": \"x\", \"cpus\": [[\"write A\"]]}; expected \"write L V\"",
        "{\"name\": \"x\", \"cpus\": [[\"read C\"]]}; expected \"read L\"",
        "{\"name\": \"x\", \"cpus\": [[\"write A.lo 4294967296\"]]}; expected a number of 32 bits",
        "{\"name\": \"x\", \"cpus\": [[],[],[],[],[]]}; expected 1 to 4 CPUs, found 5",
        "{\"name\": \"x\", \"cpus\": [[]], \"sc\": [{\"A\": \"a\"}]}; expected a number \"A\"",
        "{\"name\": \"x\", \"cpus\": [[]]} {}; expected the end of the file"
      })
  void whatIsNoProgramIsRefusedWithItsLine(String text, String sentence) throws IOException {
    CommandLineRun run = litmus(text + "\n");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("line 1", sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void programsWithoutStatesCompareNothing() throws IOException {
    CommandLineRun run = litmus("{\"name\": \"x\", \"cpus\": [[\"read A\"]]}\n");
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
  }

  @Test
  void exploreTakesTheModelsOfWhichKernelCodeIsJudged() {
    CommandLineRun tso = CommandLineRun.of(
        "explore", "--design", "foll-pin", "--scenario", "pin-unpin", "--memory", "tso");
    assertThat(tso.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(tso.out())
        .contains("memory: TSO", "interleavings of these sizes under tso, no more");
    for (String model : new String[] {"power", "arm64"}) {
      CommandLineRun refused = CommandLineRun.of(
          "explore", "--design", "foll-pin", "--scenario", "pin-unpin", "--memory", model);
      assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(refused.err()).contains("sc", "tso");
    }
  }
}
