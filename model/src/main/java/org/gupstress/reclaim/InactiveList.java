// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.fs.PageCache;
import org.gupstress.fs.Writeback;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.Lru;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
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
 * shrink_inactive_list and shrink_page_list, mm/vmscan.c, Linux 4.19.
 *
 * <p>A page goes from the LRU to a list on the reclaimer's stack, from there into its hands
 * (list_del leaves poison in {@code lru}), and on to the list of the kept or of the freed. None of
 * this holds lru_lock; PG_lru being clear is what tells others to keep off.
 *
 * <p>Leaves out: swap (anonymous pages are activated, as without a swap device), lazyfree,
 * executable mappings, waiting for writeback (no reclaim of a memory cgroup), the node's saturation
 * with writeback and dirt (kswapd writes a dirty page when it meets it for the second time,
 * whatever the others are).
 */
public final class InactiveList {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final ListHead list;
  private final Node node;
  private final Rmap rmap;
  private final PageCache cache;
  private final Writeback writeback;
  private final IsolatePages pages;
  private final long[] pageList;
  private final long[] retPages;
  private final long[] freePages;
  private final long[] toFree;

  public InactiveList(
      Memory memory, Arena arena, Lru lru, Rmap rmap, PageCache cache, Writeback writeback) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.list = lru.list();
    this.node = lru.node();
    this.rmap = rmap;
    this.cache = cache;
    this.writeback = writeback;
    this.pages = new IsolatePages(memory, lru);
    PrivateLists.beginFrame(arena);
    this.pageList = PrivateLists.heads(arena, "page_list");
    this.retPages = PrivateLists.heads(arena, "ret_pages");
    this.freePages = PrivateLists.heads(arena, "free_pages");
    this.toFree = PrivateLists.heads(arena, "pages_to_free");
  }

  /** The list head page_list on the stack of whoever isolates pages on this CPU. */
  public long pageList(Cpu cpu) {
    return pageList[cpu.number()];
  }

  /**
   * shrink_inactive_list: looks at no more than {@code count} pages from the tail of the list; how
   * many it reclaimed.
   */
  public int shrink(Cpu cpu, LruList from, int count, Reclaimer who) {
    return shrink(cpu, from, count, new ScanControl(who));
  }

  /** shrink_inactive_list in a pass of others: what it does is added up. */
  int shrink(Cpu cpu, LruList from, int count, ScanControl sc) {
    for (int stalls = 0; tooManyIsolated(from.isFile(), sc.who()); stalls++) {
      if (stalls > 0) {
        return 0;
      }
      // msleep(100)
      memory.note(Note.THROTTLED, 0);
    }
    long isolated = pageList[cpu.slot()];
    long freeing = toFree[cpu.slot()];
    lru.pagevecs().drain(cpu);
    list.init(isolated);
    node.lruLock().lockIrq(cpu);
    int taken = pages.isolateLruPages(from, count, isolated);
    node.lruLock().unlockIrq(cpu);
    if (taken == 0) {
      return 0;
    }
    int reclaimed = shrinkPageList(cpu, sc);
    sc.addReclaimed(reclaimed);
    list.init(freeing);
    node.lruLock().lockIrq(cpu);
    putbackInactivePages(cpu, isolated, freeing);
    node.addIsolated(from.isFile(), -taken);
    node.lruLock().unlockIrq(cpu);
    pages.freeList(cpu, freeing);
    return reclaimed;
  }

  /** too_many_isolated: more than an eighth of what is left is in reclaimers' hands. */
  public boolean tooManyIsolated(boolean file, Reclaimer who) {
    if (who == Reclaimer.KSWAPD) {
      return false;
    }
    LruList inactive = file ? LruList.INACTIVE_FILE : LruList.INACTIVE_ANON;
    return node.nrIsolated(file) > node.lruSize(inactive) >> 3;
  }

  /** What shrink_page_list decides about a page. */
  public enum Verdict {
    FREE,
    KEEP,
    KEEP_LOCKED,
    /** KEEP_LOCKED, because it was used: PAGEREF_KEEP, counted in nr_ref_keep. */
    KEEP_REFERENCED,
    ACTIVATE_LOCKED
  }

  private int shrinkPageList(Cpu cpu, ScanControl sc) {
    long isolated = pageList[cpu.slot()];
    long kept = retPages[cpu.slot()];
    long freed = freePages[cpu.slot()];
    list.init(kept);
    list.init(freed);
    int reclaimed = 0;
    while (!list.isEmpty(isolated)) {
      long entry = list.prev(isolated);
      long p = entry - PageLayout.LRU;
      list.del(entry);
      memory.note(Note.IN_HAND, p);
      Verdict verdict = shrinkPage(cpu, p, sc);
      memory.note(Note.SHRUNK, p, verdict.ordinal());
      if (verdict == Verdict.FREE) {
        page.clearNonatomic(p, PageFlag.LOCKED);
        list.add(entry, freed);
        reclaimed++;
        continue;
      }
      if (verdict == Verdict.ACTIVATE_LOCKED) {
        activate(p);
      }
      if (verdict != Verdict.KEEP) {
        page.unlock(p);
      }
      list.add(entry, kept);
      if (page.kernel().debugVm()) {
        page.bugOn(
            page.flags(p, PageFlag.LRU.mask() | PageFlag.UNEVICTABLE.mask()) != 0,
            "PageLRU(page) || PageUnevictable(page) in shrink_page_list");
      }
    }
    rmap.tryToUnmapFlush(cpu);
    pages.freeList(cpu, freed);
    list.splice(kept, isolated);
    return reclaimed;
  }

  /** activate_locked. */
  private void activate(long p) {
    checkInactive(p);
    if (!page.test(p, PageFlag.MLOCKED)) {
      page.set(p, PageFlag.ACTIVE);
      memory.note(Note.AGED, p);
    }
  }

  private void checkInactive(long p) {
    if (page.kernel().debugVm()) {
      page.bugOn(page.test(p, PageFlag.ACTIVE), "PageActive(page) in shrink_page_list");
    }
  }

  private Verdict shrinkPage(Cpu cpu, long p, ScanControl sc) {
    if (!page.trylock(p)) {
      return Verdict.KEEP;
    }
    checkInactive(p);
    sc.addScanned(1);
    if (page.test(p, PageFlag.MLOCKED)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    // only kswapd asks afterwards how much was scanned
    if (sc.who() == Reclaimer.KSWAPD && rmap.isMapped(p)) {
      sc.addScanned(1);
    }
    if (page.test(p, PageFlag.WRITEBACK)) {
      page.set(p, PageFlag.RECLAIM);
      return Verdict.ACTIVATE_LOCKED;
    }
    // page_check_references
    int referencedPtes = rmap.referenced(p, true);
    boolean referencedPage = page.testAndClear(p, PageFlag.REFERENCED);
    memory.note(Note.AGED, p);
    if (page.test(p, PageFlag.SWAPBACKED)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    if (referencedPtes > 0) {
      page.set(p, PageFlag.REFERENCED);
      return referencedPage || referencedPtes > 1
          ? Verdict.ACTIVATE_LOCKED
          : Verdict.KEEP_REFERENCED;
    }
    if (rmap.isMapped(p) && !rmap.tryToUnmap(cpu, p)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    if (page.test(p, PageFlag.DIRTY)) {
      if (sc.who() != Reclaimer.KSWAPD || !page.test(p, PageFlag.RECLAIM)) {
        page.set(p, PageFlag.RECLAIM);
        return Verdict.ACTIVATE_LOCKED;
      }
      if (referencedPage) {
        // PAGEREF_RECLAIM_CLEAN
        return Verdict.KEEP_LOCKED;
      }
      Verdict written = pageout(cpu, p);
      if (written != Verdict.FREE) {
        return written;
      }
    }
    // drops the buffers whoever else holds the page
    if (page.test(p, PageFlag.PRIVATE) && !cache.tryToReleasePage(cpu, p)) {
      return Verdict.ACTIVATE_LOCKED;
    }
    boolean cached = memory.read64(p + PageLayout.MAPPING) != 0;
    return cached && cache.removeMapping(cpu, p, Ref.ISO, true)
        ? Verdict.FREE
        : Verdict.KEEP_LOCKED;
  }

  /** pageout: FREE means that the page turned out to be clean. */
  private Verdict pageout(Cpu cpu, long p) {
    int references = memory.readOnce32(p + PageLayout.REFCOUNT);
    if (references - (page.test(p, PageFlag.PRIVATE) ? 1 : 0) != 2) {
      return Verdict.KEEP_LOCKED;
    }
    if (memory.read64(p + PageLayout.MAPPING) == 0) {
      // truncated, and somebody still holds it: there is nowhere to write it to
      return Verdict.KEEP_LOCKED;
    }
    if (!writeback.clearPageDirtyForIo(cpu, p, false)) {
      return Verdict.FREE;
    }
    page.set(p, PageFlag.RECLAIM);
    return writeback.writepage(cpu, p) ? Verdict.KEEP : Verdict.ACTIVATE_LOCKED;
  }

  /** putback_inactive_pages of what was kept; lru_lock is held. */
  private void putbackInactivePages(Cpu cpu, long from, long freeing) {
    while (!list.isEmpty(from)) {
      long entry = list.prev(from);
      long p = entry - PageLayout.LRU;
      if (page.kernel().debugVm()) {
        page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in putback_inactive_pages");
      }
      list.del(entry);
      if (page.test(p, PageFlag.MLOCKED)) {
        node.lruLock().unlockIrq(cpu);
        lru.isolation().putbackLruPage(cpu, p);
        node.lruLock().lockIrq(cpu);
        continue;
      }
      page.set(p, PageFlag.LRU);
      LruList to = lru.lruvec().listOf(p);
      lru.lruvec().add(p, to);
      pages.putOrCollect(p, to, freeing, Site.PUTBACK_INACTIVE_PAGES);
    }
  }
}
