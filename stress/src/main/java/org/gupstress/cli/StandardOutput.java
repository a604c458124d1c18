// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream that remembers why it could not be written. A reader that has gone away, like
 * head, has seen what it wanted: that is no failure.
 */
final class StandardOutput extends OutputStream {
  private static final String READER_IS_GONE = "Broken pipe";

  private final OutputStream out;
  private @Nullable IOException failure;

  StandardOutput(FileOutputStream out) {
    this.out = new BufferedOutputStream(out);
  }

  /** Why something could not be written, or null. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    remembering(() -> out.write(b));
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    remembering(() -> out.write(bytes, from, length));
  }

  @Override
  public synchronized void flush() throws IOException {
    remembering(out::flush);
  }

  /** Something that may fail. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void remembering(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      if (!READER_IS_GONE.equals(e.getMessage())) {
        failure = failure == null ? e : failure;
      }
      throw e;
    }
  }
}
