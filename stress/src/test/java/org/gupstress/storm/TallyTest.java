// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Amounts add up, and nothing is the same as zero. */
class TallyTest {

  @Test
  void zeroesAreNotKept() {
    Tally<Fate> tally = Tally.of(Fate.class, fate -> fate == Fate.UNMOUNT ? 3 : 0);
    assertThat(tally.get(Fate.UNMOUNT)).isEqualTo(3);
    assertThat(tally.get(Fate.NEVER)).isZero();
    assertThat(tally.amounts()).hasSize(1);
    assertThat(Tally.of(Fate.class, fate -> 2).sum()).isEqualTo(2L * Fate.values().length);
  }

  @Test
  void strandedLeakedPinnedAndUnevictablePagesCannotBeReclaimed() {
    assertThat(Place.reclaimableShare(Storms.pages(0, 0))).isEqualTo(1);
    assertThat(Place.reclaimableShare(Storms.pages(16_384, 1000))).isEqualTo(0.75);
    int places = Place.values().length;
    assertThat(Place.reclaimableShare(Tally.of(Place.class, place -> 1)))
        .isEqualTo(1 - 4.0 / places);
  }
}
