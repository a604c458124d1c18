// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** What is timed. */
public enum Latency {
  LRU_LOCK_WAIT("lru_lock.wait"),
  LRU_LOCK_HOLD("lru_lock.hold"),
  GUP_LOCK_WAIT("gup_lock.wait"),
  GUP_LOCK_HOLD("gup_lock.hold"),
  /** One get_user_pages call, divided by the pages that it pinned. */
  PIN("pin");

  private final String tag;

  Latency(String tag) {
    this.tag = tag;
  }

  /** Its tag in a histogram log. */
  public String tag() {
    return tag;
  }
}
