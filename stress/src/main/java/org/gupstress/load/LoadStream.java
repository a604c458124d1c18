// SPDX-License-Identifier: Apache-2.0
package org.gupstress.load;

/**
 * What one task does with one file that it has mapped.
 *
 * @param task as the trace calls it
 * @param file its number in the profile
 * @param order in which pages of the file are used
 * @param windowPages that are read at once around a page that is missed; 1 is that page alone
 * @param chunkPages of a direct I/O request whose buffer is in the mapping; 0: the pages are read
 *     by the processor
 * @param share of all pages that came into the page cache, from 0 to 1
 */
public record LoadStream(
    String task, int file, Order order, int windowPages, int chunkPages, double share) {
  /** In which order. */
  public enum Order {
    /** One page after the other, from the beginning again at the end. */
    SCAN,
    /** Any of them. */
    RANDOM
  }

  /** Whether it pins pages. */
  public boolean isDirect() {
    return chunkPages > 0;
  }

  LoadStream with(int window, int chunk) {
    return new LoadStream(task, file, order, window, chunk, share);
  }
}
