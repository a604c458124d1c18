// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.List;
import org.gupstress.claim.Finding;

/**
 * One interleaving, step by step, as people read it.
 *
 * @param initial the pages before the first step, a line each
 * @param steps in order
 * @param others interleavings from the same start without which its findings could not be made
 */
public record Trace(List<String> initial, List<Step> steps, List<Trace> others) {

  /**
   * One step.
   *
   * @param cpu the CPU that made it
   * @param inInterrupt whether its interrupt handler did
   * @param operation the operation it belongs to
   * @param where the methods that led to the access, outermost first
   * @param access what was accessed, by name
   * @param pages the pages that changed, a line each
   * @param findings what is wrong from here on
   */
  public record Step(
      int cpu,
      boolean inInterrupt,
      String operation,
      String where,
      String access,
      List<String> pages,
      List<Finding> findings) {}

  /** The findings of the last step. */
  public List<Finding> conclusion() {
    return steps.isEmpty() ? List.of() : steps.get(steps.size() - 1).findings();
  }
}
