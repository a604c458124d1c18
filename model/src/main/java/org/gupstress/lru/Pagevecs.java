// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import java.util.Locale;
import java.util.function.LongConsumer;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * The per-CPU pagevecs of mm/swap.c, Linux 4.19: pages on their way to an LRU list, or between two.
 *
 * <p>Each queued page carries one reference, dropped after lru_lock is. Deferred moves test PageLRU
 * again under the lock, so an isolation in between cancels them; the lru_add one does not, it
 * asserts.
 *
 * <p>Preemption is off while a CPU touches its own pagevecs. That cannot be observed, except by
 * {@link #drainAll}, whose work runs on the other CPUs: machines that use it have one lock per CPU
 * in its place.
 *
 * <p>A compound page does not wait: its pagevec is flushed at once. Leaves out: the lazyfree
 * pagevec, moves of compound pages between the lists, lru_lock hand-over between nodes.
 */
public final class Pagevecs {
  /** Which pagevec, and the reference that its pages carry. */
  public enum Kind {
    LRU_ADD(Ref.PVADD),
    ROTATE(Ref.PVROT),
    DEACTIVATE(Ref.PVDEACT),
    ACTIVATE(Ref.PVACT);

    private final Ref ref;

    Kind(Ref ref) {
      this.ref = ref;
    }

    public Ref ref() {
      return ref;
    }
  }

  /** Slots of a pagevec in Linux 4.19. */
  public static final int PAGEVEC_SIZE = 15;

  private static final Kind[] KINDS = Kind.values();

  private final Memory memory;
  private final Page page;
  private final Node node;
  private final Lruvec lruvec;
  private final PageRelease release;
  private final PinHooks hooks;
  private final int slots;
  private final long[][] vecs;
  private final SpinLock[] preemption;

  Pagevecs(
      Memory memory,
      Arena arena,
      Page page,
      Node node,
      Lruvec lruvec,
      PageRelease release,
      PinHooks hooks,
      int slots,
      boolean drainedRemotely) {
    this.memory = memory;
    this.page = page;
    this.node = node;
    this.lruvec = lruvec;
    this.release = release;
    this.hooks = hooks;
    this.slots = slots;
    this.vecs = new long[arena.cpus()][KINDS.length];
    this.preemption = new SpinLock[drainedRemotely ? arena.cpus() : 0];
    for (int cpu = 0; cpu < vecs.length; cpu++) {
      for (Kind kind : KINDS) {
        vecs[cpu][kind.ordinal()] = reserve(arena, cpu, kind, drainedRemotely);
      }
      if (drainedRemotely) {
        preemption[cpu] = new SpinLock(memory, arena, "cpu" + cpu + ".preempt_off");
      }
    }
  }

  private long reserve(Arena arena, int cpu, Kind kind, boolean shared) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    int bytes = 8 + 8 * slots;
    long vec = shared
        ? arena.shared("cpu" + cpu + "." + name, bytes, 8)
        : arena.onCpu(cpu, name, bytes, 8);
    arena.define(vec, "cpu" + cpu + "." + name + ".nr");
    for (int slot = 0; slot < slots; slot++) {
      arena.define(vec + 8 + 8L * slot, "cpu" + cpu + "." + name + "[" + slot + "]");
    }
    return vec;
  }

  /** {@link Lruvec#add}, under the name that design files know. */
  public void addToLru(long p, LruList to) {
    lruvec.add(p, to);
  }

  /** {@link Lruvec#move}, under the name that design files know. */
  public void moveToLru(long p, LruList to) {
    lruvec.move(p, to);
  }

  /** {@link Lruvec#del}, under the name that design files know. */
  public void delFromLru(long p, LruList from) {
    lruvec.del(p, from);
  }

  /** Whether CPUs empty each other's pagevecs. */
  public boolean areDrainedRemotely() {
    return preemption.length > 0;
  }

  // ---- adding

  /** lru_cache_add: the page goes to an LRU list when this CPU's pagevec is drained. */
  public void lruCacheAdd(Cpu cpu, long p) {
    if (page.kernel().debugVm()) {
      page.bugOn(
          page.test(p, PageFlag.ACTIVE) && page.test(p, PageFlag.UNEVICTABLE),
          "PageActive(page) && PageUnevictable(page) in lru_cache_add");
      page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in lru_cache_add");
    }
    page.get(p, Kind.LRU_ADD.ref());
    queue(cpu, Kind.LRU_ADD, p);
  }

  /** activate_page. */
  public void activatePage(Cpu cpu, long p) {
    if (page.test(p, PageFlag.LRU)
        && !page.test(p, PageFlag.ACTIVE)
        && !page.test(p, PageFlag.UNEVICTABLE)) {
      page.get(p, Kind.ACTIVATE.ref());
      queue(cpu, Kind.ACTIVATE, p);
    }
  }

  /** rotate_reclaimable_page. */
  public void rotateReclaimablePage(Cpu cpu, long p) {
    long blocking = PageFlag.LOCKED.mask() | PageFlag.DIRTY.mask() | PageFlag.UNEVICTABLE.mask();
    if (page.flags(p, blocking) == 0 && page.test(p, PageFlag.LRU)) {
      page.get(p, Kind.ROTATE.ref());
      long flags = cpu.irqSave();
      queue(cpu, Kind.ROTATE, p);
      cpu.irqRestore(flags);
    }
  }

  /** deactivate_file_page. */
  public void deactivateFilePage(Cpu cpu, long p) {
    if (!page.test(p, PageFlag.UNEVICTABLE) && page.getUnlessZero(p, Kind.DEACTIVATE.ref())) {
      queue(cpu, Kind.DEACTIVATE, p);
    }
  }

  private void queue(Cpu cpu, Kind kind, long p) {
    preemptDisable(cpu.slot());
    if (append(cpu.slot(), kind, p) || page.isCompound(p)) {
      flush(cpu, cpu.slot(), kind);
    }
    preemptEnable(cpu.slot());
  }

  /** pagevec_add: true if no slot is left. */
  private boolean append(int owner, Kind kind, long p) {
    long vec = vec(owner, kind);
    long n = memory.read64(vec);
    memory.write64(slot(vec, n), p);
    memory.write64(vec, n + 1);
    return n + 1 == slots;
  }

  /** Puts a page into a pagevec before the machine runs; the reference is taken by the caller. */
  void bootAdd(int owner, Kind kind, long p) {
    append(owner, kind, p);
  }

  /** __lru_cache_activate_page: only a page in the pagevec of the very CPU is found. */
  void activateIfQueuedHere(Cpu cpu, long p) {
    preemptDisable(cpu.slot());
    if (contains(cpu.slot(), Kind.LRU_ADD, p)) {
      page.set(p, PageFlag.ACTIVE);
    }
    preemptEnable(cpu.slot());
  }

  /** Whether the page waits in this CPU's pagevec. */
  public boolean contains(int owner, Kind kind, long p) {
    long vec = vec(owner, kind);
    long n = memory.read64(vec);
    for (long i = 0; i < n; i++) {
      if (memory.read64(slot(vec, i)) == p) {
        return true;
      }
    }
    return false;
  }

  /** Slots of each. */
  public int slots() {
    return slots;
  }

  /** How many pages wait in this CPU's pagevec. */
  public int count(int owner, Kind kind) {
    return (int) memory.read64(vec(owner, kind));
  }

  /** The nth page of this CPU's pagevec. */
  public long pageAt(int owner, Kind kind, int nth) {
    return memory.read64(slot(vec(owner, kind), nth));
  }

  /**
   * Empties the pagevecs of a CPU that died in the middle of it: the pages are told, and their
   * references are the caller's business.
   */
  public void abandon(int owner, LongConsumer each) {
    for (Kind kind : KINDS) {
      long vec = vec(owner, kind);
      for (int i = 0; i < slots; i++) {
        long p = i < memory.read64(vec) ? memory.read64(slot(vec, i)) : 0;
        if (p != 0) {
          each.accept(p);
        }
      }
      memory.write64(vec, 0);
    }
  }

  private long vec(int owner, Kind kind) {
    OutOfRange.check("CPU", owner, vecs.length);
    return vecs[owner][kind.ordinal()];
  }

  private static long slot(long vec, long index) {
    return vec + 8 + 8 * index;
  }

  // ---- draining

  /** lru_add_drain: empties all pagevecs of this CPU. */
  public void drain(Cpu cpu) {
    preemptDisable(cpu.slot());
    drainCpu(cpu, cpu.slot());
    preemptEnable(cpu.slot());
  }

  /** lru_add_drain_all: has every CPU drain its own pagevecs and waits for that. */
  public void drainAll(Cpu cpu) {
    memory.mightSleep();
    memory.note(Note.DRAINS_ALL, 0);
    for (int owner = 0; owner < vecs.length; owner++) {
      preemptDisable(owner);
      drainCpu(cpu, owner);
      preemptEnable(owner);
    }
  }

  /**
   * pagevec_release of a page that was looked up, and free_pages_and_swap_cache of one that was
   * unmapped: pages that wait go to the LRU first.
   */
  public void release(Cpu cpu, long p, Ref reason) {
    drain(cpu);
    release.release(cpu, p, reason);
  }

  /** __pagevec_lru_add of a pagevec on the stack: the page goes to an LRU list at once. */
  public void addNow(Cpu cpu, long p) {
    long flags = node.lruLock().lockIrqsave(cpu);
    pagevecLruAddFn(p);
    node.lruLock().unlockIrqrestore(cpu, flags);
    release.release(cpu, p, Kind.LRU_ADD.ref());
  }

  private void drainCpu(Cpu cpu, int owner) {
    for (Kind kind : KINDS) {
      flush(cpu, owner, kind);
    }
    hooks.afterDrain(cpu, owner);
  }

  /**
   * preempt_disable, for what a design keeps for each CPU: nobody drains this CPU until
   * {@link #preemptEnable}. No drain and no other pagevec may be met in between.
   */
  public void preemptDisable(Cpu cpu) {
    preemptDisable(cpu.slot());
  }

  public void preemptEnable(Cpu cpu) {
    preemptEnable(cpu.slot());
  }

  private void preemptDisable(int owner) {
    if (preemption.length > 0) {
      preemption[owner].lock();
    }
  }

  private void preemptEnable(int owner) {
    if (preemption.length > 0) {
      preemption[owner].unlock();
    }
  }

  /**
   * pagevec_lru_move_fn: moves under lru_lock, drops the references after it. Interrupts add to the
   * rotate pagevec, so it is emptied with interrupts off.
   */
  private void flush(Cpu cpu, int owner, Kind kind) {
    if (kind == Kind.ROTATE) {
      long flags = cpu.irqSave();
      move(cpu, owner, kind);
      cpu.irqRestore(flags);
    } else {
      move(cpu, owner, kind);
    }
  }

  private void move(Cpu cpu, int owner, Kind kind) {
    long vec = vec(owner, kind);
    long n = memory.read64(vec);
    if (n == 0) {
      return;
    }
    long flags = node.lruLock().lockIrqsave(cpu);
    for (long i = 0; i < n; i++) {
      long p = memory.read64(slot(vec, i));
      switch (kind) {
        case LRU_ADD -> pagevecLruAddFn(p);
        case ROTATE -> pagevecMoveTailFn(p);
        case DEACTIVATE -> lruDeactivateFileFn(p);
        case ACTIVATE -> activatePageFn(p);
      }
    }
    node.lruLock().unlockIrqrestore(cpu, flags);
    for (long i = 0; i < n; i++) {
      release.release(cpu, memory.read64(slot(vec, i)), kind.ref());
      memory.write64(slot(vec, i), 0);
    }
    memory.write64(vec, 0);
  }

  /** __pagevec_lru_add_fn. */
  private void pagevecLruAddFn(long p) {
    page.testAndClear(p, PageFlag.UNEVICTABLE);
    if (page.kernel().debugVm()) {
      page.bugOn(page.test(p, PageFlag.LRU), "PageLRU(page) in __pagevec_lru_add_fn");
    }
    if (hooks.skipLruAdd(p)) {
      return;
    }
    page.set(p, PageFlag.LRU);
    // ordering: pairs with TestClearPageMlocked in clear_page_mlock: one side sees the other's bit.
    memory.mb();
    lruvec.add(p, evictableList(p));
  }

  private LruList evictableList(long p) {
    if (!page.test(p, PageFlag.MLOCKED)) {
      return lruvec.listOf(p);
    }
    page.clear(p, PageFlag.ACTIVE);
    page.set(p, PageFlag.UNEVICTABLE);
    return LruList.UNEVICTABLE;
  }

  /** __activate_page. */
  private void activatePageFn(long p) {
    if (isEvictableOnLru(p) && !page.test(p, PageFlag.ACTIVE)) {
      lruvec.del(p, lruvec.listOf(p));
      page.set(p, PageFlag.ACTIVE);
      lruvec.add(p, lruvec.listOf(p));
    }
  }

  /** pagevec_move_tail_fn. */
  private void pagevecMoveTailFn(long p) {
    if (isEvictableOnLru(p)) {
      lruvec.del(p, lruvec.listOf(p));
      page.clear(p, PageFlag.ACTIVE);
      lruvec.addTail(p, lruvec.listOf(p));
    }
  }

  /** lru_deactivate_file_fn. */
  private void lruDeactivateFileFn(long p) {
    if (isEvictableOnLru(p) && memory.is32(p + PageLayout.MAPCOUNT, -1)) {
      lruvec.del(p, lruvec.listOf(p));
      page.clear(p, PageFlag.ACTIVE);
      page.clear(p, PageFlag.REFERENCED);
      LruList to = lruvec.listOf(p);
      lruvec.add(p, to);
      if (page.test(p, PageFlag.WRITEBACK) || page.test(p, PageFlag.DIRTY)) {
        page.set(p, PageFlag.RECLAIM);
      } else {
        lruvec.moveTail(p, to);
      }
    }
  }

  private boolean isEvictableOnLru(long p) {
    return page.test(p, PageFlag.LRU) && !page.test(p, PageFlag.UNEVICTABLE);
  }
}
