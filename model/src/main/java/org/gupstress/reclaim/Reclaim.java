// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.lru.Lru;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.lru.Workingset;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;

/**
 * Who reclaims, and how much: shrink_node, do_try_to_free_pages and balance_pgdat of mm/vmscan.c,
 * Linux 4.19, without swap: anonymous pages are not scanned.
 *
 * <p>Leaves out: memory cgroups, slab, several zones and nodes, congestion_wait, the rebalancing of
 * scan goals once enough was reclaimed (a pass ends there), the sleeping and waking of kswapd
 * (whoever runs it decides).
 */
public final class Reclaim {
  /** DEF_PRIORITY of Linux. */
  public static final int DEF_PRIORITY = Zone.DEF_PRIORITY;

  /** Pages that are reclaimed or scanned at once. */
  public static final int SWAP_CLUSTER_MAX = 32;

  private static final int PAGES_PER_GIB_SHIFT = 18;

  private final Memory memory;
  private final Lru lru;
  private final Node node;
  private final Workingset workingset;
  private final InactiveList inactive;
  private final ActiveList active;
  private final long refaults;

  public Reclaim(Memory memory, Arena arena, Lru lru, InactiveList inactive, ActiveList active) {
    this.memory = memory;
    this.lru = lru;
    this.node = lru.node();
    this.workingset = lru.workingset();
    this.inactive = inactive;
    this.active = active;
    this.refaults = arena.shared("lruvec.refaults", 4, 8);
  }

  /** shrink_inactive_list and shrink_page_list. */
  public InactiveList inactive() {
    return inactive;
  }

  /** shrink_active_list. */
  public ActiveList active() {
    return active;
  }

  /** shrink_inactive_list for an allocation. */
  public void shrinkInactiveList(Cpu cpu, LruList from, int pages) {
    inactive.shrink(cpu, from, pages, Reclaimer.DIRECT);
  }

  /** The list head page_list on the stack of whoever isolates pages on this CPU. */
  public long pageList(Cpu cpu) {
    return inactive.pageList(cpu);
  }

  /** try_to_free_pages: how many an allocation that found none has reclaimed. */
  public int tryToFreePages(Cpu cpu) {
    memory.note(Note.DIRECT_RECLAIM_BEGIN, 0);
    ScanControl sc = new ScanControl(Reclaimer.DIRECT);
    for (int priority = firstPriority();
        priority >= 0 && sc.reclaimed() < SWAP_CLUSTER_MAX;
        priority--) {
      shrinkNode(cpu, priority, SWAP_CLUSTER_MAX, sc);
    }
    snapshotRefaults();
    memory.note(Note.DIRECT_RECLAIM_END, 0, sc.reclaimed());
    return sc.reclaimed();
  }

  /**
   * balance_pgdat: what kswapd does when it is woken; how many pages it reclaimed. A pass that
   * looked at enough pages, and reclaimed some, is repeated as it was.
   */
  public int balancePgdat(Cpu cpu) {
    ScanControl sc = new ScanControl(Reclaimer.KSWAPD);
    int goal = Math.max(lru.allocator().zone().high(), SWAP_CLUSTER_MAX);
    for (int priority = firstPriority(); priority >= 1 && !isBalanced(); ) {
      int before = sc.reclaimed();
      sc.beginPass();
      shrinkNode(cpu, priority, goal, sc);
      if (sc.scanned() < goal || sc.reclaimed() == before) {
        priority--;
      }
    }
    snapshotRefaults();
    return sc.reclaimed();
  }

  /** A pass looks at this power of two's fraction of a list, the first one at the smallest. */
  private int firstPriority() {
    return lru.allocator().zone().priority();
  }

  /** snapshot_refaults, at the end of a session. */
  private void snapshotRefaults() {
    memory.writeOnce32(refaults, workingset.activations());
  }

  /** Whether kswapd has nothing to do. */
  public boolean isBalanced() {
    return lru.allocator().nrFree() > lru.allocator().zone().high();
  }

  /** shrink_node, shrink_node_memcg: one pass at a priority. */
  private void shrinkNode(Cpu cpu, int priority, int goal, ScanControl sc) {
    memory.note(Note.SCAN_PRIORITY, 0, priority);
    int inactiveLeft = node.lruSize(LruList.INACTIVE_FILE) >> priority;
    int activeLeft = node.lruSize(LruList.ACTIVE_FILE) >> priority;
    // an allocation that comes here means that kswapd does not keep up: the first pass is a whole
    // one
    boolean goesOn = sc.who() == Reclaimer.DIRECT && priority == firstPriority();
    int reclaimed = 0;
    while (inactiveLeft > 0 || activeLeft > 0) {
      if (inactiveLeft > 0) {
        int scan = Math.min(inactiveLeft, SWAP_CLUSTER_MAX);
        inactiveLeft -= scan;
        reclaimed += inactive.shrink(cpu, LruList.INACTIVE_FILE, scan, sc);
      }
      if (activeLeft > 0) {
        int scan = Math.min(activeLeft, SWAP_CLUSTER_MAX);
        activeLeft -= scan;
        if (inactiveListIsLow()) {
          active.shrink(cpu, LruList.ACTIVE_FILE, scan);
        }
      }
      if (reclaimed >= goal && !goesOn) {
        break;
      }
    }
  }

  /** inactive_list_is_low of the file lists. */
  private boolean inactiveListIsLow() {
    long inactivePages = node.lruSize(LruList.INACTIVE_FILE);
    long activePages = node.lruSize(LruList.ACTIVE_FILE);
    if (memory.readOnce32(refaults) != workingset.activations()) {
      // the working set refaults: an active page is worth no more than an inactive one
      return true;
    }
    long gib = (inactivePages + activePages) >> PAGES_PER_GIB_SHIFT;
    long ratio = gib > 0 ? (long) Math.sqrt(10.0 * gib) : 1;
    return inactivePages * ratio < activePages;
  }
}
