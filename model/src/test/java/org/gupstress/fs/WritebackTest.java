// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gupstress.design.LoggedMachine;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.scenario.Boot;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;

/** One block on its way to the disk. */
class WritebackTest {
  private final LoggedMachine machine = LoggedMachine.withFile("get-page", 3, 3, true);
  private final Writeback writeback = machine.mm.writeback();

  private boolean write(int block) {
    return writeback.writePage(machine.cpu(0), 0, block, false);
  }

  @Test
  void thePtesAreCleanedBeforeThePageAndTheWritebackBitIsSetUnderTheLockOfTheCache() {
    Boot.written(machine.mm, 0);
    machine.forget();
    assertThat(write(0)).isTrue();
    assertThat(machine.accesses())
        .containsSubsequence(
            "test 0x5 in slot0",
            "wait for PG_locked in page0.flags",
            "test PG_dirty in page0.flags",
            "spin_lock ptl",
            "pte0 := " + (machine.page(0) | PageTable.PRESENT),
            "spin_unlock ptl",
            "test_and_clear PG_dirty in page0.flags",
            "spin_lock i_pages",
            "test_and_set PG_writeback in page0.flags",
            "set 0x2 in slot0",
            "clear 0x1 in slot0",
            "spin_unlock i_pages",
            "spin_lock queue_lock",
            "clear PG_locked in page0.flags");
    assertThat(writeback.queue().length()).isEqualTo(1);
    assertThat(machine.disk(0)).isZero();
  }

  @Test
  void theDeviceWritesWhatThePageHoldsWhenItComesToIt() {
    Boot.written(machine.mm, 0);
    write(0);
    machine.mm.dma(machine.page(0));
    assertThat(writeback.complete(machine.cpu(1))).isTrue();
    assertThat(machine.disk(0)).isEqualTo(2).isEqualTo(machine.content(0));
    assertThat(machine.has(0, PageFlag.WRITEBACK)).isFalse();
    assertThat(writeback.complete(machine.cpu(1))).isFalse();
  }

  @Test
  void aCleanPageIsNotWritten() {
    machine.bootCached(0);
    assertThat(write(0)).isFalse();
    assertThat(writeback.queue().length()).isZero();
  }

  @Test
  void theFlusherLeavesAPageThatIsBeingWritten() {
    Boot.written(machine.mm, 0);
    write(0);
    machine.mm.pageCache().setPageDirtyLock(machine.cpu(0), machine.page(0));
    assertThat(write(0)).isFalse();
    assertThat(machine.has(0, PageFlag.DIRTY)).isTrue();
    assertThat(machine.has(0, PageFlag.LOCKED)).isFalse();
    writeback.complete(machine.cpu(0));
    assertThat(write(0)).isTrue();
  }

  @Test
  void aPageThatTheQueueDoesNotTakeIsDirtyAgain() {
    for (int p = 0; p < 3; p++) {
      Boot.written(machine.mm, p);
    }
    assertThat(write(0)).isTrue();
    assertThat(write(1)).isTrue();
    assertThat(write(2)).isFalse();
    assertThat(machine.has(2, PageFlag.DIRTY)).isTrue();
    assertThat(machine.has(2, PageFlag.WRITEBACK)).isFalse();
    assertThat(machine.has(2, PageFlag.LOCKED)).isFalse();
    assertThat(machine.mm.addressSpace().hasTag(2, AddressSpace.DIRTY)).isTrue();
  }

  @Test
  void aDirtyPageWithoutItsBuffersIsReported() {
    Boot.written(machine.mm, 0);
    machine.forget();
    write(0);
    assertThat(machine.notes()).doesNotContain(Note.NO_BUFFERS);
    writeback.complete(machine.cpu(0));
    machine.mm.pageCache().dropBuffers(machine.cpu(0), machine.page(0));
    machine.mm.pageCache().setPageDirtyLock(machine.cpu(0), machine.page(0));
    write(0);
    assertThat(machine.notes()).contains(Note.NO_BUFFERS);
  }

  /** the last look is at a page that nothing keeps any more. */
  @Test
  void theEndOfWritebackLooksForWaitersWhenNothingKeepsThePage() {
    Boot.written(machine.mm, 0);
    write(0);
    machine.forget();
    writeback.complete(machine.cpu(1));
    assertThat(machine.accesses())
        .endsWith(
            "spin_lock i_pages",
            "test_and_clear PG_writeback in page0.flags",
            "read page0.index",
            "clear 0x2 in slot0",
            "spin_unlock i_pages",
            "test PG_waiters in page0.flags");
  }

  @Test
  void whoeverWaitsIsWokenWithAStoreToTheFlags() {
    Boot.written(machine.mm, 0);
    write(0);
    machine.set(0, PageFlag.WAITERS);
    machine.forget();
    writeback.complete(machine.cpu(1));
    assertThat(machine.accesses())
        .endsWith("test PG_waiters in page0.flags", "clear PG_waiters in page0.flags");
    writeback.waitOnPageWriteback(machine.page(0));
    assertThat(machine.has(0, PageFlag.WAITERS))
        .as("there was nothing to wait for")
        .isFalse();
  }

  @Test
  void theEndOfAWritebackThatWasNoneIsABug() {
    Boot.written(machine.mm, 0);
    write(0);
    machine.mm.page().clear(machine.page(0), PageFlag.WRITEBACK);
    assertThatThrownBy(() -> writeback.complete(machine.cpu(1)))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("end_page_writeback");
  }

  /** PG_reclaim: the page goes to the tail, where reclaim finds it first. */
  @Test
  void aPageThatReclaimWaitsForIsRotatedWhenItIsWritten() {
    Boot.written(machine.mm, 0);
    machine.bootCached(1);
    write(0);
    machine.set(0, PageFlag.RECLAIM);
    machine.forget();
    writeback.complete(machine.cpu(0));
    assertThat(machine.accesses())
        .containsSubsequence(
            "clear PG_reclaim in page0.flags", "test_and_clear PG_writeback in page0.flags");
    assertThat(machine.mm.lru().pagevecs().contains(0, Pagevecs.Kind.ROTATE, machine.page(0)))
        .isTrue();
  }
}
