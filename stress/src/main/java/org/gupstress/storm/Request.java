// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * A direct I/O request: pages that are pinned for the device to write to. Used by one at a time.
 */
final class Request {
  private final long[] pages;
  private int count;

  Request(int room) {
    this.pages = new long[room];
  }

  void add(long page) {
    pages[count++] = page;
  }

  int count() {
    return count;
  }

  long page(int nth) {
    return pages[nth];
  }
}
