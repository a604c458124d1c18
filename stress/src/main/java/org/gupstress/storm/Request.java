// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A direct I/O request: pages that are pinned for the device to write to. Used by one at a time.
 */
final class Request {
  private final long[] pages;
  private int count;
  private int given;

  Request(int room) {
    this.pages = new long[room];
  }

  void add(long page) {
    pages[count++] = page;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Gives the pins back, one after the other. */
  void giveBack(LongConsumer unpin) {
    for (; given < count; given++) {
      unpin.accept(pages[given]);
    }
  }

  /** Whether a pin of the page has not been given back. Others may ask while the owner waits. */
  boolean has(long page) {
    for (int i = given; i < count; i++) {
      if (pages[i] == page) {
        return true;
      }
    }
    return false;
  }

  void forEach(LongConsumer each) {
    for (int i = 0; i < count; i++) {
      each.accept(pages[i]);
    }
  }

  /** Whether all of its pages are so; all are asked. */
  boolean allMatch(LongPredicate asked) {
    boolean all = true;
    for (int i = 0; i < count; i++) {
      all &= asked.test(pages[i]);
    }
    return all;
  }
}
