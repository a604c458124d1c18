// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/** What a task of the trace is in the middle of. */
final class Task {
  /** No moment, no lock, no list. */
  static final long NONE = -1;

  final int number;
  final String label;
  final boolean isKswapd;

  /** How many reclaims have begun that have not ended: one may be inside another. */
  int reclaims;

  long reclaimBegan = NONE;

  /** What it took off an LRU and has not yet said what became of. */
  int isolatedList = (int) NONE;

  long isolatedScanned;
  long isolatedTaken;

  /** The lock that it waits for. */
  long lock = NONE;

  long lockBegan;

  Task(int number, String comm, int pid) {
    this.number = number;
    this.label = comm + "-" + pid;
    this.isKswapd = comm.startsWith("kswapd");
  }

  /** Who frees what it frees: 0 nobody, 1 an allocation, 2 kswapd. */
  int context() {
    return isKswapd ? 2 : reclaims > 0 ? 1 : 0;
  }
}
