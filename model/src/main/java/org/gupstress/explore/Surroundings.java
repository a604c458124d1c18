// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.List;
import java.util.Map;

/**
 * What lies around the pages at one moment.
 *
 * @param holders who holds locks or has interrupts off; who does neither is left out
 * @param pagevecs the pages that wait in each pagevec, by its name; empty ones are left out
 * @param buffers the stores that wait in the buffer of each CPU, by its name; empty ones are left
 *     out
 */
public record Surroundings(
    List<Holder> holders, Map<String, List<String>> pagevecs, Map<String, List<String>> buffers) {
  /** Nothing is held, nothing waits. */
  public static final Surroundings NONE = new Surroundings(List.of(), Map.of(), Map.of());

  /**
   * A CPU, or the interrupt handler that runs on it.
   *
   * @param locks by class, in the order in which they were taken
   */
  public record Holder(int cpu, boolean inInterrupt, List<String> locks, boolean irqsOff) {}
}
