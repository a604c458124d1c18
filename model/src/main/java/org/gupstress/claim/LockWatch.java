// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.List;
import org.gupstress.claim.HeldLocks.Lock;
import org.gupstress.design.Mm;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Op;
import org.gupstress.memory.Values;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads accesses as what they do to locks.
 *
 * <p>Each spin lock word is a class of its own; PG_locked of all pages is one class, and so is any
 * other bit lock of the flags. trylock_page and __SetPageLocked take without waiting: nobody can be
 * stopped by them, so they make no order, but what is taken after them is taken over the page lock.
 */
public final class LockWatch {
  private final Arena arena;
  private final Mm mm;
  private final boolean interrupts;

  /** @param interrupts whether the machine has interrupt handlers */
  public LockWatch(Arena arena, Mm mm, boolean interrupts) {
    this.arena = arena;
    this.mm = mm;
    this.interrupts = interrupts;
  }

  /**
   * What a context on this CPU holds after an access that saw this value.
   *
   * @param loaded what the access before it loaded from the same address, if that was a load
   */
  public HeldLocks after(HeldLocks held, int cpu, Access access, long seen, long loaded) {
    return switch (access.op()) {
      case LOCK, LOCK_BITS64 -> held.with(lock(access));
      case SET_BITS64, TEST_SET64 ->
        seen == 0 && isPageLock(access) ? held.with(lock(access)) : held;
      case UNLOCK, UNLOCK_BITS64, CLEAR_BITS64 -> held.without(access.addr(), access.a());
      case WRITE64 -> written(held, cpu, access, loaded);
      default -> held;
    };
  }

  /** What lockdep remembers of an access that led from one to the other, or null. */
  public @Nullable LockUse use(
      String operation, boolean inHandler, HeldLocks before, Access access, HeldLocks after) {
    boolean waits = access.op() == Op.LOCK || access.op() == Op.LOCK_BITS64;
    if (!waits && before == after) {
      return null;
    }
    LockUse use = new LockUse(
        operation,
        waits ? lock(access).name() : "",
        waits ? before.names() : List.of(),
        waits && inHandler,
        interrupts && !inHandler ? after.exposedSince(before) : List.of());
    return use.matters() ? use : null;
  }

  /**
   * The interrupt flag, or the second half of __SetPageLocked and __ClearPageLocked. Whoever sets
   * another flag that way stores somebody else's PG_locked as he loaded it.
   */
  private HeldLocks written(HeldLocks held, int cpu, Access access, long loaded) {
    if (access.addr() == mm.cpu(cpu).irqsOffWord()) {
      return held.withIrqs(access.a() != 0);
    }
    if (!isOfFlags(access)) {
      return held;
    }
    long locked = PageFlag.LOCKED.mask();
    if ((access.a() & locked) == 0) {
      return held.without(access.addr(), locked);
    }
    return (loaded & locked) == 0 ? held.with(pageLock(access.addr())) : held;
  }

  private boolean isPageLock(Access access) {
    return isOfFlags(access) && access.a() == PageFlag.LOCKED.mask();
  }

  private boolean isOfFlags(Access access) {
    int p = mm.page().number(access.addr());
    return p >= 0 && access.addr() == mm.page().address(p) + PageLayout.FLAGS;
  }

  private Lock pageLock(long flags) {
    long locked = PageFlag.LOCKED.mask();
    return new Lock(flags, locked, Values.bits(arena, flags, locked));
  }

  private Lock lock(Access access) {
    long addr = access.addr();
    if (access.op() == Op.LOCK) {
      return new Lock(addr, 0, arena.name(addr));
    }
    String bits = Values.bits(arena, addr, access.a());
    boolean ofPage = mm.page().number(addr) >= 0;
    return new Lock(addr, access.a(), ofPage ? bits : arena.name(addr) + "&" + bits);
  }
}
