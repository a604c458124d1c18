// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * A harm that a storm did, the first time that it did it.
 *
 * @param claim the id of the claim that it breaks
 * @param harm the id of a {@link Harm}
 * @param sentence what was expected and what was found
 * @param seconds since the storm began
 * @param page its number, or {@link #NO_PAGE}
 * @param actors the CPUs that had part in it
 * @param before the union, if it was seen before the harm
 * @param after the union, with the harm done
 * @param events the last of the page, oldest first; empty if no rings were kept
 */
public record StormFinding(
    String claim,
    String harm,
    String sentence,
    double seconds,
    long page,
    List<CpuOperation> actors,
    @Nullable UnionWords before,
    @Nullable UnionWords after,
    List<PageEvent> events) {
  public static final long NO_PAGE = -1;

  /** A harm that was seen. */
  public static StormFinding of(
      Harm harm,
      String sentence,
      double seconds,
      long page,
      List<CpuOperation> actors,
      @Nullable UnionWords before,
      @Nullable UnionWords after,
      List<PageEvent> events) {
    return new StormFinding(
        harm.claim().id(), harm.id(), sentence, seconds, page, actors, before, after, events);
  }
}
