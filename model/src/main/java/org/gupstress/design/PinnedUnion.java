// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Accessor;
import org.gupstress.memory.Memory;
import org.gupstress.memory.View;
import org.gupstress.page.PageLayout;

/**
 * {@code dma_pinned_flags} and {@code dma_pinned_count} of the 2018 postings: the same bytes as
 * {@code lru.next} and the low half of {@code lru.prev}.
 */
final class PinnedUnion {
  private final Memory memory;

  PinnedUnion(Mm mm) {
    this.memory = mm.memory();
  }

  private Memory pinView() {
    return memory.through(View.PIN);
  }

  @Accessor
  boolean testFlags(long page, long mask) {
    return pinView().readBits64(page + PageLayout.DMA_PINNED_FLAGS, mask) != 0;
  }

  @Accessor
  long flags(long page, long mask) {
    return pinView().readBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  void writeFlagsOnce(long page, long value) {
    pinView().writeOnce64(page + PageLayout.DMA_PINNED_FLAGS, value);
  }

  @Accessor
  void setFlags(long page, long mask) {
    pinView().setBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  @Accessor
  void clearFlags(long page, long mask) {
    pinView().clearBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  /** Lets others run until the flags are clear. */
  void waitUntilClear(long page, long mask) {
    pinView().waitUntil64(page + PageLayout.DMA_PINNED_FLAGS, mask, 0);
  }

  int readCount(long page) {
    return pinView().readOnce32(page + PageLayout.DMA_PINNED_COUNT);
  }

  boolean countIsZero(long page) {
    return pinView().is32(page + PageLayout.DMA_PINNED_COUNT, 0);
  }

  @Accessor
  void setCount(long page, int pins) {
    pinView().writeOnce32(page + PageLayout.DMA_PINNED_COUNT, pins);
  }

  void incCount(long page) {
    pinView().add32(page + PageLayout.DMA_PINNED_COUNT, 1);
  }

  /** atomic_dec_and_test. */
  boolean decAndTest(long page) {
    return pinView().subAndTest32(page + PageLayout.DMA_PINNED_COUNT, 1);
  }

  /** atomic_add_unless(count, -1, 1). */
  boolean decUnlessOne(long page) {
    return pinView().addUnless32(page + PageLayout.DMA_PINNED_COUNT, -1, 1);
  }
}
