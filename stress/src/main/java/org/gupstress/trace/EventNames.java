// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** Finds events by the bytes of their names: a table with open addressing that is never full. */
final class EventNames {
  private static final int SIZE = 256;

  private final byte[][] names = new byte[SIZE][];
  private final TraceEvent[] events = new TraceEvent[SIZE];

  EventNames() {
    for (TraceEvent event : TraceEvent.values()) {
      for (String name : event.names()) {
        byte[] bytes = name.getBytes(ISO_8859_1);
        int at = hash(bytes, 0, bytes.length);
        while (names[at] != null) {
          at = (at + 1) % SIZE;
        }
        names[at] = bytes;
        events[at] = event;
      }
    }
  }

  /** The event of this name, or null if it is not one that is read. */
  @Nullable
  TraceEvent find(byte[] text, int from, int to) {
    int at = hash(text, from, to);
    while (names[at] != null) {
      if (isSame(names[at], text, from, to)) {
        return events[at];
      }
      at = (at + 1) % SIZE;
    }
    return null;
  }

  private static int hash(byte[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SIZE - 1);
  }

  private static boolean isSame(byte[] name, byte[] text, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (name[i] != text[from + i]) {
        return false;
      }
    }
    return true;
  }
}
