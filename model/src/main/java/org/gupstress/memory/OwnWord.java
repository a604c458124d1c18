// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * A number that one thread writes all the time. It is alone on its cache lines, wherever the
 * collector moves it, so that no thread that reads an object beside it waits for the writer.
 */
public final class OwnWord {
  private static final int LINES = 2 * 64 / Long.BYTES;

  private final long[] words = new long[2 * LINES];

  public long get() {
    return words[LINES];
  }

  public void set(long value) {
    words[LINES] = value;
  }
}
