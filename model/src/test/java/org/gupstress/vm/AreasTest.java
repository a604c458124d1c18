// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which area a pte is in, and at which ptes a block is mapped. */
class AreasTest {
  private static final Vma ANONYMOUS = Vma.anonymous(0, 3);
  private static final Vma FIRST = Vma.shared(3, 4, 0, 2);
  private static final Vma SECOND = Vma.privateFile(7, 2, 0, 4);
  private static final Vma OTHER = Vma.shared(9, 1, 1, 0);

  private final Areas areas = new Areas(List.of(ANONYMOUS, FIRST, SECOND, OTHER), 2);

  @Test
  void everyPteIsFoundInItsArea() {
    assertThat(List.of(0, 2, 3, 6, 7, 8, 9).stream().map(areas::find))
        .containsExactly(ANONYMOUS, ANONYMOUS, FIRST, FIRST, SECOND, SECOND, OTHER);
  }

  @Test
  void aBlockIsMappedWhereverAnAreaReachesIt() {
    assertThat(areas.pteOf(0, 2, 0)).isEqualTo(3);
    assertThat(areas.pteOf(0, 2, 1)).isEqualTo(-1);
    assertThat(areas.pteOf(0, 4, 0)).isEqualTo(5);
    assertThat(areas.pteOf(0, 4, 1)).isEqualTo(7);
    assertThat(areas.pteOf(0, 4, 2)).isEqualTo(-1);
    assertThat(areas.pteOf(0, 1, 0)).isEqualTo(-1);
    assertThat(areas.pteOf(1, 0, 0)).isEqualTo(9);
  }
}
