// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * isolate_lru_page, __isolate_lru_page and putback_lru_page, mm/vmscan.c, Linux 4.19.
 *
 * <p>Isolation succeeds only for a page with PG_lru set, and gives the caller a reference and the
 * {@code lru} words. PG_active and PG_unevictable stay. NR_ISOLATED is the caller's business.
 */
public final class Isolation {
  private final Memory memory;
  private final Page page;
  private final Node node;
  private final Lruvec lruvec;
  private final Pagevecs pagevecs;
  private final PageRelease release;

  Isolation(
      Memory memory, Page page, Node node, Lruvec lruvec, Pagevecs pagevecs, PageRelease release) {
    this.memory = memory;
    this.page = page;
    this.node = node;
    this.lruvec = lruvec;
    this.pagevecs = pagevecs;
    this.release = release;
  }

  /**
   * isolate_lru_page: false is -EBUSY. The caller holds a reference, has interrupts enabled and
   * does not hold lru_lock; interrupts are enabled on return even if they were not before.
   */
  public boolean isolateLruPage(Cpu cpu, long p) {
    if (page.kernel().debugVm()) {
      page.bugOn(!memory.isPositive32(p + PageLayout.REFCOUNT), "!page_count(page)");
    }
    boolean isolated = false;
    if (page.test(p, PageFlag.LRU)) {
      node.lruLock().lockIrq(cpu);
      long flags = page.flags(p, PageFlag.LRU.mask() | LruList.DECIDING);
      if ((flags & PageFlag.LRU.mask()) != 0) {
        page.at(Ref.ISO, Site.ISOLATE_LRU_PAGE);
        page.getHead(p, Ref.ISO);
        page.clear(p, PageFlag.LRU);
        lruvec.del(p, LruList.of(flags));
        isolated = true;
      }
      node.lruLock().unlockIrq(cpu);
    }
    return isolated;
  }

  /** putback_lru_page: the page is in this CPU's pagevec afterwards, not yet on a list. */
  public void putbackLruPage(Cpu cpu, long p) {
    pagevecs.lruCacheAdd(cpu, p);
    page.at(Ref.ISO, Site.PUTBACK_LRU_PAGE);
    release.put(cpu, p, Ref.ISO);
  }

  /** What __isolate_lru_page found. */
  public enum Result {
    ISOLATED,
    /** -EBUSY: the page is being freed; whoever frees it takes it off the list. */
    BUSY,
    /** -EINVAL: not on an LRU, or unevictable. */
    INVALID
  }

  /** __isolate_lru_page as reclaim calls it, lru_lock held; the caller moves the page. */
  public Result isolateForReclaim(long p) {
    if (!page.test(p, PageFlag.LRU) || page.test(p, PageFlag.UNEVICTABLE)) {
      return Result.INVALID;
    }
    return isolate(p);
  }

  /**
   * __isolate_lru_page with ISOLATE_UNEVICTABLE and ISOLATE_ASYNC_MIGRATE, lru_lock held; the
   * caller moves the page. One under writeback is left, and so is a dirty one that somebody has
   * locked: the file system is asked whether it can move it. All here can.
   */
  public Result isolateForMigration(long p) {
    // found by its number: only with PG_lru set does lru_lock keep it
    if (!page.testRacy(p, PageFlag.LRU)) {
      return Result.INVALID;
    }
    if (page.test(p, PageFlag.WRITEBACK)) {
      return Result.BUSY;
    }
    if (page.test(p, PageFlag.DIRTY)) {
      if (!page.trylock(p)) {
        return Result.BUSY;
      }
      page.unlock(p);
    }
    return isolate(p);
  }

  private Result isolate(long p) {
    if (!page.getUnlessZero(p, Ref.ISO)) {
      return Result.BUSY;
    }
    // the reference comes first: a page that is being freed is left to the freer
    page.clear(p, PageFlag.LRU);
    return Result.ISOLATED;
  }
}
