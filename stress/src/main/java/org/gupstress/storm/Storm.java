// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.design.Designs;
import org.jspecify.annotations.Nullable;

/**
 * Threads as CPUs over the model in native memory.
 *
 * <p>Once a second all CPUs stand still and the machine is inspected. An operation that dies of
 * corrupted memory would stop a kernel; here the lists are made anew and the storm goes on, so that
 * what a design does in the long run can be seen beside how soon it corrupts memory.
 */
public final class Storm implements StormEngine {
  private final @Nullable Patience patience;

  public Storm() {
    this(null);
  }

  /** @param patience before the machine is stopped; null: as the design deserves */
  Storm(@Nullable Patience patience) {
    this.patience = patience;
  }

  @Override
  public StormResult run(StormPlan plan, StormObserver observer) throws InterruptedException {
    boolean isShipped = Designs.all().contains(plan.design());
    Patience usual = isShipped ? Patience.OF_SHIPPED : Patience.OF_USERS;
    int processors = Runtime.getRuntime().availableProcessors();
    Patience scaled = usual.of(plan.setup().cpus(), processors);
    return new StormRun(plan, observer, patience == null ? scaled : patience).run();
  }
}
