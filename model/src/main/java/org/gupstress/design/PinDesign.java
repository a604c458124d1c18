// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.List;
import org.gupstress.gup.GupFlags;
import org.gupstress.memory.Cpu;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Release;
import org.gupstress.page.Switch;

/**
 * A way to mark pages as pinned by get_user_pages. The defaults are Linux 4.19 without any.
 *
 * <p>A design has no fields that change: all it knows between two calls is in memory, so that every
 * interleaving of its accesses can be run. It waits only through the locks of the model.
 */
public interface PinDesign {
  /** Short name, as on the command line. */
  String id();

  /** One sentence: where it keeps what. */
  String summary();

  /**
   * Whether it is known to be broken. A shipped design that is, is a negative control: an engine
   * that finds nothing wrong with it has failed. Nothing is expected of a user's design.
   */
  default boolean isNegativeControl() {
    return false;
  }

  // ---- what it needs; an overlay of its own on lru is what it accesses through View.PIN

  /** Bytes per page that it keeps outside struct page, a multiple of 8; see {@link Mm#ext}. */
  default int bytesOutsidePage() {
    return 0;
  }

  /**
   * Whether it keeps something at {@link org.gupstress.page.PageLayout#HOLE}: struct page has that
   * hole in kernels without CONFIG_MEMCG. What it keeps there it clears itself.
   */
  default boolean usesHole() {
    return false;
  }

  /** Names of the spin locks that it has for each node; see {@link Mm#ownLock}. */
  default List<String> locks() {
    return List.of();
  }

  /** Words of 64 bits that it keeps for each CPU; see {@link Mm#ownWord(Cpu, int)}. */
  default int wordsPerCpu() {
    return 0;
  }

  /** Words of 64 bits that it keeps for each node; see {@link Mm#ownWord(int)}. */
  default int wordsPerNode() {
    return 0;
  }

  /** Names what it keeps, for traces: what has no name there goes by its place. */
  default void name(FieldNames fields) {}

  /**
   * Bits of the first union word that it tests on pages of any state. No other view may ever set
   * them, as with bit 0, PageTail.
   */
  default long discriminators() {
    return 0;
  }

  /**
   * Whether its count lies over {@code lru.prev}, so that it only counts while that view is live.
   */
  default boolean countsInUnion() {
    return false;
  }

  /** Whether it calls lru_add_drain_all. */
  default boolean drainsOtherCpus() {
    return false;
  }

  /**
   * The releases of Linux that it is a change to: {@code return linux("6.18");} with a static
   * import of {@link Release#linux}. Empty: it may be tried in all.
   */
  default List<Release> releases() {
    return List.of();
  }

  /** References that one pin takes. */
  default int refsPerPin() {
    return 1;
  }

  /** The same of this head of a page: a large one may have a count of its own. */
  default int refsPerPin(Mm mm, long head) {
    return refsPerPin();
  }

  /**
   * How many pins of one page it can count. One more is refused: by {@link #grabSlow} and
   * {@link #grabFast}, or by {@link #pin}. Unless something else is said, {@code _refcount} is the
   * limit.
   */
  default int pinsMax() {
    return Integer.MAX_VALUE;
  }

  // ---- get_user_pages; who refuses the page has left nothing of his own

  /** Slow path, under the page table lock: takes what a pin needs; false refuses the page. */
  default boolean grabSlow(Mm mm, Cpu cpu, long page) {
    return grabSlow(mm, page);
  }

  /** The same, for a design that does not ask which CPU it is on. */
  default boolean grabSlow(Mm mm, long page) {
    if (mm.kernel().has(Switch.REF_OVERFLOW_CHECK)
        && !mm.memory().isPositive32(page + PageLayout.REFCOUNT)) {
      return false;
    }
    mm.page().get(page, Ref.GUP);
    return true;
  }

  /** Fast path, interrupts off: page_cache_get_speculative; false goes to the slow path. */
  default boolean grabFast(Mm mm, Cpu cpu, long page) {
    return grabFast(mm, page);
  }

  /** The same, for a design that does not ask which CPU it is on. */
  default boolean grabFast(Mm mm, long page) {
    if (mm.kernel().has(Switch.REF_OVERFLOW_CHECK)
        && mm.memory().readOnce32(page + PageLayout.REFCOUNT) < 0) {
      return false;
    }
    return mm.page().getUnlessZero(page, Ref.GUP);
  }

