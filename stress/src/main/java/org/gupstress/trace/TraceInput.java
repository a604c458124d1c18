// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;

/**
 * The text of a trace: what is in the file, or what gzip has packed there. What is no text is
 * refused with the name of what it is.
 */
final class TraceInput {
  private static final int PEEKED = 4096;
  private static final int BUFFER = 1 << 16;
  private static final String GZIP = "\u001f\u008b";

  /** How a file begins that is no text, and what its reader should do. */
  private record Magic(String start, String advice) {}

  private static final List<Magic> NO_TEXT = List.of(
      new Magic(
          "\u0017\u0008Dtracing",
          "is the binary file of trace-cmd record; expected the text"
              + " that trace-cmd report prints of it"),
      new Magic(
          "PERFILE2",
          "is the binary file of perf record; expected text of ftrace, as in"
              + " /sys/kernel/tracing/trace, or of trace-cmd report"),
      new Magic("\u00fd7zXZ", "is compressed with xz; expected text or gzip"),
      new Magic("(\u00b5/\u00fd", "is compressed with zstd; expected text or gzip"),
      new Magic("BZh", "is compressed with bzip2; expected text or gzip"),
      new Magic("PK\u0003\u0004", "is a zip archive; expected text or gzip"),
      new Magic(GZIP, "is compressed twice; expected text or gzip"));

  private TraceInput() {}

  /**
   * Opens it.
   *
   * @throws Refused if it cannot be read, is empty, or is no text
   */
  static InputStream open(Path file) throws IOException {
    InputStream raw = peekable(opened(file));
    try {
      byte[] head = peek(raw);
      if (startsWith(head, GZIP)) {
        raw = peekable(new GZIPInputStream(raw, BUFFER));
        head = peek(raw);
      }
      check(file, head);
      return raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream opened(Path file) throws IOException {
    try {
      FileKind.checkReadable(file);
    } catch (IOException e) {
      throw Refused.quoting(String.valueOf(e.getMessage()));
    }
    return Files.newInputStream(file);
  }

  private static InputStream peekable(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(PEEKED);
    byte[] head = in.readNBytes(PEEKED);
    in.reset();
    return head;
  }

  private static void check(Path file, byte[] head) {
    if (head.length == 0) {
      throw Refused.quoting(file + " is empty; expected the text of a trace");
    }
    for (Magic magic : NO_TEXT) {
      if (startsWith(head, magic.start())) {
        throw Refused.quoting(file + " " + magic.advice());
      }
    }
    int odd = 0;
    for (byte each : head) {
      odd += each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t' ? 1 : 0;
    }
    if (odd > head.length / 32) {
      throw Refused.quoting(file + " is binary; expected text of ftrace or of trace-cmd report");
    }
  }

  private static boolean startsWith(byte[] head, String start) {
    byte[] wanted = start.getBytes(ISO_8859_1);
    if (head.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (head[i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
