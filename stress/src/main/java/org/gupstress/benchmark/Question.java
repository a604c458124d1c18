// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

/**
 * A question that a class of benchmarks.jar answers.
 *
 * <p>The sentence is the question itself, and the title of its picture. The notes say what a name
 * or a unit of its figures means.
 */
enum Question {
  PIN_UNPIN(
      "PinUnpin",
      "What does a caller that holds a page pay for a pin and its unpin?",
      "In time of one thread."),
  LRU_LOCK_CONTENTION(
      "LruLockContention",
      "How many pages can all threads together isolate from the LRU and put back?",
      "By the kind of lru_lock, what it protects (a node or a memory cgroup), and the slots of a"
          + " pagevec. Fairness 1: all threads have equal shares."),
  PIN_AGAINST_RECLAIM(
      "PinAgainstReclaim",
      "What does pinning do to reclaim, and reclaim to pinning?",
      "Roles: threads that drain/pin/reclaim."),
  GUP_FAST(
      "GupFast",
      "What does a page cost that is pinned by its address and unpinned?",
      "The number is that of the ptes that are pinned at once."),
  FAULT_PIN_UNPIN(
      "FaultPinUnpin", "What does a pin add to a page that is faulted in and unmapped?", ""),
  HARNESS_COST("HarnessCost", "What does a storm pay for watching itself?", "In time of one CPU."),
  HARNESS_FLOOR(
      "HarnessFloor",
      "What does native memory add to an access by sun.misc.Unsafe?",
      "scan: two reads of every page in the order of addresses. walk: the same along lru.prev, as"
          + " reclaim does. Both in time per page."),
  SPINS_AND_TAILS(
      "SpinsAndTails",
      "How long does the unluckiest pin take, and how often does it find a lock held?",
      "");

  private final String id;
  private final String sentence;
  private final String notes;

  Question(String id, String sentence, String notes) {
    this.id = id;
    this.sentence = sentence;
    this.notes = notes;
  }

  /** The name of the class. */
  String id() {
    return id;
  }

  /** The class with its package. */
  String type() {
    String home = this == HARNESS_COST || this == HARNESS_FLOOR ? "measure" : "bench";
    return "org.gupstress." + home + "." + id;
  }

  String sentence() {
    return sentence;
  }

  String notes() {
    return notes;
  }
}
