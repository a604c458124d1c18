// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** Runs a storm. */
@FunctionalInterface
public interface StormEngine {
  /**
   * Runs the plan to its end: the load, rest, unmount. It ends whatever the design does; a hang or
   * a crash of the modelled kernel is a finding.
   *
   * @param observer told from one thread at a time
   */
  StormResult run(StormPlan plan, StormObserver observer) throws InterruptedException;
}
