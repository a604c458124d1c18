// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.List;
import org.gupstress.claim.Finding;
import org.gupstress.claim.PageFields;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One interleaving, step by step.
 *
 * @param names where what lies in the machine's memory
 * @param initial the pages before the first step
 * @param steps in order
 * @param others interleavings from the same start without which its findings could not be made
 */
public record Trace(Arena names, List<PageFields> initial, List<Step> steps, List<Trace> others) {

  /**
   * One step.
   *
   * @param cpu the CPU that made it
   * @param inInterrupt whether its interrupt handler did
   * @param operation the operation it belongs to
   * @param callers the functions that led to the access, outermost first
   * @param access the access to shared memory, or null if it made none
   * @param pages the pages that changed, as they are after it
   * @param around locks that are held and pagevecs that are in use after it
   * @param findings what is wrong from here on
   */
  public record Step(
      int cpu,
      boolean inInterrupt,
      String operation,
      List<Caller> callers,
      @Nullable Accessed access,
      List<PageFields> pages,
      Surroundings around,
      List<Finding> findings) {

    /** What was accessed, in words; empty if nothing was. */
    public String text(Arena names) {
      return access == null ? "" : access.text(names);
    }
  }

  /** The findings of the last step. */
  public List<Finding> conclusion() {
    return steps.isEmpty() ? List.of() : steps.get(steps.size() - 1).findings();
  }
}
