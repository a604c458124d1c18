// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.fs.AddressSpace;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.vm.PageTable;

/**
 * Ptes and slots of files: nobody changes one without its lock. Whoever does may write back what
 * somebody else has changed meanwhile, be it a dirty bit, a tag or the page itself. Reads are free:
 * gup_fast and look-ups live on them.
 */
final class Entries {
  private final Arena arena;
  private final PageTable table;
  private final AddressSpace[] files;
  private final Findings findings;

  Entries(Arena arena, Mm mm, Findings findings) {
    this.arena = arena;
    this.table = mm.pageTable();
    this.files = new AddressSpace[mm.pageCache().files()];
    for (int file = 0; file < files.length; file++) {
      files[file] = mm.pageCache().file(file);
    }
    this.findings = findings;
  }

  /** Something that is no page is about to be written: it may be one of them. */
  void beforeStore(Actor actor, HeldLocks held, Access access) {
    int pte = table.indexOf(access.addr());
    if (pte >= 0) {
      check(actor, held, access, table.ptl(pte).addr());
      return;
    }
    for (AddressSpace file : files) {
      if (file.isSlot(access.addr())) {
        check(actor, held, access, file.pagesLock().addr());
      }
    }
  }

  private void check(Actor actor, HeldLocks held, Access access, long lock) {
    if (!held.holds(lock)) {
      findings.report(
          Harm.ENTRY_UNLOCKED,
          () -> actor + ": " + access.describe(arena) + " without " + arena.name(lock));
    }
  }
}
