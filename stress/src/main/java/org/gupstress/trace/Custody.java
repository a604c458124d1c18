// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.List;
import java.util.Map;
import org.gupstress.dossier.ReferenceRow;

/**
 * Who holds the references of a trace's pages.
 *
 * @param events that change a _refcount
 * @param stacks of them that have a stack
 * @param rows by reason and function
 * @param held references at the end of the trace, of pages that are in use, by reason
 * @param earlier references dropped that were taken before the trace began
 * @param withoutStack events of which nobody knows who did it
 * @param unknown functions next to the count that no line of the table knows, with their events
 * @param odd pages whose count does not add up
 * @param oddPages how many there are of these in all
 * @param momentary times that a count was off for a moment: two CPUs changed it at once
 * @param misread pages that were freed while, by the table, somebody still held them
 */
public record Custody(
    long events,
    long stacks,
    List<ReferenceRow> rows,
    Map<String, Long> held,
    long earlier,
    long withoutStack,
    Map<String, Long> unknown,
    List<OddPage> odd,
    long oddPages,
    long momentary,
    long misread) {

  /**
   * A page whose count does not add up.
   *
   * @param expected what it had at first, and all that was added since
   * @param found what its last event says
   */
  public record OddPage(long pfn, long expected, long found) {}
}
