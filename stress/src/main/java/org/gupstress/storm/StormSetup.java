// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import org.gupstress.page.Kernel;

/**
 * How a storm is run, whatever the design.
 *
 * @param cpus threads; may exceed the processors of the machine
 * @param pages of the modelled machine, from {@value #PAGES_MIN} to {@value #PAGES_MAX}
 * @param duration of the load; coming to rest and unmount follow
 * @param seed of every CPU's choices
 * @param events whether each page keeps a ring of its last events, for findings
 */
public record StormSetup(
    WorkloadMix mix,
    int cpus,
    int pages,
    Duration duration,
    long seed,
    Kernel kernel,
    Perturbation perturbation,
    boolean events) {
  public static final int PAGES_MIN = 4096;
  public static final int PAGES_MAX = 4 << 20;
}
