// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Directories for what the child JVMs of a run write, one for each run. */
public final class RunDirectory {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'run-'yyyyMMdd-HHmmss-SSS");

  private RunDirectory() {}

  /** A new one under this one, on a disk with so much room. */
  public static Path make(Path parent, int megabytes) throws Refused {
    Path directory = parent
        .toAbsolutePath()
        .resolve(LocalDateTime.now(ZoneId.systemDefault()).format(NAME));
    try {
      makeSureOfRoom(existing(directory), megabytes);
      return Files.createDirectories(directory);
    } catch (IOException e) {
      String kind = Files.isDirectory(parent) ? null : FileKind.of(parent);
      throw Refused.misused("cannot write results to " + parent + ": "
          + (kind == null ? FileKind.why(e) : "it is " + kind));
    }
  }

  private static @Nullable Path existing(@Nullable Path directory) {
    return directory == null || Files.exists(directory)
        ? directory
        : existing(directory.getParent());
  }

  /** Throws with a sentence if there is less. */
  public static void makeSureOfRoom(@Nullable Path directory, int megabytes) throws IOException {
    if (directory != null && Files.isDirectory(directory)) {
      long free = Files.getFileStore(directory).getUsableSpace() >> 20;
      if (free < megabytes) {
        throw new IOException(String.format(
            "no room for results in %s: expected %d MB free, found %d MB",
            directory, megabytes, free));
      }
    }
  }
}
