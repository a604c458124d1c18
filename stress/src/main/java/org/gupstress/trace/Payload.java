// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Finds fields like {@code nr_taken=3} behind the name of an event. */
final class Payload {
  /** There is no such field, or it is no number. */
  static final long NONE = Long.MIN_VALUE;

  private Payload() {}

  /** A name as {@link #value} looks for it. */
  static byte[] key(String field) {
    return (" " + field).getBytes(ISO_8859_1);
  }

  /** Where these bytes are, or -1. */
  static int find(byte[] text, int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int i = from; i <= last; i++) {
      int same = 0;
      while (same < wanted.length && text[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  /** Where the value of a field begins; -1 if it has none. A field has a space in front. */
  static int value(byte[] text, int from, int to, byte[] key) {
    int at = find(text, from, to, key);
    return at < 0 || at + key.length >= to ? -1 : at + key.length;
  }

  static long number(byte[] text, int from, int to, byte[] key) {
    int at = value(text, from, to, key);
    return at < 0 ? NONE : number(text, at, to);
  }

  /** Decimal, perhaps negative, or hexadecimal behind 0x. */
  static long number(byte[] text, int at, int to) {
    if (at + 1 < to && text[at] == '0' && text[at + 1] == 'x') {
      return hex(text, at + 2, to);
    }
    if (at < to && text[at] == '-') {
      long number = decimal(text, at + 1, to);
      return number == NONE ? NONE : -number;
    }
    return decimal(text, at, to);
  }

  static long decimal(byte[] text, int from, int to) {
    long number = 0;
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      number = number * 10 + text[at++] - '0';
      if (number > Long.MAX_VALUE / 16) {
        return NONE;
      }
    }
    return at == from ? NONE : number;
  }

  static long hex(byte[] text, int from, int to) {
    long number = 0;
    int at = from;
    while (at < to && at - from < 15) {
      int digit = Character.digit(text[at], 16);
      if (digit < 0) {
        break;
      }
      number = (number << 4) | digit;
      at++;
    }
    return at == from ? NONE : number;
  }
}
