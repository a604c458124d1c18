// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;

/**
 * mm/workingset.c, Linux 4.19: a page that is read again soon after reclaim dropped it belongs to
 * the working set and is activated at once.
 *
 * <p>Age counts evictions; a refault is near if fewer pages were evicted since than are active.
 * Leaves out: activations in the age, memory cgroups, shadow nodes.
 */
public final class Workingset {
  private final Memory memory;
  private final Page page;
  private final Node node;
  private final long inactiveAge;
  private final long activated;

  Workingset(Memory memory, Arena arena, Page page, Node node) {
    this.memory = memory;
    this.page = page;
    this.node = node;
    this.inactiveAge = arena.shared("inactive_age", 4, 8);
    this.activated = arena.shared("WORKINGSET_ACTIVATE", 4, 8);
  }

  /** workingset_eviction: the age that the shadow entry will remember. */
  public long eviction() {
    memory.add32(inactiveAge, 1);
    return Integer.toUnsignedLong(memory.readOnce32(inactiveAge));
  }

  /** workingset_refault: the page was evicted at this age. */
  public void refault(long p, long age) {
    int distance = memory.readOnce32(inactiveAge) - (int) age;
    if (distance >= 0 && distance <= node.lruSize(LruList.ACTIVE_FILE)) {
      page.set(p, PageFlag.ACTIVE);
      memory.add32(activated, 1);
    }
  }

  /** WORKINGSET_ACTIVATE: whether it changed tells reclaim that the working set is in danger. */
  public int activations() {
    return memory.readOnce32(activated);
  }
}
