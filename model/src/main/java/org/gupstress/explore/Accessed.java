// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;

/**
 * An access that was made.
 *
 * @param seen what the CPU saw: the value read, the old value, or whether it succeeded
 * @param delay what weak memory has to do with it
 */
public record Accessed(Access access, long seen, Delay delay) {
  /** What weak memory does to an access. */
  public enum Delay {
    /** Nothing. */
    NONE(""),
    /** It waits in the store buffer of its CPU. */
    WAITS(" (in the store buffer)"),
    /** It has left the store buffer: all see it. */
    BECOMES_VISIBLE(" becomes visible"),
    /** A load that took what had been overwritten. */
    OLDER(" (an older value: the line is not yet invalidated)");

    private final String text;

    Delay(String text) {
      this.text = text;
    }
  }

  /** The field that was accessed. */
  public String field(Arena names) {
    return names.name(access.addr());
  }

  /** In words. */
  public String text(Arena names) {
    return (delay == Delay.NONE || delay == Delay.OLDER
            ? access.describe(names, seen)
            : access.describe(names))
        + delay.text;
  }
}
