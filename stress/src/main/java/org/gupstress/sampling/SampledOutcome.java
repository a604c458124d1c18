// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.List;
import org.gupstress.outcome.Grade;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of one outcome of a test.
 *
 * @param sentence what it means
 * @param samples that ended in it
 * @param frequency of all samples of the test
 * @param way how the explorer gets there, or null if it found none
 * @param modes the samples by how their configurations were compiled
 */
public record SampledOutcome(
    String outcome,
    Grade grade,
    String sentence,
    long samples,
    double frequency,
    @Nullable Way way,
    List<InMode> modes) {

  /**
   * The shortest interleaving that ends in it.
   *
   * @param share of all interleavings that end in it
   * @param token replays the interleaving
   */
  public record Way(double share, int preemptions, String token) {}

  /**
   * Configurations of one kind.
   *
   * @param samples that ended in the outcome
   * @param of all their samples
   */
  public record InMode(String mode, String flags, long samples, long of) {
    public double frequency() {
      return of == 0 ? 0 : (double) samples / of;
    }
  }

  public boolean isSeen() {
    return samples > 0;
  }
}
