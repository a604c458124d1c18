// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;
import org.gupstress.page.DevPagemap;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/**
 * put_page and release_pages, mm/swap.c, Linux 4.19.
 *
 * <p>Being on an LRU list is not a reference: only the drop of the last reference takes an on-LRU
 * page off its list. Leaves out: huge pages that are freed whole, unless they are the hugetlb
 * pool's; memory cgroup uncharge; the batching in release_pages: lru_lock over 32 pages, and the
 * private list on which it collects what it frees.
 */
public final class PageRelease {
  private final Page page;
  private final Node node;
  private final Lruvec lruvec;
  private final PageAllocator allocator;
  private final DevPagemap devices;
  private final HugetlbPool hugetlb;
  private final PinHooks hooks;

  PageRelease(
      Page page,
      Node node,
      Lruvec lruvec,
      PageAllocator allocator,
      DevPagemap devices,
      HugetlbPool hugetlb,
      PinHooks hooks) {
    this.page = page;
    this.node = node;
    this.lruvec = lruvec;
    this.allocator = allocator;
    this.devices = devices;
    this.hugetlb = hugetlb;
    this.hooks = hooks;
  }

  /** put_page: drops one reference and frees the page if it was the last. */
  public void put(Cpu cpu, long p, Ref reason) {
    put(cpu, p, reason, 1);
  }

  /** page_ref_sub_and_test and, at zero, __put_page. */
  public void put(Cpu cpu, long p, Ref reason, int amount) {
    long head = page.compoundHead(p);
    hooks.beforePut(head);
    boolean last = devices.isManaged(head)
        ? devices.putManaged(head, reason, amount)
        : page.putTestzero(head, reason, amount);
    if (last) {
      putPage(cpu, head);
    }
  }

  /** __put_page: nobody holds the page. */
  private void putPage(Cpu cpu, long head) {
    if (page.isZoneDevice(head)) {
      devices.putOf(head);
    } else if (page.isCompound(head)) {
      hugetlb.free(head);
    } else {
      pageCacheRelease(cpu, head);
      free(cpu, head);
    }
  }

  /**
   * release_pages for one page: like put, but PG_active may be set on a page that is on no list.
   */
  public void release(Cpu cpu, long p, Ref reason) {
    long head = page.compoundHead(p);
    if (!page.putTestzero(head, reason)) {
      return;
    }
    if (page.isCompound(head)) {
      hugetlb.free(head);
      return;
    }
    pageCacheRelease(cpu, head);
    page.clearNonatomic(head, PageFlag.ACTIVE);
    free(cpu, head);
  }

  /** __page_cache_release: takes the page off its LRU list. */
  private void pageCacheRelease(Cpu cpu, long p) {
    if (page.test(p, PageFlag.LRU)) {
      long flags = node.lruLock().lockIrqsave(cpu);
      if (page.kernel().debugVm()) {
        page.bugOn(!page.test(p, PageFlag.LRU), "!PageLRU(page) in __page_cache_release");
      }
      page.clearNonatomic(p, PageFlag.LRU);
      lruvec.delOff(p);
      node.lruLock().unlockIrqrestore(cpu, flags);
    }
  }

  /** free_unref_page of a page with refcount 0 that is on no LRU list. */
  public void free(Cpu cpu, long p) {
    hooks.beforeFree(cpu, p);
    allocator.free(cpu, p);
  }
}
