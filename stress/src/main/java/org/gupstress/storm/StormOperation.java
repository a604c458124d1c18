// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Locale;

/** What a CPU is doing, for findings and for the fate of pages. */
enum StormOperation {
  IDLE(Fate.NEVER),
  DIO_SUBMIT(Fate.RECLAIM),
  DIO_COMPLETE(Fate.PUT),
  RDMA_PIN(Fate.RECLAIM),
  RDMA_UNPIN(Fate.PUT),
  FUTEX(Fate.PUT),
  READ(Fate.RECLAIM),
  WRITE(Fate.RECLAIM),
  MMAP_CHURN(Fate.UNMAP),
  TRUNCATE(Fate.TRUNCATE),
  INVALIDATE(Fate.INVALIDATE),
  KSWAPD(Fate.RECLAIM),
  COMPACT(Fate.RECLAIM),
  FLUSH(Fate.PUT),
  DRAIN(Fate.PUT),
  EXIT(Fate.UNMAP),
  UNMOUNT(Fate.UNMOUNT),
  WORK(Fate.PUT);

  private static final StormOperation[] VALUES = values();

  private final Fate fate;

  StormOperation(Fate fate) {
    this.fate = fate;
  }

  static StormOperation of(int ordinal) {
    return VALUES[ordinal];
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By what a stranded page was freed, if it was freed in here. */
  Fate fate() {
    return fate;
  }
}
