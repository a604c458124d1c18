// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.io.IOException;
import java.io.InputStream;

/** Line after line in one buffer, without a copy; what is too long for a line is cut short. */
final class Lines {
  static final int LENGTH_MAX = 1 << 14;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 18];
  private int filled;
  private int next;
  private boolean isAtEnd;

  /** Where the line begins in {@link #bytes}. */
  int from;

  /** Where it ends. */
  int to;

  /** Whether the file ended in it, or it was too long. */
  boolean isCut;

  Lines(InputStream in) {
    this.in = in;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Goes to the next line; false at the end of the file. */
  boolean advance() throws IOException {
    from = next;
    int at = next;
    while (true) {
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      if (at < filled) {
        return found(at, at + 1, at - from > LENGTH_MAX);
      }
      if (isAtEnd) {
        return at > from && found(at, at, true);
      }
      if (at - from > LENGTH_MAX) {
        // the rest of such a line is of no interest
        at = from + LENGTH_MAX + 1;
        filled = at;
      }
      at = refill(at);
    }
  }

  private boolean found(int end, int following, boolean cut) {
    to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    next = following;
    isCut = cut;
    return true;
  }

  /** Moves what was begun to the front and reads on behind it. */
  private int refill(int at) throws IOException {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    int moved = at - from;
    filled -= from;
    from = 0;
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      isAtEnd = true;
    } else {
      filled += read;
    }
    return moved;
  }
}
