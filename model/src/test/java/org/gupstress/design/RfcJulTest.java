// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.fsync;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;
import static org.gupstress.scenario.Programs.writeback;

import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.Test;

/** July 2018: who counts, and who asks before it unmaps or cleans. */
class RfcJulTest {
  private final LoggedMachine machine = LoggedMachine.withFile("rfc-jul", 1, 1, false);

  private void bootPinned() {
    machine.bootCached(0);
    machine.mm.pageTable().bootMap(0, machine.page(0), PageTable.WRITE | PageTable.DIRTY);
    machine.mm.gup().getUserPagesFast(machine.cpu(0), 0, 0);
    machine.forget();
  }

  private int pins() {
    return machine.mm.design().pinCount(machine.mm, machine.page(0));
  }

  @Test
  void getPageCountsUnderTheLockWhatIsPinned() {
    bootPinned();
    machine.mm.page().get(machine.page(0), Ref.LOOKUP);
    assertThat(machine.accesses())
        .containsExactly(
            "test 0x1 in page0.lru.next",
            "page0._refcount += 1",
            "test 0x2 in page0.lru.next",
            "spin_lock gup_lock",
            "test 0x2 in page0.lru.next",
            "page0.lru.prev += 1",
            "spin_unlock gup_lock");
    assertThat(pins()).isEqualTo(2);
  }

  @Test
  void getPageOfAnotherPageCostsOneLook() {
    machine.bootCached(0);
    machine.forget();
    machine.mm.page().get(machine.page(0), Ref.LOOKUP);
    assertThat(machine.accesses()).hasSize(3).last().isEqualTo("test 0x2 in page0.lru.next");
  }

  /** Kara: taken before the pin, put after it. */
  @Test
  void aStrayPutReleasesThePin() {
    machine.bootCached(0);
    machine.mm.page().get(machine.page(0), Ref.LOOKUP);
    machine.mm.gup().pinPage(machine.cpu(0), machine.page(0), 0);
    assertThat(pins()).isEqualTo(1);
    machine.mm.lru().release().put(machine.cpu(1), machine.page(0), Ref.LOOKUP);
    assertThat(machine.mm.design().isPinned(machine.mm, machine.page(0))).isFalse();
  }

  @Test
  void aSecondPinOfTheSlowPathIsCountedTwice() {
    bootPinned();
    machine.mm.gup().getUserPages(machine.cpu(1), 0, 0);
    assertThat(pins()).isEqualTo(3);
  }

  @Test
  void aPinnedPageIsNeitherUnmappedNorCleaned() {
    bootPinned();
    assertThat(machine.mm.rmap().tryToUnmap(machine.cpu(1), machine.page(0))).isFalse();
    assertThat(machine.mm.rmap().mkclean(machine.cpu(1), machine.page(0), false))
        .isFalse();
    assertThat(machine.mm.pageTable().isDirty(machine.page(0))).isTrue();
    machine.mm.unpin(machine.cpu(0), machine.page(0));
    machine.forget();
    assertThat(machine.mm.rmap().mkclean(machine.cpu(1), machine.page(0), true)).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "spin_lock gup_lock", "spin_lock ptl", "spin_unlock ptl", "spin_unlock gup_lock");
  }

  // ---- explored

  /** A driver that does not dirty the page; the flusher comes when the page is pinned. */
  private static Spec afterThePin(Operation write) {
    return Spec.named("after-the-pin", "a block is written while a device writes to its page")
        .cpus(2, 2, 2, 0, 1)
        .space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, false, 1))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, of) -> role == 0
            ? List.of(gupWrite(0, 0), signal(), dma(0), unpin(0))
            : List.of(waitForSignal(), write, complete()))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  @Test
  void fsyncWaitsForTheUnpinAndLosesNothing() {
    assertThat(explore("rfc-jul", fsync(0)).violations())
        .doesNotContainKeys(Harm.LOST_WRITE, Harm.DEADLOCK, Harm.PIN_RELEASED);
  }

  /** What the pte knows is not lost: it was skipped, and stays dirty. */
  @Test
  void theFlusherSkipsThePteAndLosesNothing() {
    assertThat(explore("rfc-jul", writeback(0)).violations()).doesNotContainKey(Harm.LOST_WRITE);
  }

  /** The control: designs whose flag nobody asks for lose it. */
  @Test
  void octoberLosesWhatTheDeviceWrote() {
    for (String design : List.of("get-page", "rfc-oct", "foll-pin")) {
      assertThat(explore(design, fsync(0)).violations()).containsKey(Harm.LOST_WRITE);
    }
  }

  private static Result explore(String design, Operation write) {
    return Runs.explore(Runs.design(design), afterThePin(write));
  }
}
