// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.List;

/** A member of a union: whoever reads bytes through one view must find what that view wrote. */
public enum View {
  /** Not a union member: an ordinary field. */
  FIELD('F'),
  /** {@code struct list_head lru}: LRU lists, private lists, free lists. */
  LIST('L'),
  /** {@code compound_head}: bit 0 of the first word marks a tail page. */
  COMPOUND('C'),
  /** {@code dma_pinned_flags} and {@code dma_pinned_count} of the 2018 postings. */
  PIN('P'),
  /** {@code pgmap} and {@code hmm_data} of a ZONE_DEVICE page. */
  PGMAP('D'),
  /**
   * An ordinary field, read by somebody who knows that the page may be anybody's by now, and who
   * does not trust what he reads: data_race() of later kernels.
   */
  RACY('R');

  private final char letter;

  View(char letter) {
    this.letter = letter;
  }

  /** The letters of bytes that were written through these. */
  public static String letters(List<View> views) {
    StringBuilder letters = new StringBuilder();
    views.forEach(view -> letters.append(view.letter));
    return letters.toString();
  }

  /** How a trace marks a byte that was written so. */
  public char letter() {
    return letter;
  }
}
