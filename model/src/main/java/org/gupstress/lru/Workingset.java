// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;

/**
 * mm/workingset.c, Linux 4.19: a page that is read again soon after reclaim dropped it belongs to
 * the working set and is activated at once.
 *
 * <p>Age counts evictions and activations of file pages; a refault is near if no more of them
 * happened since than pages are active. Leaves out: memory cgroups, shadow nodes.
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
    // atomic_long_inc_return
    return Integer.toUnsignedLong(memory.subReturn32(inactiveAge, -1));
  }

  /** workingset_refault: the page was evicted at this age. */
  public void refault(long p, long age) {
    int distance = memory.readOnce32(inactiveAge) - (int) age;
    if (Integer.compareUnsigned(distance, node.lruSize(LruList.ACTIVE_FILE)) <= 0) {
      memory.add32(activated, 1);
      memory.note(Note.WORKINGSET_ACTIVATE, p);
      page.set(p, PageFlag.ACTIVE);
      activation();
    }
  }

  /** workingset_activation: what is activated pushes others towards the end of their list. */
  void activation() {
    memory.add32(inactiveAge, 1);
  }

  /** WORKINGSET_ACTIVATE: whether it changed tells reclaim that the working set is in danger. */
  public int activations() {
    return memory.readOnce32(activated);
  }
}
