// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Output that is lost is noticed. */
class StandardOutputTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsRemembered() throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      StandardOutput standard = new StandardOutput(full);
      PrintWriter out = new PrintWriter(standard, false, StandardCharsets.US_ASCII);
      out.println("a verdict");
      out.flush();
      assertThat(standard.failure()).hasMessageContaining("No space left");
    }
  }

  @Test
  void whatIsWrittenIsThere(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("out");
    try (FileOutputStream to = new FileOutputStream(file.toFile())) {
      StandardOutput standard = new StandardOutput(to);
      PrintWriter out = new PrintWriter(standard, false, StandardCharsets.US_ASCII);
      out.println("a verdict");
      out.flush();
      assertThat(standard.failure()).isNull();
    }
    assertThat(Files.readString(file)).startsWith("a verdict");
  }
}
