// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * commit_charge with lrucare, mm/memcontrol.c, Linux 4.19: a page that may be on an LRU already, as
 * one from the swap cache, is charged to a memory cgroup. It is off its list meanwhile, with PG_lru
 * clear and lru_lock held, and isolate_lru_page looks at PG_lru before it takes the lock.
 *
 * <p>A design that keeps something in the place of mem_cgroup is for a kernel without memory
 * cgroups; its pages come off their lists here all the same.
 *
 * <p>Leaves out: the counters, lruvecs of other cgroups (the page goes back to the list from which
 * it came; the node's lruvec stands for the cgroup).
 */
public final class Memcg {
  private final Memory memory;
  private final Page page;
  private final Node node;
  private final Lruvec lruvec;
  private final PinHooks hooks;

  Memcg(Memory memory, Page page, Node node, Lruvec lruvec, PinHooks hooks) {
    this.memory = memory;
    this.page = page;
    this.node = node;
    this.lruvec = lruvec;
    this.hooks = hooks;
  }

  /** commit_charge(page, memcg, true); the caller has the page locked. */
  public void commitCharge(Cpu cpu, long p) {
    boolean isolated = lockPageLru(cpu, p);
    if (!hooks.usesHole()) {
      memory.write64(p + PageLayout.MEM_CGROUP, node.head(LruList.INACTIVE_ANON));
    }
    unlockPageLru(cpu, p, isolated);
  }

  private boolean lockPageLru(Cpu cpu, long p) {
    node.lruLock().lockIrq(cpu);
    if (!page.test(p, PageFlag.LRU)) {
      return false;
    }
    hooks.beforeRelink(p, "lock_page_lru");
    page.clear(p, PageFlag.LRU);
    lruvec.del(p, lruvec.listOf(p));
    return true;
  }

  private void unlockPageLru(Cpu cpu, long p, boolean isolated) {
    if (isolated) {
      if (page.kernel().debugVm()) {
        page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in unlock_page_lru");
      }
      hooks.beforeRelink(p, "unlock_page_lru");
      page.set(p, PageFlag.LRU);
      lruvec.add(p, lruvec.listOf(p));
    }
    node.lruLock().unlockIrq(cpu);
  }
}
