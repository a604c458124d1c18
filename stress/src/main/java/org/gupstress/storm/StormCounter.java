// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** What CPUs count, each for itself, beside what every machine counts. */
public enum StormCounter {
  PINS,
  /** get_user_pages failed because the design could not pin. */
  PINS_REFUSED,
  UNPINS,
  /** The query was asked whether a page is pinned. */
  QUERIES,
  /** It said yes, and the page was not. */
  FALSE_POSITIVES,
  /** writepage met a dirty page whose buffers reclaim had dropped under a pin: a BUG in ext4. */
  PAGES_WITHOUT_BUFFERS,
  /** Lists had to be made anew, where a kernel would have stopped. */
  REPAIRS,
  /** Of a replayed trace: pages that came into the page cache. */
  INSERTED_IN_WINDOWS,
  /** Of these, that had gone within as many as the trace has: it sees no others come back. */
  REFAULTS_IN_WINDOWS
}
