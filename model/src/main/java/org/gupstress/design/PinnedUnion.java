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
public final class PinnedUnion {
  private final Memory memory;

  public PinnedUnion(Mm mm) {
    this.memory = mm.memory();
  }

  /** The names of the postings for the two words, for traces. */
  public static void name(FieldNames fields) {
    fields
        .inPage(PageLayout.DMA_PINNED_FLAGS, "dma_pinned_flags")
        .inPage(PageLayout.DMA_PINNED_COUNT, "dma_pinned_count");
  }

  private Memory pinView() {
    return memory.through(View.PIN);
  }

  @Accessor
  public boolean testFlags(long page, long mask) {
    return pinView().readBits64(page + PageLayout.DMA_PINNED_FLAGS, mask) != 0;
  }

  @Accessor
  public long flags(long page, long mask) {
    return pinView().readBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  public void writeFlagsOnce(long page, long value) {
    pinView().writeOnce64(page + PageLayout.DMA_PINNED_FLAGS, value);
  }

  @Accessor
  public void setFlags(long page, long mask) {
    pinView().setBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  @Accessor
  public void clearFlags(long page, long mask) {
    pinView().clearBits64(page + PageLayout.DMA_PINNED_FLAGS, mask);
  }

  /** Lets others run until the flags are clear. */
  public void waitUntilClear(long page, long mask) {
    pinView().waitUntil64(page + PageLayout.DMA_PINNED_FLAGS, mask, 0);
  }

  public int readCount(long page) {
    return pinView().readOnce32(page + PageLayout.DMA_PINNED_COUNT);
  }

  public boolean countIsZero(long page) {
    return pinView().is32(page + PageLayout.DMA_PINNED_COUNT, 0);
  }

  @Accessor
  public void setCount(long page, int pins) {
    pinView().writeOnce32(page + PageLayout.DMA_PINNED_COUNT, pins);
  }

  public void incCount(long page) {
    pinView().add32(page + PageLayout.DMA_PINNED_COUNT, 1);
  }

  /** atomic_dec_and_test. */
  public boolean decAndTest(long page) {
    return pinView().subAndTest32(page + PageLayout.DMA_PINNED_COUNT, 1);
  }

  /** atomic_add_unless(count, -1, 1). */
  public boolean decUnlessOne(long page) {
    return pinView().addUnless32(page + PageLayout.DMA_PINNED_COUNT, -1, 1);
  }
}
