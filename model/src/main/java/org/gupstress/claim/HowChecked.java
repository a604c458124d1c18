// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

/**
 * How each engine puts a claim to the test. An engine that does not check a claim says
 * {@link #NOT_CHECKED}, with the reason.
 *
 * @param explore in every interleaving
 * @param storm on real threads, under memory pressure
 * @param jcstress on real threads, by the ends that a question tells apart
 */
public record HowChecked(String explore, String storm, String jcstress) {
  /** How the text of an engine begins that does not check the claim. */
  public static final String NOT_CHECKED = "not checked";

  private static final String OF_PROCESSES = NOT_CHECKED + ": processes do not fork in a storm";

  private static final String NOT_IN_JCSTRESS = NOT_CHECKED + ": the questions are about one page";

  /** How the claim is checked. */
  public static HowChecked of(Claim claim) {
    return switch (claim) {
      case PIN_COUNTED ->
        new HowChecked(
            "after every access the design's count is compared with a ledger of the pins",
            "when get_user_pages returns, and at inspections, when all CPUs have stopped",
            "the ends uncounted, undercounted, overcounted and pin-stuck");
      case PIN_VISIBLE ->
        new HowChecked(
            "after every access the query is asked of each page with a live pin",
            "when a pin is unpinned, and at inspections",
            "the ends uncounted and uncounted-lost; RefcountBias asks while others pin");
      case UNION_INTACT ->
        new HowChecked(
            "every byte of the union knows which view wrote it; every read is compared",
            "watchpoints on sampled pages: a store of the list over a live pin",
            "the ends torn-count and pin-over-links; UnionTearing");
      case LIST_INTACT ->
        new HowChecked(
            "each list operation looks at its neighbours as DEBUG_LIST does; PG_lru is compared with"
                + " the lists",
            "the same at each operation; inspections walk all lists",
            "the end list-corrupted, and pointers that leave the machine");
      case REFS_BALANCE ->
        new HowChecked(
            "after every access _refcount is compared with the ledger; who may hold a reference is"
                + " judged when no operation runs",
            "a ledger of each CPU, summed at inspections",
            "UnconvertedPutVsUnpin");
      case NO_USE_AFTER_FREE ->
        new HowChecked(
            "at the free, at each unpin, and when get_user_pages returns a page",
            NOT_CHECKED + ": a page that is freed too early shows as a reference that is missing",
            NOT_IN_JCSTRESS);
      case NEVER_STRANDED ->
        new HowChecked(
            "when no operation runs: each page without pins is on an LRU, in a pagevec or in a"
                + " registered owner's hands",
            "the same at inspections; stranded pages are counted over time",
            "the end lost");
      case RECLAIM_PROGRESSES ->
        new HowChecked(
            "in scenarios that end with pressure, by what is left; in others by the counters of"
                + " reclaim",
            NOT_CHECKED + " as a claim: what reclaim scans and frees is measured",
            NOT_IN_JCSTRESS);
      case NO_LOST_WRITE ->
        new HowChecked(
            "in scenarios with a writing device: no clean page differs from its block",
            "the same at inspections",
            NOT_IN_JCSTRESS);
      case AGING_KEPT ->
        new HowChecked(
            "PG_active, PG_unevictable and PG_referenced before the pin and after the unpin",
            NOT_CHECKED + ": under pressure the flags change for good reasons",
            NOT_IN_JCSTRESS);
      case NO_DEADLOCK ->
        new HowChecked(
            "a state in which nobody can go on; lock order and interrupt safety as lockdep sees them",
            "a watchdog; there are no interrupts",
            NOT_CHECKED + ": a question whose CPUs may wait for ever is not asked");
      case ASSERTIONS_HOLD ->
        new HowChecked(
            "each VM_BUG_ON of the debug kernel, and bad_page",
            "the same, in the kernel of the storm; a panic ends it",
            "a fired assertion is an end of its own");
      case PIN_COHERENT ->
        new HowChecked(
            "after every store to a page table, what is mapped where a page was pinned is compared"
                + " with it",
            OF_PROCESSES,
            NOT_IN_JCSTRESS);
      case EXCLUSIVE ->
        new HowChecked(
            "when the lock of a page table is dropped, its ptes; after every store to a pinned page,"
                + " that page",
            OF_PROCESSES,
            NOT_IN_JCSTRESS);
      case NO_LEAK_ACROSS_FORK ->
        new HowChecked(
            "every page knows which process has written to it since a fork, every read who reads",
            OF_PROCESSES,
            NOT_IN_JCSTRESS);
      case DESIGN_CONTRACT ->
        new HowChecked(
            "code that runs again with the same answers must make the same accesses",
            "what it throws",
            NOT_CHECKED + ": only shipped designs are sampled");
    };
  }
}
