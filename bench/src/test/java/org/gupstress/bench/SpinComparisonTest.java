// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison brings its own model; SPIN is searched for, and named where it is missing. */
class SpinComparisonTest {
  @TempDir
  Path directory;

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  @Test
  void aMissingProgramIsNamedWithItsPackage() {
    assertThatThrownBy(() -> PeerProgram.need("spin", "spin", directory.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the program spin")
        .hasMessageContaining("apt-get install spin");
  }

  @Test
  void aProgramInThePathIsFound() throws IOException {
    Path program = Files.createFile(directory.resolve("spin"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    PeerProgram.need("spin", "spin", "/nowhere" + File.pathSeparator + directory);
  }

  @Test
  void theModelIsInTheJar() throws IOException {
    Path model = PeerProgram.resource(SpinComparison.MODEL, directory);
    assertThat(Files.readString(model)).contains("inline pinPageForDma()", "CPUS", "ROUNDS");
  }

  @Test
  void spinSearchesAllOfTheModelAndFindsNoUnbalancedReference() throws Exception {
    assumeTrue(isInstalled("spin") && isInstalled("cc"), "spin and cc are not installed");
    Path model = PeerProgram.resource(SpinComparison.MODEL, directory);
    List<String> report = SpinComparison.verify(SpinComparison.verifier(model, 2, 1));
    assertThat(report).anyMatch(line -> line.contains("errors: 0"));
    assertThat(Integer.parseInt(SpinComparison.states(report))).isGreaterThan(100);
  }

  @Test
  void theControl_aReferenceThatIsNotDroppedIsAnError() throws Exception {
    assumeTrue(isInstalled("spin") && isInstalled("cc"), "spin and cc are not installed");
    Path model = PeerProgram.resource(SpinComparison.MODEL, directory);
    Files.writeString(model, Files.readString(model).replace("  refcount--  ", "  skip  "));
    List<String> report = SpinComparison.verify(SpinComparison.verifier(model, 2, 1));
    assertThat(report).anyMatch(line -> line.contains("errors: ") && !line.contains("errors: 0"));
  }
}
