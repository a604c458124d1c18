// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmTest {
  private static final long MILLIS = 60_000;

  @TempDir
  private Path directory;

  @Test
  void oneThatEndsByItselfWasNotKilled() throws Exception {
    ChildJvm child = ChildJvm.talking(List.of("--dry-run", "-version"), directory);
    assertThat(child.ends(MILLIS)).isTrue();
    assertThat(child.killed()).isEmpty();
  }

  /** It waits at a debugger's door until somebody kills it. */
  @Test
  void aSignalOfOthersIsItsEnd() throws Exception {
    ChildJvm child = new ChildJvm(
        List.of(
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0",
            "-version"),
        directory);
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    assertThat(child.ends(MILLIS)).isFalse();
    assertThat(child.killed()).isEqualTo("was killed by signal 9");
  }
}