  /** Gives back what {@link #grabFast} or {@link #grabSlow} took. */
  default void undoGrab(Mm mm, Cpu cpu, long page) {
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  /**
   * At the end of get_user_pages: the page that the caller gets. 0 makes it undo the grab and fail.
   * Another page than the one that was grabbed must have what a grab takes, and that one must have
   * lost it: for a design that moves a page before it is pinned for long.
   */
  default long pin(Mm mm, Cpu cpu, long page, GupFlags flags) {
    return pin(mm, cpu, page) ? page : 0;
  }

  /** The same, for a design that pins the page as it is; false makes get_user_pages fail. */
  default boolean pin(Mm mm, Cpu cpu, long page) {
    return true;
  }

  /** put_user_page, unpin_user_page: gives back everything that a pin took. */
  void unpin(Mm mm, Cpu cpu, long page);

  /** Whether a pin is given back with put_page, so that no caller can be left unconverted. */
  default boolean unpinsWithPutPage() {
    return false;
  }

  // ---- the query

  /** Whether there is a query at all: without one nothing tells a pin from a reference. */
  default boolean hasQuery() {
    return true;
  }

  /**
   * Whether the query may say "pinned" of a page that is not, even of a free one: a count that
   * pages share, or one that is taken before the reference is. Such a design is judged by its false
   * negatives alone.
   */
  default boolean mayOvercount() {
    return false;
  }

  /** page_maybe_dma_pinned, or what stands for it. */
  boolean isPinned(Mm mm, long page);

  /** How many pins the design's bytes account for. */
  int pinCount(Mm mm, long page);

  /**
   * Of a pinned page that is on no list: whether its last unpin will put it back, so that reclaim
   * can find it again.
   */
  default boolean restoresToLru(Mm mm, long page) {
    return true;
  }

  /**
   * Whether the design itself holds the page, off the LRU and without pins, by an isolation of its
   * own: {@link #work} or a drain will put it back. Such a page is not stranded.
   */
  default boolean holds(Mm mm, long page) {
    return false;
  }

  // ---- what it does later

  /** Whether it has a work item, which a kworker runs sooner or later. */
  default boolean hasWork() {
    return false;
  }

  /** The work item: process context, interrupts on, no locks held. */
  default void work(Mm mm, Cpu cpu) {}

  // ---- changes to existing code

  /** At the end of prep_new_page, refcount 1: nobody but the new owner has the page. */
  default void afterAlloc(Mm mm, Cpu cpu, long page) {}

  /**
   * At the end of migrate_page_states, both pages locked: what the design keeps of a page must move
   * with it. Nobody has pinned it.
   */
  default void afterCopy(Mm mm, Cpu cpu, long from, long to) {}

  /**
   * In __split_huge_page_tail under lru_lock, the head frozen: what the design keeps of the tail
   * must be right before others can get it.
   */
  default void beforeSplit(Mm mm, Cpu cpu, long head, long tail) {}

  /**
   * At the end of lru_add_drain_cpu: what the design has put off for a CPU can be done.
   *
   * @param of the CPU whose pagevecs were drained, mostly the one that runs
   */
  default void afterDrain(Mm mm, Cpu cpu, Cpu of) {}

  /** In __pagevec_lru_add_fn under lru_lock: true leaves the page off the LRU. */
  default boolean skipLruAdd(Mm mm, long page) {
    return false;
  }

  /**
   * In lock_page_lru, unlock_page_lru and lru_add_page_tail under lru_lock, before the page is
   * taken off its list or put on one.
   */
  default void beforeRelink(Mm mm, long page, String function) {}

  /** In get_page, after the reference was taken. */
  default void afterGet(Mm mm, long head) {}

  /** In put_page, before the reference is dropped. */
  default void beforePut(Mm mm, long head) {}

  /** At the start of try_to_unmap: false leaves the page mapped. */
  default boolean mayUnmap(Mm mm, long page) {
    return true;
  }

  /** At the start of page_mkclean: false skips the page; {@code sync} callers would rather wait. */
  default boolean beginMkclean(Mm mm, long page, boolean sync) {
    return true;
  }

  /** At the end of page_mkclean, if it began. */
  default void endMkclean(Mm mm) {}

  /** In the free path, refcount 0. */
  default void beforeFree(Mm mm, Cpu cpu, long page) {
    beforeFree(mm, page);
  }

  /** The same, for a design that does not ask which CPU it is on. */
  default void beforeFree(Mm mm, long page) {}
}
