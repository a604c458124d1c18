// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.vm.Rmap;

/**
 * mm/truncate.c, Linux 4.19: how pages leave the cache for other reasons than reclaim. These walk
 * the file and not the LRU, so they find pages that reclaim has lost.
 *
 * <p>A page at a time, where Linux takes 15; pagevec_release drains the pagevecs of the CPU each
 * time. Leaves out: partial pages, ->launder_page.
 */
public final class Truncate {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageCache cache;
  private final Writeback writeback;
  private final Rmap rmap;

  public Truncate(Memory memory, Lru lru, PageCache cache, Writeback writeback, Rmap rmap) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.cache = cache;
    this.writeback = writeback;
    this.rmap = rmap;
  }

  /**
   * truncate_inode_pages_range: drops the blocks from {@code start} up to but without {@code end}.
   * References do not matter: a pinned page is cut loose.
   */
  public void truncateInodePages(Cpu cpu, int number, int start, int end) {
    AddressSpace file = cache.file(number);
    page.at(Ref.LOOKUP, Site.TRUNCATE_INODE_PAGES);
    for (int index = start; index < end; index++) {
      long p = cache.findGetPage(cpu, file, index);
      if (p == 0) {
        continue;
      }
      // the first pass does not wait
      if (page.trylock(p)) {
        if (!page.test(p, PageFlag.WRITEBACK) && file.owns(p)) {
          truncateInodePage(cpu, file, p);
        }
        page.unlock(p);
      }
      lru.pagevecs().release(cpu, p, Ref.LOOKUP);
    }
    for (int index = start; index < end; index++) {
      long p = cache.findLockPage(cpu, file, index);
      if (p != 0) {
        writeback.waitOnPageWriteback(p);
        truncateInodePage(cpu, file, p);
        unlockRelease(cpu, p);
      }
    }
  }

  /** truncate_cleanup_page and delete_from_page_cache: the page is locked. */
  private void truncateInodePage(Cpu cpu, AddressSpace file, long p) {
    rmap.unmapMapping(cpu, p);
    if (page.test(p, PageFlag.PRIVATE)) {
      cache.dropBuffers(cpu, p);
    }
    // cancel_dirty_page
    if (page.testAndClear(p, PageFlag.DIRTY)) {
      memory.note(Note.CLEANED, p);
    }
    // delete_from_page_cache
    long flags = file.pagesLock().lockIrqsave(cpu);
    file.delete(p);
    file.pagesLock().unlockIrqrestore(cpu, flags);
    page.at(Ref.CACHE, Site.TRUNCATE_INODE_PAGES);
    lru.release().put(cpu, p, Ref.CACHE);
  }

  /** invalidate_inode_pages2_range of one block: false is -EBUSY, the page is dirty. */
  public boolean invalidateInodePage2(Cpu cpu, int number, int index) {
    AddressSpace file = cache.file(number);
    page.at(Ref.LOOKUP, Site.INVALIDATE_INODE_PAGES2);
    long p = cache.findLockPage(cpu, file, index);
    if (p == 0) {
      return true;
    }
    writeback.waitOnPageWriteback(p);
    rmap.unmapMapping(cpu, p);
    boolean dropped = invalidateCompletePage2(cpu, file, p);
    unlockRelease(cpu, p);
    return dropped;
  }

  /** invalidate_complete_page2: the page is locked; references do not matter, dirt does. */
  private boolean invalidateCompletePage2(Cpu cpu, AddressSpace file, long p) {
    if (page.test(p, PageFlag.PRIVATE) && !cache.tryToReleasePage(cpu, p)) {
      return false;
    }
    long flags = file.pagesLock().lockIrqsave(cpu);
    boolean clean = !page.test(p, PageFlag.DIRTY);
    if (clean) {
      file.delete(p);
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
    if (clean) {
      page.at(Ref.CACHE, Site.INVALIDATE_INODE_PAGES2);
      lru.release().put(cpu, p, Ref.CACHE);
    }
    return clean;
  }

  /** invalidate_mapping_pages of one block, which only takes what nobody else uses. */
  public boolean invalidateMappingPage(Cpu cpu, int number, int index) {
    AddressSpace file = cache.file(number);
    page.at(Ref.LOOKUP, Site.INVALIDATE_MAPPING_PAGES);
    long p = cache.findGetPage(cpu, file, index);
    if (p == 0) {
      return false;
    }
    boolean dropped = page.trylock(p) && invalidateLocked(cpu, file, p);
    lru.pagevecs().release(cpu, p, Ref.LOOKUP);
    return dropped;
  }

  /** What is still in use is no longer of interest, and comes to where reclaim finds it sooner. */
  private boolean invalidateLocked(Cpu cpu, AddressSpace file, long p) {
    boolean dropped = file.owns(p) && invalidateInodePage(cpu, p);
    page.unlock(p);
    if (!dropped) {
      lru.pagevecs().deactivateFilePage(cpu, p);
    }
    return dropped;
  }

  private void unlockRelease(Cpu cpu, long p) {
    page.unlock(p);
    lru.pagevecs().release(cpu, p, Ref.LOOKUP);
  }

  /** invalidate_inode_page: remove_mapping leaves the look-up reference to the caller. */
  private boolean invalidateInodePage(Cpu cpu, long p) {
    if (page.test(p, PageFlag.DIRTY) || page.test(p, PageFlag.WRITEBACK) || rmap.isMapped(p)) {
      return false;
    }
    if (page.test(p, PageFlag.PRIVATE) && !cache.tryToReleasePage(cpu, p)) {
      return false;
    }
    boolean removed = cache.removeMapping(cpu, p, Ref.LOOKUP, false);
    if (removed) {
      page.unfreeze(p, Ref.LOOKUP);
    }
    return removed;
  }
}
