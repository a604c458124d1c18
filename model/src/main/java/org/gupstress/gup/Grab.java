// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Switch;

/**
 * try_grab_folio and gup_put_folio, mm/gup.c: with FOLL_PIN what the design does, with FOLL_GET a
 * reference, of which no design knows.
 */
final class Grab {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final Pinning pinning;

  Grab(Memory memory, Lru lru, Pinning pinning) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.pinning = pinning;
  }

  /** Under the page table lock. */
  boolean slow(Cpu cpu, long head, GupFlags flags) {
    if (flags.get()) {
      boolean refuses = page.kernel().has(Switch.REF_OVERFLOW_CHECK)
          && !memory.isPositive32(head + PageLayout.REFCOUNT);
      if (!refuses) {
        page.getHead(head, Ref.LOOKUP);
      }
      return !refuses;
    }
    memory.note(Note.GRAB, head);
    boolean grabbed = pinning.grabSlow(cpu, head);
    if (!grabbed) {
      memory.note(Note.REFUSED, head);
    }
    return grabbed;
  }

  /** Interrupts off, no lock. */
  boolean fast(Cpu cpu, long head, GupFlags flags) {
    if (flags.get()) {
      boolean refuses = page.kernel().has(Switch.REF_OVERFLOW_CHECK)
          && memory.readOnce32(head + PageLayout.REFCOUNT) < 0;
      return !refuses && page.getUnlessZero(head, Ref.LOOKUP);
    }
    memory.note(Note.GRAB, head);
    boolean grabbed = pinning.grabFast(cpu, head);
    if (!grabbed) {
      memory.note(Note.REFUSED, head);
    }
    return grabbed;
  }

  /** gup_put_folio of what was grabbed for nothing. */
  void undo(Cpu cpu, long head, GupFlags flags) {
    if (flags.get()) {
      lru.release().put(cpu, head, Ref.LOOKUP);
      return;
    }
    pinning.undoGrab(cpu, head);
    memory.note(Note.REFUSED, head);
  }

  /** Whether the call has FOLL_PIN: callers who pin with a plain reference have not. */
  boolean isPin(GupFlags flags) {
    return !flags.get() && pinning.pins();
  }

  /** gup_must_unshare: a pin that reads wants an anonymous page that is exclusive. */
  boolean mustUnshare(long p, long head, GupFlags flags) {
    if (flags.write() || !isPin(flags) || !page.kernel().has(Switch.ANON_EXCLUSIVE)) {
      return false;
    }
    long anon = memory.readBits64(head + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    if (anon == 0) {
      return false;
    }
    // ordering: whoever made the page shared has written its pte later
    memory.rmb();
    return !page.test(p, PageFlag.ANON_EXCLUSIVE);
  }
}
