// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Switch;

/**
 * What ptes and anonymous pages say of each other: include/linux/rmap.h, and PG_anon_exclusive of
 * it since 5.19 (KERNEL.md 18.4).
 *
 * <p>Leaves out: anon_vma. The index of a page is the pte that it was first mapped at, so that
 * reclaim and migration would find it there alone: they are not run beside fork.
 */
final class AnonRmap {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final PinQuery query;

  AnonRmap(Memory memory, Lru lru, PageTable table, PinQuery query) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.query = query;
  }

  /** folio_add_new_anon_rmap with RMAP_EXCLUSIVE, and folio_add_lru_vma: before the pte is set. */
  void addNew(Cpu cpu, long p, int index) {
    page.set(p, PageFlag.SWAPBACKED);
    memory.writeOnce32(p + PageLayout.MAPCOUNT, 0);
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    memory.write64(p + PageLayout.INDEX, index);
    setExclusive(p);
    lru.pagevecs().lruCacheAdd(cpu, p);
  }

  /** folio_move_anon_rmap: the page is this process's alone. */
  void move(long p) {
    memory.writeOnce64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
  }

  /** folio_test_anon. */
  boolean isAnon(long p) {
    return memory.readBits64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON) != 0;
  }

  boolean isExclusive(long p) {
    return page.kernel().has(Switch.ANON_EXCLUSIVE) && page.test(p, PageFlag.ANON_EXCLUSIVE);
  }

  void setExclusive(long p) {
    if (page.kernel().has(Switch.ANON_EXCLUSIVE)) {
      page.set(p, PageFlag.ANON_EXCLUSIVE);
    }
  }

  void clearExclusive(long p) {
    page.clear(p, PageFlag.ANON_EXCLUSIVE);
  }

  /** folio_dup_anon_rmap: one pte more. */
  void dup(long p) {
    table.addMapcount(p);
  }

  /**
   * folio_try_share_anon_rmap of an exclusive page whose pte was cleared: false if it may be
   * pinned.
   */
  boolean tryShare(long p) {
    boolean fences = page.kernel().has(Switch.SHARE_FENCE);
    if (fences) {
      // ordering: a gup_fast that has not seen the pte cleared has been seen by the query
      memory.mb();
    }
    if (query.maybePinned(p)) {
      return false;
    }
    clearExclusive(p);
    if (fences) {
      // ordering: who sees the pte that comes next sees that the page is shared
      memory.mbAfterAtomic();
    }
    return true;
  }

  /** copy_user_highpage: without a lock on the page that is copied. */
  void copy(long to, long from) {
    memory.write32(page.content(to), memory.read32(page.content(from)));
    memory.note(Note.COPIED, to, from);
  }
}
