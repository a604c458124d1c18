// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

/** A question that a class of benchmarks.jar answers. */
enum Question {
  PIN_UNPIN(
      "PinUnpin",
      "what a caller that has a page pays for its pin and the unpin, in time of one thread"),
  LRU_LOCK_CONTENTION(
      "LruLockContention",
      "how many pages all threads together isolate from the LRU and put back, by the kind of lock,"
          + " what it is a lock of, and the slots of a pagevec; fairness 1: equal shares"),
  PIN_AGAINST_RECLAIM(
      "PinAgainstReclaim",
      "what pinning does to reclaim and reclaim to pinning; roles: drainers/pinners/reclaimers"),
  GUP_FAST(
      "GupFast",
      "what a page costs that is pinned by its address and unpinned, over so many ptes at once"),
  FAULT_PIN_UNPIN("FaultPinUnpin", "what a pin adds to a page that is faulted in and unmapped"),
  HARNESS_COST("HarnessCost", "what a storm pays for watching itself, in time of one CPU"),
  HARNESS_FLOOR(
      "HarnessFloor",
      "what native memory adds to an access by sun.misc.Unsafe; scan: two reads of every page in"
          + " the order of addresses, walk: along lru.prev as reclaim does, in time per page"),
  SPINS_AND_TAILS(
      "SpinsAndTails",
      "how long the unluckiest pin takes, and how often it looks at a lock that another holds");

  private final String id;
  private final String sentence;

  Question(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  /** The name of the class. */
  String id() {
    return id;
  }

  String sentence() {
    return sentence;
  }
}
