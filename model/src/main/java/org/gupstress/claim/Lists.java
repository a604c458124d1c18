// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.lru.PageAllocator;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;

/**
 * Lists of pages: each operation finds neighbours that fit, nobody changes a list without its lock,
 * and whenever that lock is dropped the bytes are what is known to be on the list, and its counter
 * says how many.
 */
final class Lists {
  private static final LruList[] LISTS = LruList.values();

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final Node node;
  private final PageAllocator allocator;
  private final PageState state;
  private final Lifetime lifetime;
  private final Findings findings;

  Lists(
      ArenaMemory memory,
      Arena arena,
      Mm mm,
      PageState state,
      Lifetime lifetime,
      Findings findings) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.node = mm.lru().node();
    this.allocator = mm.lru().allocator();
    this.state = state;
    this.lifetime = lifetime;
    this.findings = findings;
  }

  private String name(long head) {
    return arena.name(head).replace(".next", "");
  }

  // ---- stores

  /** The links of a page are about to be written. */
  void beforeStore(Actor actor, HeldLocks held, Access access, int p, int offset) {
    long head = state.linkedOn(p);
    if (head == 0) {
      return;
    }
    if (access.view() != View.LIST) {
      String field = offset < PageLayout.LRU_PREV ? "lru.next" : "lru.prev";
      findings.report(
          Harm.LINK_OVERWRITTEN,
          () -> state.name(p)
              + " is linked on "
              + name(head)
              + " and its "
              + field
              + " is written as "
              + (access.view() == View.PIN ? "a pin field" : "something else"));
    } else if (!lifetime.ownsList(actor, held, head)) {
      unlocked(actor, access, head);
    }
  }

  /** Something that is no page is about to be written: it may be the head of a list. */
  void beforeStore(Actor actor, HeldLocks held, Access access) {
    long head = access.addr() & ~15L;
    if (lifetime.lockOf(head) == 0) {
      return;
    }
    if (access.view() != View.LIST) {
      findings.report(
          Harm.LINK_OVERWRITTEN,
          () -> actor + ": " + access.describe(arena) + " is no list operation, and " + name(head)
              + " is the head of a list");
    } else if (!lifetime.ownsList(actor, held, head)) {
      unlocked(actor, access, head);
    }
  }

  private void unlocked(Actor actor, Access access, long head) {
    findings.report(
        Harm.LIST_UNLOCKED,
        () -> actor
            + ": "
            + access.describe(arena)
            + " changes "
            + name(head)
            + (lifetime.lockOf(head) == 0
                ? ", which is another CPU's"
                : " without " + arena.name(lifetime.lockOf(head))));
  }

  // ---- operations

  void add(long entry, long next, long prev) {
    boolean fits = memory.isMapped(next, 8)
        && memory.isMapped(prev, 8)
        && memory.word(next + 8) == prev
        && memory.word(prev) == next;
    if (!fits) {
      findings.report(
          Harm.LIST_INCONSISTENT,
          () -> String.format(
              "list_add(%s): next is %s, prev is %s, and they are not neighbours",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    } else if (entry == next || entry == prev) {
      findings.report(
          Harm.LIST_INCONSISTENT,
          () -> "list_add(" + arena.name(entry) + "): it is to be its own neighbour");
    } else {
      int p = pages.number(entry);
      if (p >= 0 && state.linkedOn(p) != 0) {
        findings.report(
            Harm.LIST_INCONSISTENT,
            () -> String.format(
                "list_add(%s): it is on %s already", arena.name(entry), name(state.linkedOn(p))));
      }
    }
  }

  void del(int p, long entry, long next, long prev) {
    if (!memory.isMapped(next, 8)
        || !memory.isMapped(prev, 8)
        || memory.word(next + 8) != entry
        || memory.word(prev) != entry) {
      findings.report(
          Harm.LIST_INCONSISTENT,
          () -> String.format(
              "list_del(%s): next is %s, prev is %s, and they do not point back",
              arena.name(entry), Values.word(arena, next), Values.word(arena, prev)));
    }
    if (p >= 0) {
      state.unlinked(p);
    }
  }

  void linked(int p, long head) {
    if (p < 0) {
      return;
    }
    state.linked(p, head);
    if (!state.union.owns(p, View.LIST, PageLayout.LRU, PageLayout.UNION_BYTES)) {
      findings.report(
          Harm.LINK_OVERWRITTEN,
          () -> state.name(p) + " was linked while its links were written as pin fields: "
              + state.union.describe(p));
    }
  }

  void freed(int p) {
    long head = state.linkedOn(p);
    if (state.isGone(p)) {
      findings.report(Harm.FREED_TWICE, () -> state.name(p) + " is free and is freed again");
    } else if (head != 0 && !mm.lru().hugetlb().isHead(head)) {
      findings.report(
          Harm.FREED_LINKED, () -> state.name(p) + " is freed while it is on " + name(head));
    }
  }

  // ---- when the lock that protects them is dropped

  /** A lock is dropped: what it protects must be in order. */
  void unlocked(long lock) {
    if (lock == node.lruLock().addr()) {
      checkLru();
    } else if (lock == allocator.zoneLock().addr()) {
      checkBuddy();
    } else if (pages.has(PageKind.HUGETLB) && lock == mm.lru().hugetlb().lock()) {
      checkPool();
    }
  }

  /** No operation is running: all of them. */
  void quiescent() {
    checkLru();
    checkBuddy();
    if (pages.has(PageKind.HUGETLB)) {
      checkPool();
    }
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      int found = walk(allocator.pcp(cpu));
      if (allocator.hasBuddy() && allocator.nrOnPcp(cpu) != found) {
        miscounted("pcp.count of cpu" + cpu, allocator.nrOnPcp(cpu), found);
      }
    }
  }

  private void checkBuddy() {
    int found = walk(allocator.freeArea());
    if (allocator.nrFree() != found) {
      miscounted("NR_FREE_PAGES", allocator.nrFree(), found);
    }
  }

  private void checkPool() {
    walk(mm.lru().hugetlb().activeList());
    int found = walk(mm.lru().hugetlb().freeList());
    if (mm.lru().hugetlb().freeHugePages() != found) {
      miscounted("free_huge_pages", mm.lru().hugetlb().freeHugePages(), found);
    }
  }

  private void miscounted(String counter, long says, int found) {
    findings.report(Harm.MISCOUNTED, () -> counter + " is " + says + ", on the list are " + found);
  }

  /** How many pages are known to be on a list, if the bytes of the list say the same. */
  private int walk(long head) {
    int known = 0;
    for (int p = 0; p < pages.count(); p++) {
      known += state.linkedOn(p) == head ? 1 : 0;
    }
    int found = 0;
    long before = head;
    for (long at = memory.word(head); at != head; at = memory.word(at)) {
      int p = pages.number(at);
      boolean fits = p >= 0
          && at == pages.address(p) + PageLayout.LRU
          && state.linkedOn(p) == head
          && memory.word(at + 8) == before
          && found < known;
      if (!fits) {
        broken(head, at);
        return known;
      }
      found++;
      before = at;
    }
    if (found != known || memory.word(head + 8) != before) {
      broken(head, memory.word(head + 8));
    }
    return known;
  }

  private void broken(long head, long at) {
    findings.report(
        Harm.LIST_INCONSISTENT,
        () -> "the bytes of "
            + name(head)
            + " are not those of the pages that were put on it: it leads to "
            + Values.word(arena, at));
  }

  private void checkLru() {
    for (LruList list : LISTS) {
      walk(node.head(list));
      int found = 0;
      for (int p = 0; p < pages.count(); p++) {
        found += node.isHead(state.linkedOn(p)) && byFlags(p) == list ? state.lruPages(p) : 0;
      }
      int size = node.lruSize(list);
      int linked = found;
      if (size != found) {
        findings.report(
            Harm.LRU_MISMATCH,
            () -> "lru_size of " + list.id() + " is " + size + ", linked are " + linked);
      }
    }
    for (int p = 0; p < pages.count(); p++) {
      long head = state.linkedOn(p);
      checkMembership(p, node.isHead(head) ? head : 0);
    }
  }

  private LruList byFlags(int p) {
    return LruList.of(memory.word(pages.address(p) + PageLayout.FLAGS));
  }

  /** The LRU list on which the page is, or 0, must be the one that its flags name, or none. */
  private void checkMembership(int p, long head) {
    boolean says = state.hasFlag(p, PageFlag.LRU);
    if (head != (says ? node.head(byFlags(p)) : 0)) {
      findings.report(
          Harm.LRU_MISMATCH,
          () -> state.name(p)
              + (head != 0 ? " is linked on " + name(head) : " is on no LRU")
              + ", its flags say "
              + (says ? byFlags(p).id() : "none"));
    }
  }
}
