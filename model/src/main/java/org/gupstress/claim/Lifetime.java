// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Op;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageLayout;

/**
 * Whether a page is still the one that whoever touches it means.
 *
 * <p>A page that somebody holds cannot be freed. So it is enough to look at who touches a page that
 * is free, or that was freed since he first touched it in his operation and has not been won anew
 * since: by a reference, by allocating it, or by a lock that keeps it where he found it. Nobody is
 * asked for his right to a page that was never freed.
 *
 * <p>Some may look at any page at any time, because struct pages never go away, and do not trust
 * what they see: {@code compound_head}, {@code _refcount} and the speculative get, the flag bits
 * that a design declares for it, and reads through {@link View#RACY}.
 */
final class Lifetime {
  /** Pages whose reuse within an operation is seen; of the others, only that they are free. */
  private static final int PAGES = 64;

  private static final Pagevecs.Kind[] KINDS = Pagevecs.Kind.values();

  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final Page pages;
  private final PageState state;
  private final Findings findings;
  private final Actor[] actors;

  Lifetime(
      ArenaMemory memory, Arena arena, Mm mm, PageState state, Findings findings, Actor[] actors) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.pages = mm.page();
    this.state = state;
    this.findings = findings;
    this.actors = actors.clone();
  }

  /** An access to a page is about to be made. */
  void before(Actor actor, HeldLocks held, Access access, int p, int offset) {
    boolean free = state.isGone(p);
    if (!free && !isStale(actor, p)) {
      touches(actor, p);
    } else if (!isSpeculative(access, offset)) {
      if (keeps(actor, held, access, p, free)) {
        won(actor, p);
      } else {
        findings.report(
            Harm.LATE_TOUCH,
            () -> actor
                + ": "
                + access.describe(arena)
                + ", but "
                + state.name(p)
                + (free ? " is free" : " was freed meanwhile and has a new owner"));
      }
    }
  }

  /** The actor has a right to the page as it is now. */
  void won(Actor actor, int p) {
    if (p < PAGES) {
      memory.setGhost(actor.touched, memory.ghost(actor.touched) | 1L << p);
      memory.setGhost(actor.stale, memory.ghost(actor.stale) & ~(1L << p));
    }
  }

  private void touches(Actor actor, int p) {
    if (p < PAGES) {
      memory.setGhost(actor.touched, memory.ghost(actor.touched) | 1L << p);
    }
  }

  private boolean isStale(Actor actor, int p) {
    return p < PAGES && (memory.ghost(actor.stale) >>> p & 1) != 0;
  }

  /** Whoever was at the page means a page that is no more. */
  void freed(int p) {
    for (int i = 0; p < PAGES && i < actors.length; i++) {
      long touched = memory.ghost(actors[i].touched) & 1L << p;
      memory.setGhost(actors[i].stale, memory.ghost(actors[i].stale) | touched);
    }
  }

  /** Locals die with their operation. */
  void operationEnded(Actor actor) {
    memory.setGhost(actor.touched, 0);
    memory.setGhost(actor.stale, 0);
  }

  private boolean isSpeculative(Access access, int offset) {
    Op op = access.op();
    return switch (offset) {
      case PageLayout.REFCOUNT -> op.readsOnly() || (op == Op.ADD_UNLESS32 && access.b() == 0);
      case PageLayout.COMPOUND_HEAD -> op.readsOnly() && !state.union.isTypedRead(access);
      default -> op.readsOnly() && access.view() == View.RACY;
    };
  }

  /** Whether the actor holds a lock that keeps the page, or the page is on a list of its own. */
  private boolean keeps(Actor actor, HeldLocks held, Access access, int p, boolean free) {
    long head = state.linkedOn(p);
    if (free) {
      // between lists it is in the hands of the allocator, who looks whether it is bad
      return head == 0
          ? access.view() == View.LIST || access.op().readsOnly()
          : access.view() == View.LIST && ownsList(actor, held, head);
    }
    return (head != 0 && ownsList(actor, held, head))
        || isMappedUnder(held, p)
        || isCachedUnder(held, p)
        || isInPagevec(actor, p);
  }

  /** Whether nobody else may change the list now: it is the CPU's, or its lock is held. */
  boolean ownsList(Actor actor, HeldLocks held, long head) {
    return arena.cpuOf(head) == actor.cpu || held.holds(lockOf(head));
  }

  /** The address of the lock of a list that all CPUs may change, or 0. */
  long lockOf(long head) {
    return mm.lru().node().isHead(head)
        ? mm.lru().node().lruLock().addr()
        : mm.lru().hugetlb().isHead(head)
            ? mm.lru().hugetlb().lock()
            : head == mm.lru().allocator().freeArea()
                ? mm.lru().allocator().zoneLock().addr()
                : 0;
  }

  private boolean isMappedUnder(HeldLocks held, int p) {
    for (int pte = 0; pte < mm.pageTable().count(); pte++) {
      if (state.mapsAnyOf(pte, p) && held.holds(mm.pageTable().ptl(pte).addr())) {
        return true;
      }
    }
    return false;
  }

  private boolean isCachedUnder(HeldLocks held, int p) {
    for (int file = 0; file < mm.pageCache().files(); file++) {
      if (held.holds(mm.pageCache().file(file).pagesLock().addr())
          && mm.pageCache().file(file).holders(pages.address(p)) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a pagevec that the CPU may empty holds a reference for it. */
  private boolean isInPagevec(Actor actor, int p) {
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      if (cpu == actor.cpu || mm.lru().pagevecs().areDrainedRemotely()) {
        for (Pagevecs.Kind kind : KINDS) {
          if (mm.lru().pagevecs().contains(cpu, kind, pages.address(p))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
