// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.sharedFile;
import static org.gupstress.claim.Found.text;

import org.gupstress.fs.AddressSpace;
import org.gupstress.memory.SpinLock;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** Ptes and slots of files change under their lock, and are read without. */
class EntriesTest {
  private static final long TAG = 1L << 1;

  private static Spec store(String name, boolean locks, boolean isPte) {
    Operation store = op(name, (mm, cpu) -> {
      AddressSpace file = mm.addressSpace();
      SpinLock lock = isPte ? mm.pageTable().ptl(0) : file.pagesLock();
      long entry = isPte ? mm.pageTable().address(0) : file.slotAddress(0);
      if (locks) {
        lock.lock();
      }
      mm.memory().write64(entry, mm.memory().read64(entry));
      if (locks) {
        lock.unlock();
      }
    });
    return alone(store).space(sharedFile()).boot(mm -> Boot.mapped(mm, 0));
  }

  @Test
  void aPteIsWrittenWithoutThePageTableLock() {
    assertThat(Found.in(store("set_pte", false, true))).containsExactly(Harm.ENTRY_UNLOCKED);
    assertThat(text(store("set_pte", false, true), Harm.ENTRY_UNLOCKED))
        .contains("cpu0 in set_pte")
        .contains("pte0")
        .endsWith("without ptl");
    assertThat(Found.in(store("set_pte", true, true))).isEmpty();
  }

  @Test
  void aSlotIsWrittenWithoutTheLockOfItsFile() {
    assertThat(Found.in(store("tag", false, false))).containsExactly(Harm.ENTRY_UNLOCKED);
    assertThat(text(store("tag", false, false), Harm.ENTRY_UNLOCKED)).endsWith("without i_pages");
    assertThat(Found.in(store("tag", true, false))).isEmpty();
  }

  @Test
  void theLockOfAnotherIsNotEnough() {
    Operation store = op("set_pte", (mm, cpu) -> {
      mm.addressSpace().pagesLock().lock();
      mm.memory().setBits64(mm.pageTable().address(0), TAG);
      mm.addressSpace().pagesLock().unlock();
    });
    assertThat(Found.in(alone(store).space(sharedFile()))).contains(Harm.ENTRY_UNLOCKED);
  }

  @Test
  void whoeverReadsNeedsNoLock() {
    Operation look = op("look", (mm, cpu) -> {
      mm.pageTable().readPte(0);
      mm.addressSpace().pageAt(0);
    });
    assertThat(Found.in(alone(look))).isEmpty();
  }
}
