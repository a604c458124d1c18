// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a watchdog see whether a worker still makes steps, and in which operation it was last, so
 * that code which loops without touching memory is found: it cannot be stopped from inside.
 */
final class Heartbeat {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** What no operation makes when it is run once. */
  private static final long MUCH_BYTES = 8L << 20;

  private final AtomicLong beats = new AtomicLong();
  private volatile String operation = "";
  private long allocatedBefore;

  void entering(String name) {
    operation = name;
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    beat();
  }

  /** Whether the operation that its own thread is in has allocated more than any needs. */
  boolean hasAllocatedMuch() {
    return THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore > MUCH_BYTES;
  }

  void leaving() {
    operation = "";
    beat();
  }

  void beat() {
    beats.lazySet(beats.getPlain() + 1);
  }

  long beats() {
    return beats.get();
  }

  /** The operation whose code is running, or nothing. */
  String operation() {
    return operation;
  }
}
