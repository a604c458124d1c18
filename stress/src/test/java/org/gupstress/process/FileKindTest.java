// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is no regular file is named, and not opened. */
@EnabledOnOs(OS.LINUX)
class FileKindTest {
  @TempDir
  private Path directory;

  private Path file;
  private Path pipe;
  private Path link;
  private Path loop;
  private Path broken;

  @BeforeEach
  void make() throws IOException, InterruptedException {
    file = Files.writeString(directory.resolve("file"), "text");
    pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
        .isTrue();
    link = Files.createSymbolicLink(directory.resolve("link"), file);
    loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    broken = Files.createSymbolicLink(directory.resolve("broken"), Path.of("nowhere"));
  }

  @Test
  void isNamed() {
    assertThat(FileKind.of(file)).isNull();
    assertThat(FileKind.of(directory.resolve("nowhere"))).isNull();
    assertThat(FileKind.of(directory)).isEqualTo("a directory");
    assertThat(FileKind.of(pipe)).isEqualTo("a pipe");
    assertThat(FileKind.of(Path.of("/dev/full"))).isEqualTo("a device");
    assertThat(FileKind.of(loop)).startsWith("a link that leads nowhere");
    assertThat(FileKind.of(broken)).isEqualTo("a link to something that does not exist");
  }

  @Test
  void isReadThroughALinkAndNotWritten() {
    assertThatCode(() -> FileKind.checkReadable(link)).doesNotThrowAnyException();
    assertThatThrownBy(() -> FileKind.checkWritable(link))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + link + ": it is a link to " + file);
  }

  @Test
  void isRefused() {
    for (Path special : new Path[] {directory, pipe, loop, broken, Path.of("/dev/zero")}) {
      assertThatThrownBy(() -> FileKind.checkReadable(special))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(special + " is a ");
      assertThatThrownBy(() -> FileKind.checkWritable(special))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + special + ": it is a ");
    }
    assertThatThrownBy(() -> FileKind.checkReadable(directory.resolve("nowhere")))
        .hasMessage(directory.resolve("nowhere") + " does not exist");
  }
}
