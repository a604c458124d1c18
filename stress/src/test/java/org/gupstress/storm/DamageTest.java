// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Note;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do for whom an operation has died in the middle. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamageTest {
  private Detector detector;
  private CpuMemory dead;
  private CpuMemory waiting;
  private Mm mm;
  private long page;

  @BeforeEach
  void boot() {
    StormMachine machine = new StormMachine(new StormPlan(
        Storms.design("get-page"),
        new StormSetup(
            WorkloadMix.USUAL,
            2,
            4096,
            Duration.ofSeconds(1),
            1,
            Kernel.PRODUCTION,
            Perturbation.NONE,
            false)));
    machine.boot();
    mm = machine.through(machine.bytes());
    Panic panic = new Panic(machine.bytes(), List::of);
    detector = new Detector(
        mm, new AddressMap(mm, machine.size()), new HarmLog(finding -> {}, null, panic), panic, 1);
    dead = memory(machine, 0);
    waiting = memory(machine, 1);
    page = mm.page().address(7);
  }

  private CpuMemory memory(StormMachine machine, int cpu) {
    return new CpuMemory(
        machine.bytes(),
        cpu,
        detector,
        new LatencyRecorder(machine.cpus()),
        null,
        new Perturber(Perturbation.NONE, cpu),
        Set.of());
  }

  private void waitOnPageWriteback() {
    waiting.waitUntil64(page + PageLayout.FLAGS, PageFlag.WRITEBACK.mask(), 0);
  }

  @Test
  void nobodyWaitsForABitThatADeadOperationWasToClear() {
    mm.page().set(page, PageFlag.WRITEBACK);
    detector.died(dead, new KernelBug("an oops"));
    assertThatThrownBy(this::waitOnPageWriteback).isInstanceOf(KernelBug.class);
  }

  @Test
  void nobodySleepsForPagesThatADeadOperationHasIsolated() {
    detector.died(dead, new KernelBug("an oops"));
    assertThatThrownBy(() -> waiting.note(Note.THROTTLED, 0)).isInstanceOf(KernelBug.class);
  }

  /** The control: without damage they do wait. */
  @Test
  void whatIsClearOrWillBeIsWaitedFor() throws InterruptedException {
    waitOnPageWriteback();
    waiting.note(Note.THROTTLED, 0);
    mm.page().set(page, PageFlag.WRITEBACK);
    Thread clears = new Thread(() -> mm.page().clear(page, PageFlag.WRITEBACK));
    clears.start();
    waitOnPageWriteback();
    clears.join();
    assertThat(mm.page().test(page, PageFlag.WRITEBACK)).isFalse();
  }

  @Test
  void aPageThatIsFreedIsNoLongerLockedByWhoeverFreesIt() {
    long flags = page + PageLayout.FLAGS;
    assertThat(waiting.tryLockBits64(flags, PageFlag.LOCKED.mask())).isTrue();
    assertThat(waiting.locks().held()).containsExactly(flags);
    mm.page().clearNonatomic(page, PageFlag.LOCKED);
    waiting.note(Note.FREED, page);
    assertThat(waiting.locks().held()).isEmpty();
  }

  /**
   * One that gets many pages where nothing can be reclaimed goes over all lists again and again.
   */
  @Test
  void anOperationMayReclaimAsOftenAsItLikesAndAPassHasAnEnd() {
    long most = detector.listOperationsMax();
    waiting.begin(StormOperation.RDMA_PIN);
    for (int pass = 0; pass < 3; pass++) {
      waiting.note(Note.SCAN_PRIORITY, 0, 12);
      walk(most - 1);
    }
    assertThatThrownBy(() -> walk(2)).isInstanceOf(KernelBug.class);
  }

  private void walk(long entries) {
    for (long i = 0; i < entries; i++) {
      waiting.note(Note.LIST_DEL, page + PageLayout.LRU, 0, 0);
    }
  }

  @Test
  void pagesUnderWritebackThatNoDeviceKnowsOfAreMended() {
    mm.page().set(page, PageFlag.WRITEBACK);
    new Inspection(mm, detector, each -> {}).repair(new BitSet());
    assertThat(mm.page().test(page, PageFlag.WRITEBACK)).isFalse();
  }
}
