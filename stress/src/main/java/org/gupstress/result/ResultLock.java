// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.gupstress.process.FileKind;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second writer away from a result file: a lock of the operating system on a file beside
 * it, which the system takes back from whoever is killed. The file beside it is removed with the
 * lock; one that was left behind is no obstacle.
 */
final class ResultLock implements Closeable {
  /** A file that is removed while we wait for it is made again, but not for ever. */
  private static final int ATTEMPTS = 10;

  /** Of the file beside it: no limit on the size of files is smaller. */
  private static final int SIZE_MAX = 1000;

  private final Path path;
  private final FileChannel channel;

  private ResultLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks a file.
   *
   * @return null if another writer has it
   * @throws IOException if there can be no lock
   */
  static @Nullable ResultLock of(Path file) throws IOException {
    Path path = file.resolveSibling("." + file.getFileName() + ".lock");
    FileKind.checkWritable(path);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel = FileChannel.open(
          path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      if (!isLocked(channel)) {
        channel.close();
        return null;
      }
      if (isStillThere(path, channel)) {
        return new ResultLock(path, channel);
      }
      channel.close();
    }
    return null;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // somebody else in this process
      return false;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Whoever had the lock before removes the file: what we have locked then is not what others see.
   * The file is told by its size, and never opened a second time: a process that closes any channel
   * to a file gives up all its locks on it.
   */
  private static boolean isStillThere(Path path, FileChannel channel) throws IOException {
    long size = ThreadLocalRandom.current().nextInt(1, SIZE_MAX);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), size - 1);
    try {
      return Files.size(path) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    }
  }
}
