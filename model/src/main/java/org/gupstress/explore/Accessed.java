// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;

/**
 * An access that was made.
 *
 * @param seen what the CPU saw: the value read, the old value, or whether it succeeded
 */
public record Accessed(Access access, long seen) {
  /** The field that was accessed. */
  public String field(Arena names) {
    return names.name(access.addr());
  }

  /** In words. */
  public String text(Arena names) {
    return access.describe(names, seen);
  }
}
