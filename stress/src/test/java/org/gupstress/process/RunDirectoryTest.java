// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run has a directory of its own, or is refused before it begins. */
class RunDirectoryTest {
  @TempDir
  Path directory;

  @Test
  void aDirectoryIsMade() throws Refused {
    assertThat(RunDirectory.make(directory.resolve("results"), 1)).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> RunDirectory.make(file, 1))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot write results to " + file);
  }

  @Test
  void aDiskWithTooLittleRoomIsRefused() {
    assertThatThrownBy(() -> RunDirectory.make(directory, Integer.MAX_VALUE))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("expected 2147483647 MB free, found");
    assertThat(directory).isEmptyDirectory();
  }
}
