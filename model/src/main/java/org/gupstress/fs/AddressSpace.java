// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Page;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * struct address_space: the page cache slots of one file under the i_pages lock, Linux 4.19.
 *
 * <p>Leaves out: tags, shadow entries, look-ups under RCU, everything that adds pages while the
 * machine runs.
 */
public final class AddressSpace {
  private final Memory memory;
  private final Page page;
  private final SpinLock pagesLock;
  private final long mapping;
  private final long slots;
  private final int count;

  public AddressSpace(Memory memory, Arena arena, Page page, int count) {
    this.memory = memory;
    this.page = page;
    this.count = count;
    this.pagesLock = new SpinLock(memory, arena, "i_pages");
    this.mapping = arena.shared("mapping", 8, 8);
    this.slots = arena.shared("slot", 8L * count, 8);
    for (int i = 0; i < count; i++) {
      arena.define(slots + 8L * i, "slot" + i);
    }
  }

  /** The lock of the slots (xa_lock of i_pages). */
  public SpinLock pagesLock() {
    return pagesLock;
  }

  /** Puts a page into the cache before the machine runs, with the reference of the cache. */
  public void bootAdd(int index, long p) {
    memory.write64(slots + 8L * index, p);
    memory.write64(p + PageLayout.MAPPING, mapping);
    memory.write64(p + PageLayout.INDEX, index);
    page.bootRef(p, Ref.CACHE);
  }

  /** __delete_from_page_cache: the lock is held, the page is frozen. */
  public void delete(long p) {
    long index = memory.read64(p + PageLayout.INDEX);
    memory.write64(slots + 8L * index, 0);
    memory.write64(p + PageLayout.MAPPING, 0);
  }

  /** How many slots hold the page. */
  public int holders(long p) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += memory.readOnce64(slots + 8L * i) == p ? 1 : 0;
    }
    return found;
  }
}
