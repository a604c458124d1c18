// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import org.gupstress.memory.Accessor;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;

/**
 * struct dev_pagemap of one MEMORY_DEVICE_FS_DAX device and its pages, include/linux/memremap.h and
 * kernel/memremap.c, Linux 4.19, with the offsets of x86-64.
 *
 * <p>A device page is idle at refcount 1, is on no LRU, and has the address of its dev_pagemap in
 * the first word of the union; hmm_data keeps the LIST_POISON2 with which it was seeded. Every
 * put_page looks into the dev_pagemap.
 *
 * <p>Leaves out: the radix tree that finds the dev_pagemap of a page frame (there is one), per-CPU
 * counting in its percpu_ref, removal of the device. The dev_pagemap is allocated on its own and
 * 64-aligned; embedded in a driver's structure it may have bit 4 set in its address.
 */
public final class DevPagemap {
  private static final int PAGE_FREE = 8;
  private static final int REF = 128;
  private static final int DATA = 144;
  private static final int TYPE = 152;
  private static final int SIZE = 160;

  private static final int MEMORY_DEVICE_PRIVATE = 1;
  private static final int MEMORY_DEVICE_FS_DAX = 3;

  private final Memory memory;
  private final Page page;
  private final long pgmap;
  private final long ref;
  private final long wait;

  public DevPagemap(Memory memory, Arena arena, Page page) {
    this.memory = memory;
    this.page = page;
    boolean present = page.has(PageKind.DEVICE);
    this.pgmap = present ? arena.shared("pgmap", SIZE, 64) : 0;
    this.ref = present ? arena.shared("pgmap_ref", 8, 8) : 0;
    this.wait = present ? arena.shared("idle_page_wait", 8, 8) : 0;
    if (present) {
      arena.define(pgmap + PAGE_FREE, "pgmap.page_free");
      arena.define(pgmap + REF, "pgmap.ref");
      arena.define(pgmap + DATA, "pgmap.data");
      arena.define(pgmap + TYPE, "pgmap.type");
    }
  }

  /** devm_memremap_pages, before the machine runs: one page, and the reference that it holds. */
  public void boot(long p) {
    memory.write64(pgmap + REF, ref);
    memory.write32(pgmap + TYPE, MEMORY_DEVICE_FS_DAX);
    memory.write32(ref, 1);
    memory.setBits64(p + PageLayout.FLAGS, PageLayout.ZONE_DEVICE);
    memory.through(View.PGMAP).write64(p + PageLayout.PGMAP, pgmap);
    memory.through(View.PGMAP).write64(p + PageLayout.HMM_DATA, Values.LIST_POISON2);
    memory.add32(ref, 1);
    page.bootRef(p, Ref.OWNER);
  }

  /** get_dev_pagemap: false if it is not live any more. */
  public boolean get() {
    return memory.addUnless32(memory.read64(pgmap + REF), 1, 0);
  }

  /** put_dev_pagemap of what {@link #get} got. */
  public void put() {
    put(pgmap);
  }

  /** put_dev_pagemap of what the page says is its own. */
  public void putOf(long p) {
    put(of(p));
  }

  private void put(long map) {
    memory.add32(memory.read64(map + REF), -1);
  }

  /** References to the dev_pagemap: one of the driver and one of every page, if nobody gups. */
  public int references() {
    return memory.readOnce32(ref);
  }

  /** page->pgmap. */
  @Accessor
  private long of(long p) {
    return memory.through(View.PGMAP).read64(p + PageLayout.PGMAP);
  }

  /** The tests of put_devmap_managed_page. */
  public boolean isManaged(long p) {
    if (!page.isZoneDevice(p)) {
      return false;
    }
    int type = memory.read32(of(p) + TYPE);
    return type >= MEMORY_DEVICE_PRIVATE && type <= MEMORY_DEVICE_FS_DAX;
  }

  /** __put_devmap_managed_page: true if not even the device's own reference is left. */
  public boolean putManaged(long p, Ref reason, int amount) {
    int left = page.subReturn(p, reason, amount);
    if (left == 1) {
      page.clear(p, PageFlag.ACTIVE);
      pageFree(of(p));
    }
    return left == 0;
  }

  /** page->pgmap->page_free(page, page->pgmap->data): tells who waits that the page is idle. */
  private void pageFree(long map) {
    memory.read64(map + PAGE_FREE);
    memory.read64(map + DATA);
    // fsdax_pagefree: wake_up_var(&page->_refcount)
    memory.writeOnce64(wait, 1);
  }

  /**
   * ext4_break_layouts, before blocks of a DAX file are given up: ___wait_var_event on _refcount,
   * until the page is idle.
   */
  public void waitUntilIdle(long p) {
    // prepare_to_wait_event comes before the look
    memory.writeOnce64(wait, 0);
    while (page.references(p) != 1) {
      memory.waitEvent64(wait, 1, 1);
      memory.writeOnce64(wait, 0);
    }
  }
}
