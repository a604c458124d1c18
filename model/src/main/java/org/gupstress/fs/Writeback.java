// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.vm.Rmap;

/**
 * mm/page-writeback.c, Linux 4.19: clear_page_dirty_for_io, write_cache_pages, ->writepage and
 * end_page_writeback.
 *
 * <p>PG_writeback carries no reference: the reference of the cache, and truncation waiting for the
 * bit, keep the page. A page that is looked up is given back with pagevec_release, which drains the
 * pagevecs of the CPU. Leaves out: dirty limits, tags for TOWRITE, errors, the hashed queues of
 * those who wait for a bit and the locks of these: a waiter goes on when the bit is clear.
 */
public final class Writeback {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageCache cache;
  private final Rmap rmap;
  private final BioQueue queue;

  public Writeback(Memory memory, Arena arena, Lru lru, PageCache cache, Rmap rmap, int depth) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.cache = cache;
    this.rmap = rmap;
    this.queue = new BioQueue(memory, arena, depth);
  }

  /** What was submitted and is not written yet. */
  public BioQueue queue() {
    return queue;
  }

  /**
   * write_cache_pages for one block of a file.
   *
   * @param sync WB_SYNC_ALL: waits where the page is under writeback, or a design asks for it
   * @return whether the page was submitted
   */
  public boolean writePage(Cpu cpu, int number, long index, boolean sync) {
    AddressSpace file = cache.file(number);
    if (!file.hasTag(index, AddressSpace.DIRTY)) {
      return false;
    }
    page.at(Ref.LOOKUP, Site.WRITE_CACHE_PAGES);
    long p = cache.findLockPage(cpu, file, index);
    if (p == 0) {
      return false;
    }
    boolean mayWrite = page.test(p, PageFlag.DIRTY);
    if (mayWrite && page.test(p, PageFlag.WRITEBACK)) {
      mayWrite = sync;
      if (sync) {
        waitOnPageWriteback(p);
      }
    }
    boolean submitted = mayWrite && clearPageDirtyForIo(cpu, p, sync) && writepage(cpu, p);
    if (!submitted) {
      page.unlock(p);
    }
    lru.pagevecs().release(cpu, p, Ref.LOOKUP);
    return submitted;
  }

  /** wait_on_page_writeback, wait_on_page_bit_common: PG_waiters asks to be woken. */
  public void waitOnPageWriteback(long p) {
    if (page.test(p, PageFlag.WRITEBACK)) {
      page.set(p, PageFlag.WAITERS);
      memory.waitEvent64(p + PageLayout.FLAGS, PageFlag.WRITEBACK.mask(), 0);
    }
  }

  /** clear_page_dirty_for_io: the page is locked. */
  public boolean clearPageDirtyForIo(Cpu cpu, long p, boolean sync) {
    if (rmap.mkclean(cpu, p, sync)) {
      cache.setPageDirty(cpu, p);
    }
    boolean dirty = page.testAndClear(p, PageFlag.DIRTY);
    if (dirty) {
      memory.note(Note.CLEANED, p);
    }
    return dirty;
  }

  /**
   * ->writepage: unlocks the page and hands it to the device. False, and the page dirty and locked
   * again, if the device takes no more.
   */
  public boolean writepage(Cpu cpu, long p) {
    if (cache.isBuffered() && !page.test(p, PageFlag.PRIVATE)) {
      memory.note(Note.NO_BUFFERS, p);
    }
    setPageWriteback(cpu, p);
    if (!queue.submit(cpu, p)) {
      // redirty_page_for_writepage
      endPageWriteback(cpu, p);
      cache.setPageDirty(cpu, p);
      return false;
    }
    page.unlock(p);
    return true;
  }

  private void setPageWriteback(Cpu cpu, long p) {
    AddressSpace file = cache.fileOf(p);
    long flags = file.pagesLock().lockIrqsave(cpu);
    if (!page.testAndSet(p, PageFlag.WRITEBACK)) {
      file.setTag(p, AddressSpace.WRITEBACK);
    }
    if (!page.test(p, PageFlag.DIRTY)) {
      file.clearTag(p, AddressSpace.DIRTY);
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
  }

  /** The device writes the next page of its queue and interrupts; false if there is none. */
  public boolean complete(Cpu cpu) {
    long p = queue.take(cpu);
    if (p == 0) {
      return false;
    }
    long disk = cache.fileOf(p).disk(memory.read64(p + PageLayout.INDEX));
    memory.write32(disk, memory.read32(page.content(p)));
    endPageWriteback(cpu, p);
    return true;
  }

  /**
   * end_page_writeback, test_clear_page_writeback and wake_up_page. Once PG_writeback is clear,
   * nothing keeps the page: whoever waited may free it, and the look at PG_waiters comes too late.
   * Mended after 4.19, by 073861ed77b6.
   */
  private void endPageWriteback(Cpu cpu, long p) {
    if (page.test(p, PageFlag.RECLAIM)) {
      page.clear(p, PageFlag.RECLAIM);
      lru.pagevecs().rotateReclaimablePage(cpu, p);
    }
    AddressSpace file = cache.fileOf(p);
    long flags = file.pagesLock().lockIrqsave(cpu);
    boolean wasSet = page.testAndClear(p, PageFlag.WRITEBACK);
    if (wasSet) {
      file.clearTag(p, AddressSpace.WRITEBACK);
    }
    file.pagesLock().unlockIrqrestore(cpu, flags);
    if (!wasSet) {
      memory.bug("BUG() in end_page_writeback: PG_writeback is not set");
    }
    memory.mbAfterAtomic();
    if (page.test(p, PageFlag.WAITERS)) {
      page.clear(p, PageFlag.WAITERS);
    }
  }
}
