// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;

/** Whether more pages are dirty than may be (vm.dirty_ratio, 20 %). Sums are a moment old. */
final class DirtyLimit {
  private static final int SHARE = 5;

  private final List<CpuMemory> cpus;
  private final int pages;

  DirtyLimit(List<CpuMemory> cpus, int pages) {
    this.cpus = cpus;
    this.pages = pages;
  }

  boolean isExceeded() {
    long dirty = 0;
    for (CpuMemory cpu : cpus) {
      dirty += cpu.dirtied();
    }
    return dirty > pages / SHARE;
  }
}
