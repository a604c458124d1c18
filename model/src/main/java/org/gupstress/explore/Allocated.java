// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much the operation that a thread runs has allocated. Code that was loaded to be stopped asks,
 * because it is too late when the heap is full: any other thread may be the one that is told.
 */
public final class Allocated {
  /** What no operation makes when it is run once. */
  public static final long MUCH_BYTES = 16L << 20;

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final long NOTHING_RUNS = -1;
  private static final ThreadLocal<long[]> BEFORE =
      ThreadLocal.withInitial(() -> new long[] {NOTHING_RUNS});

  private Allocated() {}

  /** An operation begins on this thread. */
  static void begin() {
    BEFORE.get()[0] = THREADS.getCurrentThreadAllocatedBytes();
  }

  static void end() {
    BEFORE.get()[0] = NOTHING_RUNS;
  }

  /** Whether the operation that this thread runs has allocated more than any needs. */
  public static boolean isMuch() {
    long before = BEFORE.get()[0];
    return before != NOTHING_RUNS && THREADS.getCurrentThreadAllocatedBytes() - before > MUCH_BYTES;
  }
}
