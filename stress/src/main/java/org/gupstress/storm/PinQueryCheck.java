// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;

/** Pins as their holder sees them: while it holds one, the design's query must say so. */
final class PinQueryCheck {
  private final Mm mm;
  private final Detector detector;
  private final CpuMemory memory;

  PinQueryCheck(Mm mm, Detector detector, CpuMemory memory) {
    this.mm = mm;
    this.detector = detector;
    this.memory = memory;
  }

  /** get_user_pages has just returned the page. */
  void pinned(long page) {
    boolean isPinned = !mm.design().hasQuery() || mm.design().isPinned(mm, page);
    if (!isPinned) {
      detector.notPinned(Harm.PIN_UNCOUNTED, memory, page);
    }
    StormEvents.pin(memory.cpu(), detector.addresses().number(page), isPinned);
  }

  /** put_user_pages_dirty_lock of one page (KERNEL.md 13.8). */
  void unpinDirtyLock(Cpu cpu, long page) {
    if (!mm.page().test(page, PageFlag.DIRTY)) {
      mm.pageCache().setPageDirtyLock(cpu, page);
    }
    unpin(cpu, page);
  }

  /** put_user_page. */
  void unpin(Cpu cpu, long page) {
    if (mm.design().hasQuery() && !mm.design().isPinned(mm, page)) {
      detector.notPinned(Harm.PIN_INVISIBLE, memory, page);
    }
    memory.note(Note.PIN_RELEASE, page);
    mm.unpin(cpu, page);
    StormEvents.unpin(memory.cpu(), detector.addresses().number(page));
  }
}
