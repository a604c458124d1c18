// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** Threads as CPUs over the model in native memory. */
public final class Storm implements StormEngine {
  @Override
  public StormResult run(StormPlan plan, StormObserver observer) throws InterruptedException {
    throw new UnsupportedOperationException("the engine of the storm is not built in");
  }
}
