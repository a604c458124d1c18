// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.design.LoggedMachine;
import org.gupstress.design.Mm;
import org.gupstress.page.Ref;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Per-CPU lists in front of a buddy list, with watermarks: batches of two, low at 2, min at 1. */
class PageAllocatorTest {
  private static final Zone ZONE = new Zone(2, 4, 1, 2, 3);

  private final LoggedMachine machine = machine();

  private static LoggedMachine machine() {
    return LoggedMachine.of(
        "get-page",
        new Mm.Shape(
            2,
            8,
            2,
            false,
            true,
            ZONE,
            new Mm.Space(List.of(Vma.shared(0, 8, 0, 0)), 8, 1, 8, false, 1)));
  }

  private final PageAllocator allocator = machine.mm.lru().allocator();

  @BeforeEach
  void everyPageIsOnTheBuddyList() {
    for (int p = 0; p < 8; p++) {
      machine.mm.lru().bootFree(machine.page(p));
    }
    machine.forget();
  }

  private long alloc(int cpu) {
    return allocator.alloc(machine.cpu(cpu));
  }

  private boolean kswapdIsWanted() {
    return machine.memory.word(machine.mm.kswapdWord()) != 0;
  }

  @Test
  void anEmptyPerCpuListIsFilledWithABatchUnderTheZoneLock() {
    assertThat(alloc(0)).isNotZero();
    assertThat(machine.accesses())
        .containsSubsequence("spin_lock zone_lock", "NR_FREE_PAGES -= 2", "spin_unlock zone_lock");
    assertThat(allocator.nrFree()).isEqualTo(6);
    assertThat(allocator.nrOnPcp(0)).isEqualTo(1);
    machine.forget();
    alloc(0);
    assertThat(machine.accesses()).noneMatch(access -> access.contains("zone_lock"));
  }

  @Test
  void aFullPerCpuListGivesABatchBack() {
    long[] pages = {alloc(0), alloc(0), alloc(0)};
    assertThat(allocator.nrFree()).isEqualTo(4);
    for (long page : pages) {
      machine.mm.lru().release().put(machine.cpu(1), page, Ref.ALLOC);
    }
    assertThat(allocator.nrOnPcp(1)).isEqualTo(3);
    assertThat(allocator.nrFree()).isEqualTo(4);
    machine.mm.lru().release().put(machine.cpu(1), alloc(0), Ref.ALLOC);
    assertThat(allocator.nrOnPcp(1)).as("four less a batch").isEqualTo(2);
    assertThat(allocator.nrFree()).isEqualTo(6);
  }

  @Test
  void theLowWatermarkWakesKswapdAndTheAllocationGoesOn() {
    for (int i = 0; i < 5; i++) {
      assertThat(alloc(0)).isNotZero();
    }
    assertThat(allocator.nrFree()).isEqualTo(2);
    assertThat(kswapdIsWanted()).isFalse();
    assertThat(alloc(0)).isNotZero();
    assertThat(kswapdIsWanted()).isTrue();
  }

  /** The watermark counts the buddy list: what is left on a per-CPU list does not help. */
  @Test
  void belowTheMinimumNothingIsLeftToAllocate() {
    for (int i = 0; i < 7; i++) {
      assertThat(alloc(0)).isNotZero();
    }
    assertThat(allocator.nrOnPcp(0)).isEqualTo(1);
    assertThat(alloc(0)).isZero();
  }

  @Test
  void belowTheMinimumTheAllocationReclaimsItself() {
    LoggedMachine full = machine();
    for (int p = 0; p < 8; p++) {
      full.bootCached(p);
    }
    assertThat(full.mm.lru().allocator().alloc(full.cpu(0))).isNotZero();
    assertThat(full.size(LruList.INACTIVE_FILE)).isLessThan(8);
  }

  @Test
  void aZoneIsSizedAsLinuxDoes() {
    Zone zone = Zone.of(1 << 18);
    assertThat(zone.min()).isEqualTo(1024);
    assertThat(zone.low()).isEqualTo(1280);
    assertThat(zone.high()).isEqualTo(1536);
    assertThat(zone.batch()).isEqualTo(31);
    assertThat(zone.pcpHigh()).isEqualTo(186);
  }
}
