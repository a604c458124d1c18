// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.EnumMap;
import java.util.Map;
import org.gupstress.dossier.TimeSpread;

/** What is timed. */
public enum Latency {
  LRU_LOCK_WAIT("lru_lock.wait"),
  LRU_LOCK_HOLD("lru_lock.hold"),
  GUP_LOCK_WAIT("gup_lock.wait"),
  GUP_LOCK_HOLD("gup_lock.hold"),
  /** One get_user_pages call, divided by the pages that it pinned. */
  PIN("pin"),
  /** What an allocation that found no page waited until reclaim had got it some. */
  DIRECT_RECLAIM("direct_reclaim");

  private final String tag;

  Latency(String tag) {
    this.tag = tag;
  }

  /** Those that the dossier of a machine has not. */
  static Map<Latency, TimeSpread> beside(Map<Latency, TimeSpread> times) {
    Map<Latency, TimeSpread> others = new EnumMap<>(times);
    others.remove(DIRECT_RECLAIM);
    return others;
  }

  /** Its tag in a histogram log. */
  public String tag() {
    return tag;
  }
}
