// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Cpu;

/** Where a pin design changes existing code. The defaults are 4.19 unchanged. */
public interface PinHooks {
  /** No design: 4.19 as it was. */
  PinHooks NONE = new PinHooks() {};

  /** Whether the word of mem_cgroup is a hole, and the design has something there. */
  default boolean usesHole() {
    return false;
  }

  /** In __pagevec_lru_add_fn, lru_lock held: true leaves the page off the LRU. */
  default boolean skipLruAdd(long page) {
    return false;
  }

  /**
   * In lock_page_lru, unlock_page_lru and lru_add_page_tail, lru_lock held, before the page is
   * taken off its list or put on one.
   */
  default void beforeRelink(long page, String function) {}

  /** In put_page, before the reference is dropped. */
  default void beforePut(long head) {}

  /** In the free path, refcount 0. */
  default void beforeFree(Cpu cpu, long page) {}

  /** At the end of prep_new_page, refcount 1: nobody but the new owner has the page. */
  default void afterAlloc(Cpu cpu, long page) {}

  /** At the end of lru_add_drain_cpu for the CPU of this number. */
  default void afterDrain(Cpu cpu, int owner) {}

  /** At the end of migrate_page_states; both pages are locked. */
  default void afterCopy(Cpu cpu, long from, long to) {}

  /**
   * In __split_huge_page_tail, lru_lock held, the head frozen: the tail will be a page that others
   * can get.
   */
  default void beforeSplit(Cpu cpu, long head, long tail) {}
}
