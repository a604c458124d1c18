// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.memory.OutOfRange;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.vm.FileOps;

/**
 * The page cache of all files: mm/filemap.c, set_page_dirty of mm/page-writeback.c and the refaults
 * of mm/workingset.c, Linux 4.19.
 *
 * <p>Reading a block completes at once. The buffer heads of a page are dirty while the page is or
 * is being written: they are no structures of their own. Leaves out: read-ahead, reads of less than
 * a page, RCU, huge pages in the cache.
 */
public final class PageCache implements FileOps {
  /** Processes of a CPU that read files, each through file structures of its own. */
  public static final int READERS = 2;

  /** Looks that a look-up takes at a page that stays frozen before it says so. */
  private static final int LOOKS_MAX = 100;

  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final AddressSpace[] files;
  private final boolean buffered;

  /** ra->prev_pos of the files that the readers of each CPU have open: file and block. */
  private final long[] prevIndex;

  /**
   * @param files how many files
   * @param blocks how many blocks each has
   * @param buffered whether the file system attaches buffer heads to pages that are written
   */
  public PageCache(Memory memory, Arena arena, Lru lru, int files, int blocks, boolean buffered) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.buffered = buffered;
    this.files = new AddressSpace[files];
    this.prevIndex = new long[arena.cpus()];
    for (int cpu = 0; cpu < prevIndex.length; cpu++) {
      prevIndex[cpu] = arena.onCpu(cpu, "prev_index", 8 * READERS, 8);
    }
    for (int file = 0; file < files; file++) {
      String name = file == 0 ? "" : "file" + file + ".";
      this.files[file] = new AddressSpace(memory, arena, page, name, blocks);
    }
  }

  public int files() {
    return files.length;
  }

  public AddressSpace file(int number) {
    OutOfRange.check("file", number, files.length);
    return files[number];
  }

  /** Whether pages that are written get buffer heads. */
  boolean isBuffered() {
    return buffered;
  }

  @Override
  public int file(long mapping) {
    if (files.length == 1) {
      return 0;
    }
    int low = 0;
    int high = files.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (files[middle].mapping() <= mapping) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The file of a page that is locked and in the cache. */
  AddressSpace fileOf(long p) {
    return files[file(memory.read64(p + PageLayout.MAPPING))];
  }

  // ---- looking up

  /** find_get_page: the page with a look-up reference, or 0. */
  public long findGetPage(Cpu cpu, AddressSpace file, long index) {
    for (int looks = 0; looks < LOOKS_MAX; looks++) {
      long p = file.pageAt(index);
      if (p == 0) {
        return 0;
      }
      if (!page.getUnlessZero(page.compoundHead(p), Ref.LOOKUP)) {
        // Linux looks again until whoever froze the page has decided: that is under this lock
        file.pagesLock().lock();
        file.pagesLock().unlock();
      } else if (file.pageAt(index) == p) {
        return p;
      } else {
        lru.release().put(cpu, p, Ref.LOOKUP);
      }
    }
    memory.bug("find_get_entry looks for ever at a page in the cache that has no references");
    return 0;
  }

  /** find_lock_page: the page locked and with a look-up reference, or 0. */
  long findLockPage(Cpu cpu, AddressSpace file, long index) {
    while (true) {
      long p = findGetPage(cpu, file, index);
      if (p == 0) {
        return 0;
      }
      if (lockOwned(cpu, file, p)) {
        return p;
      }
    }
  }

  /** Locks a page that was looked up; false, and the page is given back: the file lost it. */
  private boolean lockOwned(Cpu cpu, AddressSpace file, long p) {
    page.lock(p);
    if (file.owns(p)) {
      return true;
    }
    unlockPut(cpu, p);
    return false;
  }

  void unlockPut(Cpu cpu, long p) {
    page.unlock(p);
    lru.release().put(cpu, p, Ref.LOOKUP);
  }

  // ---- adding

  /**
   * page_cache_alloc and add_to_page_cache_lru: a new page, locked, with a look-up reference; 0 if
   * somebody else was first or there is no memory.
   */
  private long addNew(Cpu cpu, AddressSpace file, long index, boolean forWriting) {
    long p = lru.allocator().alloc(cpu);
    if (p == 0) {
      return 0;
    }
    page.rename(p, Ref.ALLOC, Ref.LOOKUP);
    page.setNonatomic(p, PageFlag.LOCKED);
    page.at(Ref.CACHE, Site.ADD_TO_PAGE_CACHE_LRU);
    page.get(p, Ref.CACHE);
    file.claim(index, p);
    long flags = file.pagesLock().lockIrqsave(cpu);
    boolean first = file.pageAt(index) == 0;
    long age = first ? file.shadowAge(index) : -1;
    if (first) {
      file.insert(index, p);
    } else {
      file.disclaim(p);
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
    if (!first) {
      lru.release().put(cpu, p, Ref.CACHE);
      page.clearNonatomic(p, PageFlag.LOCKED);
      lru.release().put(cpu, p, Ref.LOOKUP);
      return 0;
    }
    // a page that is rewritten is no working set
    if (age >= 0 && !forWriting) {
      memory.note(Note.REFAULT, p);
      lru.workingset().refault(p, age);
    }
    lru.pagevecs().lruCacheAdd(cpu, p);
    return p;
  }

  /** The page of a block, read in if it was not there: unlocked, with a look-up reference, or 0. */
  private long findOrRead(Cpu cpu, AddressSpace file, long index) {
    for (int tries = 0; tries < 2; tries++) {
      long p = findGetPage(cpu, file, index);
      if (p != 0) {
        if (!page.test(p, PageFlag.UPTODATE)) {
          page.lock(p);
          page.unlock(p);
        }
        return p;
      }
      p = addNew(cpu, file, index, false);
      if (p != 0) {
        // ->readpage
        memory.write32(page.content(p), memory.read32(file.disk(index)));
        page.set(p, PageFlag.UPTODATE);
        page.unlock(p);
        return p;
      }
    }
    return 0;
  }

  /**
   * __do_page_cache_readahead of one block: a new page in the cache, locked until {@link #endRead},
   * and no reference for the caller; 0 if the block is there already or there is no memory.
   */
  public long readahead(Cpu cpu, int number, long index) {
    AddressSpace file = files[number];
    if (file.pageAt(index) != 0) {
      return 0;
    }
    page.at(Ref.LOOKUP, Site.FILEMAP_FAULT);
    long p = addNew(cpu, file, index, false);
    if (p != 0) {
      lru.release().put(cpu, p, Ref.LOOKUP);
    }
    return p;
  }

  /** mpage_end_io: the device has read the block into the page of {@link #readahead}. */
  public void endRead(long p) {
    AddressSpace file = fileOf(p);
    memory.write32(page.content(p), memory.read32(file.disk(memory.read64(p + PageLayout.INDEX))));
    page.set(p, PageFlag.UPTODATE);
    page.unlock(p);
  }

  // ---- removing

  /**
   * __remove_mapping, mm/vmscan.c: only a page that nobody but the cache and the caller holds. It
   * has no references afterwards.
   *
   * @param own the reference of the caller
   * @param reclaimed whether reclaim drops the page, so that a refault is worth noticing
   */
  public boolean removeMapping(Cpu cpu, long p, Ref own, boolean reclaimed) {
    AddressSpace file = fileOf(p);
    long flags = file.pagesLock().lockIrqsave(cpu);
    // ordering: the cmpxchg orders the refcount before PG_dirty; the other way round a page could
    // be dirtied and released between the two tests and its data be dropped.
    page.at(Ref.CACHE, Site.REMOVE_MAPPING);
    boolean removed = page.freeze(p, Ref.CACHE, own);
    if (removed && page.test(p, PageFlag.DIRTY)) {
      page.unfreeze(p, Ref.CACHE, own);
      removed = false;
    }
    if (removed) {
      memory.note(Note.DROPPED, p);
    }
    if (removed && reclaimed) {
      file.deleteWithShadow(p, lru.workingset().eviction());
    } else if (removed) {
      file.delete(p);
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
    return removed;
  }

  /**
   * migrate_page_move_mapping, mm/migrate.c: gives the slot to the new page, if nobody but the
   * cache, the buffers and the migration holds the old one. Both are locked.
   */
  public boolean migratePageMoveMapping(Cpu cpu, long p, long to, boolean buffers) {
    AddressSpace file = fileOf(p);
    long flags = file.pagesLock().lockIrqsave(cpu);
    page.at(Ref.CACHE, Site.MIGRATE_PAGES);
    boolean moves =
        buffers ? page.freeze(p, Ref.CACHE, Ref.ISO, Ref.PRIV) : page.freeze(p, Ref.CACHE, Ref.ISO);
    if (moves) {
      page.get(to, Ref.CACHE);
      if (page.test(p, PageFlag.DIRTY)) {
        page.clear(p, PageFlag.DIRTY);
        page.set(to, PageFlag.DIRTY);
      }
      file.replace(p, to);
      if (buffers) {
        page.unfreeze(p, Ref.ISO, Ref.PRIV);
      } else {
        page.unfreeze(p, Ref.ISO);
      }
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
    return moves;
  }

  // ---- what system calls and faults do

  /** generic_file_buffered_read of one block by its usual reader on this CPU. */
  public boolean read(Cpu cpu, int number, long index) {
    return read(cpu, 0, number, index);
  }

  /**
   * generic_file_buffered_read of one block; false is out of memory. Who reads a page twice in a
   * row has used it once.
   *
   * @param reader which of the {@link #READERS} of this CPU; each has opened the file for itself
   */
  public boolean read(Cpu cpu, int reader, int number, long index) {
    page.at(Ref.LOOKUP, Site.GENERIC_FILE_BUFFERED_READ);
    long p = findOrRead(cpu, files[number], index);
    if (p == 0) {
      return false;
    }
    long prev = prevIndex[cpu.slot()] + 8L * reader;
    long now = (long) number << 32 | index + 1;
    if (memory.read64(prev) != now) {
      lru.aging().markPageAccessed(cpu, p);
      memory.write64(prev, now);
    }
    lru.release().put(cpu, p, Ref.LOOKUP);
    return true;
  }

  /** generic_perform_write of one block: a new version in the cache; false is out of memory. */
  public boolean write(Cpu cpu, int number, long index) {
    AddressSpace file = files[number];
    page.at(Ref.LOOKUP, Site.GENERIC_PERFORM_WRITE);
    long p = findLockPage(cpu, file, index);
    p = p != 0 ? p : addNew(cpu, file, index, true);
    p = p != 0 ? p : findLockPage(cpu, file, index);
    if (p == 0) {
      return false;
    }
    // ->write_begin, the copy, ->write_end
    pageMkwrite(cpu, p);
    memory.add32(page.content(p), 1);
    page.set(p, PageFlag.UPTODATE);
    setPageDirty(cpu, p);
    page.unlock(p);
    lru.aging().markPageAccessed(cpu, p);
    lru.release().put(cpu, p, Ref.LOOKUP);
    return true;
  }

  /** filemap_fault. */
  @Override
  public long fault(Cpu cpu, int number, long block) {
    page.at(Ref.LOOKUP, Site.FILEMAP_FAULT);
    AddressSpace file = files[number];
    while (true) {
      long p = findOrRead(cpu, file, block);
      if (p == 0) {
        return 0;
      }
      if (lockOwned(cpu, file, p)) {
        return p;
      }
    }
  }

  /** ->page_mkwrite: buffer heads for the page, if the file system has any. */
  @Override
  public void pageMkwrite(Cpu cpu, long p) {
    if (buffered && !page.test(p, PageFlag.PRIVATE)) {
      page.get(p, Ref.PRIV);
      page.set(p, PageFlag.PRIVATE);
    }
  }

  /** do_invalidatepage of a whole page: the buffer heads go with whatever they have. */
  public void dropBuffers(Cpu cpu, long p) {
    AddressSpace file = fileOf(p);
    file.privateLock().lock();
    clearBuffers(cpu, p);
    file.privateLock().unlock();
  }

  /**
   * try_to_release_page, try_to_free_buffers: false if the buffer heads are dirty or being written.
   * Otherwise they go, whoever else holds the page.
   */
  public boolean tryToReleasePage(Cpu cpu, long p) {
    if (page.test(p, PageFlag.WRITEBACK)) {
      return false;
    }
    AddressSpace file = fileOf(p);
    file.privateLock().lock();
    boolean clean = !page.test(p, PageFlag.DIRTY);
    if (clean) {
      clearBuffers(cpu, p);
    }
    file.privateLock().unlock();
    return clean;
  }

  /** __clear_page_buffers. */
  private void clearBuffers(Cpu cpu, long p) {
    page.clear(p, PageFlag.PRIVATE);
    lru.release().put(cpu, p, Ref.PRIV);
  }

  /** set_page_dirty. */
  @Override
  public void setPageDirty(Cpu cpu, long p) {
    long mapping = memory.read64(p + PageLayout.MAPPING);
    if (mapping == 0 || (mapping & PageLayout.PAGE_MAPPING_ANON) != 0) {
      page.testAndSet(p, PageFlag.DIRTY);
      return;
    }
    if (page.test(p, PageFlag.RECLAIM)) {
      page.clear(p, PageFlag.RECLAIM);
    }
    AddressSpace file = files[file(mapping)];
    if (testSetPageDirty(file, p)) {
      memory.note(Note.DIRTIED, p);
      long flags = file.pagesLock().lockIrqsave(cpu);
      if (file.owns(p)) {
        file.setTag(p, AddressSpace.DIRTY);
      }
      file.pagesLock().unlockIrqrestore(cpu, flags);
    }
  }

  /** The part of __set_page_dirty_buffers under private_lock: whether the page was clean. */
  private boolean testSetPageDirty(AddressSpace file, long p) {
    if (!buffered) {
      return !page.testAndSet(p, PageFlag.DIRTY);
    }
    file.privateLock().lock();
    boolean wasClean = !page.testAndSet(p, PageFlag.DIRTY);
    file.privateLock().unlock();
    return wasClean;
  }

  /** set_page_dirty_lock. */
  public void setPageDirtyLock(Cpu cpu, long p) {
    page.lock(p);
    setPageDirty(cpu, p);
    page.unlock(p);
  }
}
