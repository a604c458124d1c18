// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import org.gupstress.page.Kernel;

/**
 * How a storm is run, whatever the design.
 *
 * @param mix to which a stream of reads comes if the storm is to press and nothing in it would
 * @param sizing of the load
 * @param cpus threads; may exceed the processors of the machine
 * @param pages of the modelled machine, from {@value #PAGES_MIN} to {@value #PAGES_MAX}
 * @param duration of the load; coming to rest and unmount follow
 * @param seed of every CPU's choices
 * @param events whether each page keeps a ring of its last events, for findings
 */
public record StormSetup(
    WorkloadMix mix,
    Sizing sizing,
    int cpus,
    int pages,
    Duration duration,
    long seed,
    Kernel kernel,
    Perturbation perturbation,
    boolean events) {
  public static final int PAGES_MIN = 4096;
  public static final int PAGES_MAX = 4 << 20;

  /**
   * Four times what a CPU can hold: its pagevecs, and what it has isolated or pinned. With fewer
   * pages a machine of many CPUs has nothing left to reclaim, whatever the design.
   */
  private static final int PAGES_OF_CPU = 192;

  public StormSetup {
    if (sizing.pressure() > 1) {
      mix = mix.pressing();
    }
  }

  /** With a load of the usual size. */
  public StormSetup(
      WorkloadMix mix,
      int cpus,
      int pages,
      Duration duration,
      long seed,
      Kernel kernel,
      Perturbation perturbation,
      boolean events) {
    this(mix, Sizing.USUAL, cpus, pages, duration, seed, kernel, perturbation, events);
  }

  /**
   * What the load wants of memory.
   *
   * @throws IllegalArgumentException with a sentence if no machine can give it
   */
  public WorkingSet workingSet() {
    return WorkingSet.of(mix, sizing, cpus, pages);
  }

  /** Whether the load wants more than there is, so that something has to be reclaimed. */
  public boolean isToPress() {
    return workingSet().pressure(pages) > 1;
  }

  /** The pages that a machine of so many CPUs needs. */
  public static int pagesMin(int cpus) {
    return Math.max(PAGES_MIN, PAGES_OF_CPU * cpus);
  }
}
