// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What has a name in the file system, before it is opened. Only regular files are read and written:
 * a pipe without a partner hangs whoever opens it, a device has no end, and a link writes to a file
 * that nobody has named.
 */
public final class FileKind {
  private static final int TYPE = 0xf000;
  private static final int PIPE = 0x1000;
  private static final int CHARACTER_DEVICE = 0x2000;
  private static final int BLOCK_DEVICE = 0x6000;
  private static final int SOCKET = 0xc000;

  private FileKind() {}

  /**
   * Makes sure that a file can be read; links are followed.
   *
   * @throws IOException with a sentence that says why not
   */
  public static void checkReadable(Path file) throws IOException {
    String kind = of(file);
    if (kind != null) {
      throw new IOException(file + " is " + kind + ", expected a file");
    }
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist");
    }
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read: no permission");
    }
  }

  /**
   * Makes sure that nothing but a regular file has this name; there need not be one.
   *
   * @throws IOException with a sentence that says what has it
   */
  public static void checkWritable(Path file) throws IOException {
    String kind =
        Files.isSymbolicLink(file) ? "a link to " + Files.readSymbolicLink(file) : of(file);
    if (kind != null) {
      throw new IOException("cannot write " + file + ": it is " + kind);
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new IOException("cannot write " + file + ": no permission");
    }
  }

  /**
   * What it is if it is no regular file, like "a pipe"; null if it is one, or if it is not there.
   */
  public static @Nullable String of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.isRegularFile() ? null : found.isDirectory() ? "a directory" : special(file);
    } catch (IOException e) {
      return Files.isSymbolicLink(file) ? brokenLink(file, e) : null;
    }
  }

  private static String brokenLink(Path link, IOException e) {
    return e instanceof NoSuchFileException
        ? "a link to something that does not exist"
        : Files.exists(link, LinkOption.NOFOLLOW_LINKS)
            ? "a link that leads nowhere (" + why(e) + ")"
            : "a link";
  }

  private static String special(Path file) {
    try {
      return switch ((int) Files.getAttribute(file, "unix:mode") & TYPE) {
        case PIPE -> "a pipe";
        case CHARACTER_DEVICE, BLOCK_DEVICE -> "a device";
        case SOCKET -> "a socket";
        default -> "no regular file";
      };
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "no regular file";
    }
  }

  /** Why the system refused, in words: the library's message may be the name of the file alone. */
  public static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is something of this name";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
