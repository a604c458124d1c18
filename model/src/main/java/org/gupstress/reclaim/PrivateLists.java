// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.memory.Arena;

/**
 * List heads that a function of reclaim has on the stack of its CPU. Where a stack frame lies is
 * arbitrary, and of two neighbouring heads one has bit 4 of its address set: here the first.
 */
final class PrivateLists {
  private PrivateLists() {}

  /** Makes the next head the first of a stack frame. */
  static void beginFrame(Arena arena) {
    for (int cpu = 0; cpu < arena.cpus(); cpu++) {
      arena.onCpu(cpu, "frame", 16, 32);
    }
  }

  /** One head for every CPU. */
  static long[] heads(Arena arena, String name) {
    long[] heads = new long[arena.cpus()];
    for (int cpu = 0; cpu < heads.length; cpu++) {
      heads[cpu] = arena.onCpu(cpu, name, 16, 16);
      arena.define(heads[cpu], "cpu" + cpu + "." + name + ".next");
      arena.define(heads[cpu] + 8, "cpu" + cpu + "." + name + ".prev");
    }
    return heads;
  }
}
