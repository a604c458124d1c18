// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

/**
 * struct scan_control, mm/vmscan.c, Linux 4.19: who reclaims, and what has come of it so far. It
 * lives on the stack of one reclaim, and nobody else sees it.
 */
final class ScanControl {
  private final Reclaimer who;
  private int scanned;
  private int reclaimed;

  ScanControl(Reclaimer who) {
    this.who = who;
  }

  Reclaimer who() {
    return who;
  }

  /** Pages that shrink_page_list has looked at since the pass began; mapped ones count twice. */
  int scanned() {
    return scanned;
  }

  void beginPass() {
    scanned = 0;
  }

  void addScanned(int pages) {
    scanned += pages;
  }

  /** Pages that were reclaimed in all passes. */
  int reclaimed() {
    return reclaimed;
  }

  void addReclaimed(int pages) {
    reclaimed += pages;
  }
}
