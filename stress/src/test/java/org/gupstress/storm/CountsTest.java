// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Amounts add up, and nothing is the same as zero. */
class CountsTest {

  @Test
  void zeroesAreNotKept() {
    Counts<Fate> tally = Counts.of(Fate.class, fate -> fate == Fate.UNMOUNT ? 3 : 0);
    assertThat(tally.get(Fate.UNMOUNT)).isEqualTo(3);
    assertThat(tally.get(Fate.NEVER)).isZero();
    assertThat(tally.amounts()).hasSize(1);
    assertThat(Counts.of(Fate.class, fate -> 2).sum()).isEqualTo(2L * Fate.values().length);
  }

  @Test
  void strandedLeakedPinnedAndUnevictablePagesCannotBeReclaimed() {
    assertThat(PagePlace.reclaimableShare(Storms.pages(0, 0))).isEqualTo(1);
    assertThat(PagePlace.reclaimableShare(Storms.pages(16_384, 1000))).isEqualTo(0.75);
    int places = PagePlace.values().length;
    assertThat(PagePlace.reclaimableShare(Counts.of(PagePlace.class, place -> 1)))
        .isEqualTo(1 - 4.0 / places);
  }
}
