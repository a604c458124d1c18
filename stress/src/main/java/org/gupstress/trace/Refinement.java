// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.List;

/**
 * Whether what happened to the pages of a machine can happen to a page of the model.
 *
 * @param pages that have a history
 * @param paths histories that are a path of the model's life cycle
 * @param moved of these, those that a migration explains
 * @param steps of all histories
 * @param misses steps that the model does not have, by rule
 */
public record Refinement(long pages, long paths, long moved, long steps, List<Miss> misses) {
  /**
   * Steps that the model does not have, of one kind.
   *
   * @param rule that was broken
   * @param events how many there are
   * @param pages of whose history it is the first
   * @param pfn of the first of these pages
   * @param seconds when that was, since the first event of the trace
   * @param example what happened to it, up to the step that the model does not have
   */
  public record Miss(
      MissRule rule, long events, long pages, long pfn, double seconds, List<PageStep> example) {}

  /** Steps that are a mistake of the model. */
  public long mistakes() {
    return misses.stream()
        .filter(miss -> miss.rule().isMistake())
        .mapToLong(Miss::events)
        .sum();
  }

  /** Steps that are something that is not modelled. */
  public long notModelled() {
    return misses.stream()
        .filter(miss -> !miss.rule().isMistake())
        .mapToLong(Miss::events)
        .sum();
  }
}
