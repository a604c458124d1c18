// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.List;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

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

  /** Names of the locks that it has for each node; see {@link Mm#ownLock}. */
  default List<String> locks() {
    return List.of();
  }

  /** Words of 64 bits that it keeps for each CPU; see {@link Mm#ownWord}. */
  default int wordsPerCpu() {
    return 0;
  }

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

  /** References that one pin takes. */
  default int refsPerPin() {
    return 1;
  }

  /**
   * How many pins of one page it can count. One more is refused: by {@link #grabSlow} and
   * {@link #grabFast}, or by {@link #pin}. Unless something else is said, {@code _refcount} is the
   * limit.
   */
  default int pinsMax() {
    return Integer.MAX_VALUE;
  }

  // ---- get_user_pages

  /** Slow path, under the page table lock. */
  default boolean grabSlow(Mm mm, long page) {
    mm.page().get(page, Ref.GUP);
    return true;
  }

  /** Fast path, interrupts off: page_cache_get_speculative. */
  default boolean grabFast(Mm mm, long page) {
    return mm.page().getUnlessZero(page, Ref.GUP);
  }

  /** Gives back what {@link #grabFast} or {@link #grabSlow} took. */
  default void undoGrab(Mm mm, Cpu cpu, long page) {
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  /** At the end of get_user_pages; false makes it drop its reference and fail. */
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

  // ---- changes to existing code

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
  default void beforeFree(Mm mm, long page) {}
}
