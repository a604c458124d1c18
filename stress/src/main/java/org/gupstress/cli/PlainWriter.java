// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * The one way of messages to a terminal: whatever is in a word, a file name, a result or the id of
 * a design, it steers no terminal. What is not printable ASCII is written as Java would write it,
 * with a backslash; only the end of a line is one.
 */
final class PlainWriter extends PrintWriter {
  /**
   * Wraps a writer.
   *
   * @param flushes whether each line is written at once
   */
  PlainWriter(PrintWriter to, boolean flushes) {
    super(new Plain(to), flushes);
  }

  /** The text with all that is not printable ASCII in escapes. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(c -> {
      if (c == '\n' || (c >= ' ' && c < 127)) {
        plain.append((char) c);
      } else {
        plain.append(String.format(Locale.ROOT, "\\u%04x", c));
      }
    });
    return plain.toString();
  }

  private static final class Plain extends FilterWriter {
    Plain(Writer to) {
      super(to);
    }

    @Override
    public void write(int c) throws IOException {
      out.write(plain(String.valueOf((char) c)));
    }

    @Override
    public void write(char[] buffer, int from, int length) throws IOException {
      out.write(plain(new String(buffer, from, length)));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
      out.write(plain(text.substring(from, from + length)));
    }
  }
}
