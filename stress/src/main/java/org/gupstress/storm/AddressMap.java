// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.design.Mm;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.PageTable;
import org.jspecify.annotations.Nullable;

/** What is at an address of a storm's machine. A large machine does not name its words. */
final class AddressMap {
  private final Mm mm;
  private final long end;
  private final long lruLock;
  private final long gupLock;

  /** @param size of the machine in bytes */
  AddressMap(Mm mm, long size) {
    this.mm = mm;
    this.end = Arena.BASE + size;
    this.lruLock = mm.lru().node().lruLock().addr();
    this.gupLock = mm.lru().node().gupLock().addr();
  }

  // ---- pages

  int pages() {
    return mm.page().count();
  }

  /** The number of the page in which the address lies, or -1. */
  int number(long addr) {
    return mm.page().number(addr);
  }

  long page(int number) {
    return mm.page().address(number);
  }

  boolean isPage(long addr) {
    return number(addr) >= 0;
  }

  /** Whether a pointer is misaligned, or no address of the machine. */
  boolean isWild(long pointer) {
    return (pointer & 7) != 0 || pointer < Arena.BASE || pointer >= end;
  }

  /** The union of a page, read through the memory of a CPU. */
  static UnionWords union(Memory memory, long page) {
    return new UnionWords(
        memory.readOnce64(page + PageLayout.LRU_NEXT),
        memory.readOnce64(page + PageLayout.LRU_PREV));
  }

  /** Whether both words of a page's union are links to other entries, as on a list. */
  boolean areLinks(long page, UnionWords words) {
    return !isWild(words.word8())
        && !isWild(words.word16())
        && words.word8() != page + PageLayout.LRU;
  }

  /** The name of a list entry. */
  String entryName(long pointer) {
    int page = number(pointer);
    if (page < 0) {
      return String.format("0x%x", pointer);
    }
    long offset = pointer - page(page) - PageLayout.LRU;
    return offset == 0 ? "page " + page : String.format("page %d %+d bytes", page, offset);
  }

  // ---- locks

  /** What is timed of the wait for this lock, or null. */
  @Nullable
  Latency waitFor(long lock) {
    return lock == lruLock ? Latency.LRU_LOCK_WAIT : lock == gupLock ? Latency.GUP_LOCK_WAIT : null;
  }

  /** What is timed while this lock is held, or null. */
  @Nullable
  Latency holdOf(long lock) {
    return lock == lruLock ? Latency.LRU_LOCK_HOLD : lock == gupLock ? Latency.GUP_LOCK_HOLD : null;
  }

  /** Whether these bits are those of a page under writeback. */
  boolean isWriteback(long addr, long mask) {
    int page = number(addr);
    return page >= 0 && addr == page(page) + PageLayout.FLAGS && mask == PageFlag.WRITEBACK.mask();
  }

  /**
   * The page for whose pins a CPU waits that waits for these bits, or 0. Such bits are where a
   * design keeps what it knows of a page: in its union, or outside of it.
   */
  long pinned(long addr, long mask) {
    if (mask == 0) {
      return 0;
    }
    int page = number(addr);
    if (page >= 0) {
      return addr != page(page) + PageLayout.FLAGS ? page(page) : 0;
    }
    int bytes = mm.design().bytesOutsidePage();
    long offset = bytes == 0 ? -1 : addr - mm.ext(page(0));
    return offset >= 0 && offset < (long) bytes * pages() ? page((int) (offset / bytes)) : 0;
  }

  /** The name of what a CPU waits for that waits for bits of a word; no bits are a spin lock. */
  String bitsName(long addr, long mask) {
    return isWriteback(addr, mask)
        ? "PG_writeback of page " + number(addr)
        : pinned(addr, mask) != 0
            ? "the pins of page " + number(pinned(addr, mask))
            : lockName(addr);
  }

  String lockName(long addr) {
    int page = number(addr);
    if (page >= 0) {
      return "the lock of page " + page;
    }
    if (addr == lruLock) {
      return "lru_lock";
    }
    if (addr == gupLock) {
      return "gup_lock";
    }
    for (int own = 0; own < mm.ownLocks().size(); own++) {
      if (addr == mm.ownLock(own).addr()) {
        return mm.design().locks().get(own);
      }
    }
    if (addr == mm.lru().allocator().zoneLock().addr()) {
      return "zone->lock";
    }
    if (addr == mm.writeback().queue().lock().addr()) {
      return "queue_lock";
    }
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (addr == mm.pageCache().file(file).pagesLock().addr()) {
        return "i_pages of file " + file;
      }
    }
    for (int table = 0; table < mm.pageTable().tables(); table++) {
      if (addr == mm.pageTable().ptl(table * PageTable.PTRS_PER_PTE).addr()) {
        return "ptl " + table;
      }
    }
    return String.format("the word at 0x%x", addr);
  }
}
