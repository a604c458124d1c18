// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A kind of survivors.
 *
 * @param name in a few words
 * @param sentence why nobody can see them, or what would make them visible
 * @param fits which ones they are
 */
record Kind(String name, String sentence, Predicate<Row> fits) {
  /** What nobody has an explanation for. */
  static final Kind OPEN = new Kind(
      "open",
      "searches take other steps, and no claim says that they must not: a claim or a condition is"
          + " missing, or nothing is wrong",
      row -> true);

  /** The first that fits counts. */
  static final List<Kind> ALL = List.of(
      of(
          "a value that nobody reads",
          "a load whose value is not used, or a poison that only a bug would meet",
          "#poison |drop-call: memory\\.read"),
      of(
          "two fields in one word",
          "the link of the list that is stored next overwrites compound_head",
          "splitTail drop-call: .*clearHead"),
      of(
          "a page that is read in",
          "pin-vs-refault has a block that differs from a fresh page, and these were not asked there"
              + " yet",
          "findOrRead .*(content|UPTODATE)"),
      new Kind(
          "no step more or less",
          "open as scenarios, not as claims: in all cells that were asked the search takes as many"
              + " steps as without the change, so what is changed is redundant there, two stores of"
              + " which nobody sees the first alone, or a case that no scenario makes",
          row -> row.different() == 0),
      of(
          "whether the machine has such pages",
          "the condition asks for huge pages, devices or a buddy list, and where there are none, what"
              + " follows finds none",
          "has(Buddy|Tails|Huge|Devices)|page\\.has\\(PageKind"),
      of(
          "what the allocator looks for",
          "bad_page and the fields that it cleans: only a page that is freed in a bad state shows it,"
              + " and sound designs free none",
          "PageAllocator#(isBad|free|freePcpPrepare|rmqueuePcplist) "),
      of(
          "what reclaim may do or leave",
          "which pages reclaim takes, skips, moves or looks at again: it is right as long as a page"
              + " stays on a list and is counted, and no claim says how soon it must go",
          "reclaim/(InactiveList|ActiveList|Reclaim|IsolatePages)#|Rmap#(referenced|walkReferenced)"
              + "|Pagevecs#(lruDeactivateFileFn|rotateReclaimablePage|pagevecMoveTailFn|activate)"
              + "|Lruvec#moveTail"),
      of(
          "which page comes first",
          "lists are walked from the other end, and no claim says in which order reclaim and the"
              + " allocator take pages",
          "other-end:"),
      of(
          "aging",
          "marks and counts by which reclaim guesses what will be used again: another guess is no"
              + " harm, as long as pages that are pinned, active or locked keep what they have",
          "Aging#|Workingset#|addScanned|addReclaimed|refault|activation|REFERENCED|YOUNG"),
      of(
          "flushes of a TLB",
          "there are no TLBs; that a flush waits for gup_fast is a switch of the kernel, which the"
              + " usual two have not",
          "tlb\\(\\)\\.flush|tryToUnmapFlush|cpu\\.irq(Dis|En)able|beginWalk|endWalk"),
      of(
          "both orders are right",
          "two statements of which nobody needs the first to come first: no interleaving that was"
              + " asked makes a harm of the other order",
          " swap:"),
      of(
          "one access at the edge of a lock",
          "the access is outside its lock now, and no scenario has somebody else at that place at"
              + " that time to whom it matters",
          " lock: .* -> (?!nothing)"),
      OPEN);

  /** @param places found in {@code file#method operator: before -> after} */
  private static Kind of(String name, String sentence, String places) {
    Pattern pattern = Pattern.compile(places);
    return new Kind(
        name, sentence, row -> pattern.matcher(row.place().toString()).find());
  }

  static Kind of(Row row) {
    return ALL.stream().filter(kind -> kind.fits().test(row)).findFirst().orElseThrow();
  }
}
