// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;

/** How a page came to be on no LRU and in no pagevec, with nobody who has it. */
public enum StrandedWay {
  PIN("a pin took it off its LRU, and its last unpin put it on no list", "R-01"),
  DRAIN(
      "the drain of a pagevec passed it over as pinned, and its last unpin put it on no list",
      "R-08",
      "R-09"),
  PUTBACK(
      "it was isolated, putback passed it over as pinned, and its last unpin put it on no list"),
  REFUSED("the allocator refused it as a bad page when it was freed"),
  OTHER("its links were lost on the way: it was on a list last"),
  UNKNOWN("its last events do not reach back so far");

  private final String sentence;
  private final String races;

  StrandedWay(String sentence, String... races) {
    this.sentence = sentence;
    this.races = String.join(" ", races);
  }

  public String sentence() {
    return sentence;
  }

  /** The races of the catalogue that end so. */
  public List<String> races() {
    return races.isEmpty() ? List.of() : List.of(races.split(" ", -1));
  }
}
