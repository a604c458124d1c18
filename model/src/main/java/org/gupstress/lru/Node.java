// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Accessor;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.SpinLock;

/**
 * struct pglist_data: lru_lock, the lock that the 2018 postings put beside it, and one lruvec. Both
 * locks are per node in 4.19 ({@code zone_lru_lock} and {@code zone_gup_lock} both lead here).
 *
 * <p>The five list heads stand 16 bytes apart, as in struct lruvec: bit 4 of their addresses
 * alternates.
 *
 * <p>Leaves out: a second node, memory cgroups (one lruvec per node), per-zone sizes.
 */
public final class Node {
  private static final int HEAD_SPACING = 16;

  private final Memory memory;
  private final SpinLock lruLock;
  private final SpinLock gupLock;
  private final long lists;
  private final long sizes;
  private final long isolated;

  public Node(Memory memory, Arena arena) {
    this.memory = memory;
    this.lruLock = new SpinLock(memory, arena, "lru_lock");
    this.gupLock = new SpinLock(memory, arena, "gup_lock");
    this.lists = arena.shared("lruvec", 5L * HEAD_SPACING, 64);
    this.sizes = arena.shared("lru_size", 5L * 4, 64);
    this.isolated = arena.shared("NR_ISOLATED", 2 * 4, 8);
    arena.define(isolated, "NR_ISOLATED_ANON");
    arena.define(isolated + 4, "NR_ISOLATED_FILE");
    for (LruList list : LruList.values()) {
      arena.define(head(list), list.id() + ".next");
      arena.define(head(list) + 8, list.id() + ".prev");
      arena.define(size(list), "lru_size[" + list.id() + "]");
    }
  }

  public SpinLock lruLock() {
    return lruLock;
  }

  public SpinLock gupLock() {
    return gupLock;
  }

  /** The address of a list head. */
  public long head(LruList list) {
    return lists + (long) list.ordinal() * HEAD_SPACING;
  }

  /** Whether the address is one of the five list heads. */
  public boolean isHead(long addr) {
    return addr >= lists && addr < lists + 5L * HEAD_SPACING;
  }

  long size(LruList list) {
    return sizes + 4L * list.ordinal();
  }

  /** All sizes and counters are zero. */
  void boot() {
    for (LruList list : LruList.values()) {
      memory.write32(size(list), 0);
    }
    memory.write64(isolated, 0);
  }

  /** update_lru_size; lru_lock is held. */
  @Accessor
  void addSize(LruList list, int pages) {
    memory.add32(size(list), pages);
  }

  private long isolated(boolean file) {
    return isolated + (file ? 4 : 0);
  }

  /** mod_node_page_state(NR_ISOLATED_ANON or _FILE). */
  public void addIsolated(boolean file, int pages) {
    memory.add32(isolated(file), pages);
  }

  /** Pages that reclaim and its like have taken off the lists. */
  public int nrIsolated(boolean file) {
    return memory.readOnce32(isolated(file));
  }

  /** lruvec_lru_size. */
  public int lruSize(LruList list) {
    return memory.readOnce32(size(list));
  }
}
