// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.gupstress.process.FileKind;
import org.gupstress.process.RunDirectory;

/**
 * A file that is either as it was before or wholly written: the text goes into a file beside it,
 * which then takes its name. What is no regular file, like a link or a device, is refused, and so
 * is a file of another kind than the one that is to be written.
 */
public final class WholeFile {
  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** In the first bytes of a file there is what tells its kind. */
  private static final int BEGINNING = 1024;

  private final Path path;

  private WholeFile(Path path) {
    this.path = path;
  }

  /**
   * Makes sure that the file can be written. What is in it is replaced, so it is for the caller to
   * know that this is no file of somebody else's.
   *
   * @throws IOException with a sentence that says why not
   */
  static WholeFile at(Path path) throws IOException {
    FileKind.checkWritable(path);
    WholeFile file = new WholeFile(path);
    file.probe();
    return file;
  }

  /**
   * Makes sure that the file can be written, and that nothing is lost with what it holds.
   *
   * @param mark what stands near the beginning of every file of the kind that is to be written
   * @throws IOException with a sentence that says why not
   */
  public static WholeFile at(Path path, String mark) throws IOException {
    WholeFile file = at(path);
    if (Files.exists(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        String beginning = new String(in.readNBytes(BEGINNING), ISO_8859_1);
        if (!beginning.isEmpty() && !beginning.contains(mark)) {
          throw new IOException("cannot write " + path + ": it holds something else, with no \""
              + mark + "\" at its beginning, and would be lost");
        }
      }
    }
    return file;
  }

  private void probe() throws IOException {
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      throw new IOException("cannot write " + path + ": there is no directory " + directory);
    }
    try {
      begin().close();
      Files.delete(temporary());
    } catch (IOException e) {
      throw new IOException(
          "cannot write " + path + ": no file can be made in " + directory + ": " + FileKind.why(e),
          e);
    }
  }

  private Path directory() {
    Path parent = path.getParent();
    return parent == null ? Path.of(".") : parent;
  }

  public Path path() {
    return path;
  }

  void makeSureOfRoom(int megabytes) throws IOException {
    RunDirectory.makeSureOfRoom(directory(), megabytes);
  }

  /** A file with another ending beside it. */
  public Path beside(String ending) {
    String name = path.getFileName().toString();
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return path.resolveSibling(stem + ending);
  }

  /** Writes the content and gives it its name. */
  public void write(Content content) throws IOException {
    try {
      try (OutputStream out = begin()) {
        content.writeTo(out);
      }
      move();
    } finally {
      Files.deleteIfExists(temporary());
    }
  }

  /** One that was left behind by a process that was killed is no obstacle. */
  private OutputStream begin() throws IOException {
    Files.deleteIfExists(temporary());
    return Files.newOutputStream(
        temporary(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
