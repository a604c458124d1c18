// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.time.Duration;
import java.util.Set;
import org.gupstress.claim.Harm;

/**
 * How far a search goes and with what.
 *
 * @param threads workers
 * @param statesMax states after which it gives up
 * @param budget time after which it gives up
 * @param preemptions most pre-emptions of an interleaving, or {@link #UNBOUNDED}
 * @param outcomes whether to collect the final states
 * @param statesAfterHarmMax states after which it gives up once a harm was done, or
 *     {@link #UNBOUNDED}: what corrupted memory can lead to has no end
 * @param known harms that do not count as such: sound designs do them too, and go on
 */
public record Options(
    Reductions reductions,
    int threads,
    int statesMax,
    Duration budget,
    int preemptions,
    boolean outcomes,
    int statesAfterHarmMax,
    Set<Harm> known) {
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public static final Options DEFAULT = new Options(
      Reductions.ALL, 1, 20_000_000, Duration.ofMinutes(10), UNBOUNDED, false, UNBOUNDED, Set.of());

  public Options withReductions(Reductions other) {
    return new Options(
        other, threads, statesMax, budget, preemptions, outcomes, statesAfterHarmMax, known);
  }

  public Options withThreads(int other) {
    return new Options(
        reductions, other, statesMax, budget, preemptions, outcomes, statesAfterHarmMax, known);
  }

  public Options withOutcomes() {
    return new Options(
        reductions, threads, statesMax, budget, preemptions, true, statesAfterHarmMax, known);
  }

  public Options withPreemptions(int most) {
    return new Options(
        reductions, threads, statesMax, budget, most, outcomes, statesAfterHarmMax, known);
  }

  public Options withStatesMax(int most) {
    return new Options(
        reductions, threads, most, budget, preemptions, outcomes, statesAfterHarmMax, known);
  }

  public Options withBudget(Duration most) {
    return new Options(
        reductions, threads, statesMax, most, preemptions, outcomes, statesAfterHarmMax, known);
  }

  public Options withStatesAfterHarmMax(int most) {
    return new Options(reductions, threads, statesMax, budget, preemptions, outcomes, most, known);
  }

  /** The same, and these harms are none that count. */
  public Options withKnown(Set<Harm> harms) {
    return new Options(
        reductions, threads, statesMax, budget, preemptions, outcomes, statesAfterHarmMax, harms);
  }
}
