// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Op;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * page->private is a union of its own: the buffers of the page while PG_private is set, and
 * nobody's otherwise. A design that keeps something in its own half of it
 * ({@link PageLayout#PRIVATE_PIN}) must have taken it away before the page gets buffers.
 *
 * <p>The kernel's stores of the pointer are no accesses here: whoever sets PG_private makes them.
 */
final class PrivateWord {
  private final ArenaMemory memory;
  private final Arena arena;
  private final Mm mm;
  private final PageState state;
  private final Findings findings;

  PrivateWord(ArenaMemory memory, Arena arena, Mm mm, PageState state, Findings findings) {
    this.memory = memory;
    this.arena = arena;
    this.mm = mm;
    this.state = state;
    this.findings = findings;
  }

  /** An access to a page is about to be made. */
  void before(Access access, int p, int offset) {
    if (offset == PageLayout.FLAGS) {
      if (setsPrivate(access)) {
        attaches(p);
      }
    } else if (reaches(access, offset) && state.hasFlag(p, PageFlag.PRIVATE)) {
      findings.report(
          Harm.PRIVATE_MISREAD,
          () -> access.describe(arena) + " while " + state.name(p)
              + " is PG_private: the word leads to its buffers");
    }
  }

  private static boolean setsPrivate(Access access) {
    return (access.op() == Op.SET_BITS64 || access.op() == Op.TEST_SET64)
        && (access.a() & PageFlag.PRIVATE.mask()) != 0;
  }

  private static boolean reaches(Access access, int offset) {
    return offset <= PageLayout.PRIVATE_PIN
        && offset + access.op().width() > PageLayout.PRIVATE_PIN
        && offset >= PageLayout.PRIVATE;
  }

  private void attaches(int p) {
    int kept = memory.half(mm.page().address(p) + PageLayout.PRIVATE_PIN);
    if (kept != 0 && !state.hasFlag(p, PageFlag.PRIVATE)) {
      findings.report(
          Harm.PIN_OVERWRITTEN,
          () -> state.name(p) + " gets buffers, and what a design keeps in page->private (" + kept
              + ") is overwritten by the pointer to them");
    }
  }
}
