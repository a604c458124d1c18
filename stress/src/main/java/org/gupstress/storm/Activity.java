// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Locale;

/** What a CPU is doing, for findings and for the fate of pages. */
enum Activity {
  IDLE(Fate.NEVER),
  DIO_SUBMIT(Fate.UNMAP),
  DIO_COMPLETE(Fate.UNMAP),
  RDMA_PIN(Fate.UNMAP),
  RDMA_UNPIN(Fate.UNMAP),
  FUTEX(Fate.UNMAP),
  READ(Fate.UNMAP),
  WRITE(Fate.UNMAP),
  MMAP_CHURN(Fate.UNMAP),
  TRUNCATE(Fate.TRUNCATE),
  INVALIDATE(Fate.INVALIDATE),
  KSWAPD(Fate.UNMAP),
  FLUSH(Fate.UNMAP),
  DRAIN(Fate.UNMAP),
  EXIT(Fate.UNMAP),
  UNMOUNT(Fate.UNMOUNT);

  private static final Activity[] VALUES = values();

  private final Fate fate;

  Activity(Fate fate) {
    this.fate = fate;
  }

  static Activity of(int ordinal) {
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
