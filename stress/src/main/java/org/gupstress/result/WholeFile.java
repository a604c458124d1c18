// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.gupstress.process.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A file that is either as it was before or wholly written: the text goes into a file beside it,
 * which then takes its name. What is not a regular file, like /dev/stdout, is written to as it is.
 */
public final class WholeFile {
  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path path;
  private final boolean isSpecial;

  private WholeFile(Path path, boolean isSpecial) {
    this.path = path;
    this.isSpecial = isSpecial;
  }

  /**
   * Makes sure that the file can be written.
   *
   * @throws IOException with a sentence that says why not
   */
  public static WholeFile at(Path wanted) throws IOException {
    if (Files.isDirectory(wanted)) {
      throw new IOException("cannot write " + wanted + ": it is a directory");
    }
    boolean exists = Files.exists(wanted);
    if (exists && !Files.isWritable(wanted)) {
      throw new IOException("cannot write " + wanted + ": no permission");
    }
    boolean isSpecial = exists && !Files.isRegularFile(wanted);
    Path path = exists && !isSpecial ? wanted.toRealPath() : wanted.toAbsolutePath();
    WholeFile file = new WholeFile(path, isSpecial);
    if (!isSpecial) {
      file.probe(wanted);
    }
    return file;
  }

  private void probe(Path wanted) throws IOException {
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IOException("cannot write " + wanted + ": there is no directory " + directory);
    }
    try {
      Files.newOutputStream(temporary(), StandardOpenOption.CREATE_NEW).close();
      Files.delete(temporary());
    } catch (IOException e) {
      throw new IOException("cannot write " + wanted + ": no file can be made in " + directory, e);
    }
  }

  public Path path() {
    return path;
  }

  void makeSureOfRoom(int megabytes) throws IOException {
    RunDirectory.makeSureOfRoom(path.getParent(), megabytes);
  }

  /** Whether it is no regular file, so that what is written cannot be taken back. */
  boolean isSpecial() {
    return isSpecial;
  }

  /** A file with another ending beside it, or null if it is no regular file. */
  public @Nullable Path beside(String ending) {
    if (isSpecial) {
      return null;
    }
    String name = path.getFileName().toString();
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return path.resolveSibling(stem + ending);
  }

  /** Writes the content and gives it its name. */
  public void write(Content content) throws IOException {
    if (isSpecial) {
      try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      return;
    }
    try {
      try (OutputStream out = Files.newOutputStream(temporary(), StandardOpenOption.CREATE_NEW)) {
        content.writeTo(out);
      }
      move();
    } finally {
      Files.deleteIfExists(temporary());
    }
  }

  private void move() throws IOException {
    try {
      Files.move(temporary(), path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary(), path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path temporary() {
    return path.resolveSibling(
        "." + path.getFileName() + "." + ProcessHandle.current().pid());
  }
}
