// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/** What a tracepoint says of one page: a step of its life. */
enum LifeStep {
  ALLOC(TraceEvent.ALLOC, "allocated"),
  FREE(TraceEvent.FREE, "freed"),
  ADD(TraceEvent.ADD, "added to the page cache"),
  DELETE(TraceEvent.DELETE, "deleted from the cache"),
  INSERT_INACTIVE_ANON(TraceEvent.INSERT, "put on inactive_anon"),
  INSERT_ACTIVE_ANON(TraceEvent.INSERT, "put on active_anon"),
  INSERT_INACTIVE_FILE(TraceEvent.INSERT, "put on inactive_file"),
  INSERT_ACTIVE_FILE(TraceEvent.INSERT, "put on active_file"),
  INSERT_UNEVICTABLE(TraceEvent.INSERT, "put on unevictable"),
  ACTIVATE(TraceEvent.ACTIVATE, "activated"),
  DIRTY(TraceEvent.DIRTY, "dirtied"),
  WRITE(TraceEvent.WRITE, "written by reclaim");

  private static final LifeStep[] ON_LIST = {
    INSERT_INACTIVE_ANON,
    INSERT_ACTIVE_ANON,
    INSERT_INACTIVE_FILE,
    INSERT_ACTIVE_FILE,
    INSERT_UNEVICTABLE
  };

  private final TraceEvent event;
  private final String words;

  LifeStep(TraceEvent event, String words) {
    this.event = event;
    this.words = words;
  }

  /** The tracepoint that shows it. */
  TraceEvent event() {
    return event;
  }

  /** A page is put on the LRU list of this number, from 0 to 4. */
  static LifeStep insert(int list) {
    return ON_LIST[list];
  }

  String words() {
    return words;
  }
}
