// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;

/** Whether more pages are dirty than may be (vm.dirty_ratio, 20 %). Sums are a moment old. */
final class DirtyLimit {
  private static final int SHARE = 5;
  private static final int BACKGROUND_SHARE = 10;

  private final List<CpuMemory> cpus;
  private final int pages;

  DirtyLimit(List<CpuMemory> cpus, int pages) {
    this.cpus = cpus;
    this.pages = pages;
  }

  boolean isExceeded() {
    return dirty() > pages / SHARE;
  }

  /** Whether the flusher has to write: vm.dirty_background_ratio, 10 %. */
  boolean isBackgroundExceeded() {
    return dirty() > pages / BACKGROUND_SHARE;
  }

  private long dirty() {
    long dirty = 0;
    for (CpuMemory cpu : cpus) {
      dirty += cpu.dirtied();
    }
    return dirty;
  }
}
