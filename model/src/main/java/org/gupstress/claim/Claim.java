// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.Locale;
import org.gupstress.design.PinDesign;
import org.jspecify.annotations.Nullable;

/** The reviewer's questions, each as one sentence that a run can break. */
public enum Claim {
  PIN_COUNTED(
      "every successful pin is counted until its own unpin; no unpin releases another's pin",
      "page->dma_pinned_count, patch 4/6",
      "the pin that was not counted is not protected: whoever asks is told that nobody does DMA"),
  PIN_VISIBLE(
      "while a pin is outstanding the query says so",
      "pin_user_pages.rst: false positives are acceptable, false negatives are not",
      "writeback, reclaim or fork treat a page under DMA as an ordinary one"),
  UNION_INTACT(
      "no union byte is read through a view other than the one that wrote it",
      "Chinner, 13 Oct 2018: \"I can't see how you can have dual use of the LRU list head\"",
      "a pointer is used as a counter or a counter as a pointer: memory corruption"),
  LIST_INTACT(
      "every list operation has the list's lock and finds neighbours that fit, every store to a pte"
          + " or to the slot of a file has its lock; the bytes of a list are those of the pages put"
          + " on it; a PG_lru page is on exactly one LRU",
      "lib/list_debug.c; Singh, 12 Oct 2018",
      "list corruption: the next walk follows a wild pointer or loops"),
  REFS_BALANCE(
      "_refcount equals the ledger; nothing is freed while referenced, nothing is given back by who"
          + " does not have it, nothing stays referenced or pinned by nobody",
      "Chinner, 13 Oct 2018: \"a description of all the page references and where they come and"
          + " go\"",
      "the page is leaked for ever, or freed under its users"),
  NO_USE_AFTER_FREE(
      "no pin, pte, list link or touch outlives the page's free, and no DMA its pin",
      "Singh, 12 Oct 2018: \"can put_page reap the page\"",
      "a device or an unpin writes into a page that belongs to somebody else"),
  NEVER_STRANDED(
      "a page with no pins left is on an LRU, in a pagevec or in a registered owner's hands",
      "Chinner, 13 Oct 2018: \"dumps them on the ground after the gup reference is dropped\"",
      "reclaim cannot reach the page: it stays in memory until truncate or unmount"),
  RECLAIM_PROGRESSES(
      "with no pins outstanding, pressure reclaims every clean page within a stated number of scans",
      "Chinner, 13 Oct 2018: \"How do we reclaim these page cache pages when there is memory"
          + " pressure\"",
      "memory that is free for the taking is not taken: stalls, then the OOM killer"),
  NO_LOST_WRITE(
      "what the device wrote before unpin reaches the disk or stays dirty; no clean page differs"
          + " from its disk block",
      "Hubbard, 1 Jul 2018: \"the file system asserting that there are still buffer heads"
          + " attached\"; pin_user_pages.rst",
      "data that a device has written is not on the disk, or the flusher stops the machine"),
  AGING_KEPT(
      "pin and unpin do not lose PG_active, PG_unevictable or PG_referenced",
      "Chinner, 13 Oct 2018: \"no longer being tracked by the page cache aging\"",
      "the working set is evicted, or an mlocked page is scanned for ever"),
  NO_DEADLOCK(
      "no cycle of waiting CPUs, no lock-order inversion, no lock taken both in interrupt context"
          + " and with interrupts on, no operation that never ends or returns with a lock held",
      "Kara, 12 Nov 2018: the lock must be safe against interrupts",
      "the machine hangs"),
  ASSERTIONS_HOLD(
      "no assertion of the design or the kernel fires",
      "VM_BUG_ON_PAGE in patches 5/6 and 6/6; bad_page",
      "a debug kernel stops here; a production kernel goes on with the broken state"),
  PIN_COHERENT(
      "while a page is pinned and its process has not given up the address, the address maps it",
      "pin_user_pages.rst, CASE 1 to 4; the text of 17839856fd58, \"COW can break either way\"",
      "what the device writes the process does not see, nor the device what the process writes"),
  EXCLUSIVE(
      "an anonymous page that may be written, or is pinned, belongs to one process alone",
      "the texts of 6c287605fd56 and 78fbe906cc90: PG_anon_exclusive; include/linux/rmap.h",
      "the next write fault gives the pinned process another page, or two processes write one"),
  NO_LEAK_ACROSS_FORK(
      "what one process writes after fork, no other reads through memory or a reference of its own",
      "CVE-2020-29374; the text of 17839856fd58",
      "a child reads what its parent writes to memory that only looks shared"),
  DESIGN_CONTRACT(
      "an operation is a function of what it reads, ends, and does not throw",
      "the explorer's own condition on a design",
      "nothing can be said about the design until this is mended");

  private final String sentence;
  private final String citation;
  private final String meaning;

  Claim(String sentence, String citation, String meaning) {
    this.sentence = sentence;
    this.citation = citation;
    this.meaning = meaning;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String sentence() {
    return sentence;
  }

  /** Where it was asked for. */
  public String citation() {
    return citation;
  }

  /** What a violation means in a kernel. */
  public String meaning() {
    return meaning;
  }

  /** Why the claim says nothing about the design, or null if it does. */
  public @Nullable String notApplicable(PinDesign design) {
    return asksTheDesign() && !design.hasQuery() ? exception() : null;
  }

  /** Where the claim says nothing, and what would make it apply; null if it always applies. */
  public @Nullable String exception() {
    if (asksTheDesign()) {
      return "the design keeps no count and answers no query; with hasQuery() it says that it does";
    }
    if (isOfProcesses()) {
      return "the machine has no processes; space(Mm.Space.ofProcesses(2, 1)) gives it two";
    }
    return this == RECLAIM_PROGRESSES
        ? "the scenario does not end with pressure; call reclaimingEverything(), or"
            + " accountingForPages() to compare the counters of reclaim"
        : null;
  }

  /** Whether it is about what processes have: where a machine has none, it says nothing. */
  public boolean isOfProcesses() {
    return this == PIN_COHERENT || this == EXCLUSIVE || this == NO_LEAK_ACROSS_FORK;
  }

  private boolean asksTheDesign() {
    return this == PIN_COUNTED || this == PIN_VISIBLE;
  }
}
