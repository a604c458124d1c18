// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/** Where a page of the model is in its life, as far as tracepoints can tell. */
enum LifeState {
  FREE("free"),
  NEW("allocated"),
  /** In the page cache; in a pagevec, if anywhere. */
  QUEUED("queued"),
  INACTIVE("inactive"),
  ACTIVE("active"),
  UNEVICTABLE("unevictable"),
  ISOLATED("isolated"),
  /** Out of the page cache while it is on an LRU: truncated. */
  CUT_LOOSE("cut loose"),
  /** Out of the page cache and on no LRU: the last references go. */
  REMOVED("removed"),
  /** What it held has been moved to another page. */
  MOVED_AWAY("moved away"),
  ANON_INACTIVE("anon"),
  ANON_ACTIVE("anon active"),
  ANON_UNEVICTABLE("anon locked"),
  ANON_ISOLATED("isolated");

  /** A set with all of them. */
  static final int ALL = (1 << values().length) - 1;

  /** What fits into a column. */
  private static final int WIDTH = 19;

  private final String words;

  LifeState(String words) {
    this.words = words;
  }

  /** The set of this one alone. */
  int mask() {
    return 1 << ordinal();
  }

  /** How a table calls a set: the one that it has, or that there are several. */
  static String words(int set) {
    if (set == ALL) {
      return "unknown";
    }
    StringBuilder words = new StringBuilder();
    int shown = 0;
    for (LifeState state : values()) {
      if ((set & state.mask()) != 0 && words.indexOf(state.words) < 0) {
        words.append(shown == 0 ? "" : "/").append(state.words);
        shown++;
      }
    }
    return words.length() > WIDTH ? "one of " + shown : words.toString();
  }
}
