// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel, or the machine under it, does otherwise than the model does without it. Each is
 * named like the thing in Linux, and can be turned on and off alone; what one does without another
 * that it needs is said with it.
 */
public enum Switch {
  /**
   * A flush of other CPUs' TLBs interrupts them and waits for them: bare x86. So whoever has
   * cleared a pte goes on when no gup_fast that may have read it is under way. Without it nothing
   * waits: x86 under a hypervisor that flushes for its guests, arm64 and others, whose hardware
   * does it.
   */
  FLUSH_IPI("a TLB flush interrupts other CPUs and waits for them: bare x86", null, "", ""),

  /** try_get_page and its like: who finds a reference count below zero gets no reference. */
  REF_OVERFLOW_CHECK(
      "get_user_pages refuses a page whose reference count is negative",
      Release.V5_7,
      "5.1",
      "8fde12ca79af"),

  /**
   * An mm says whether it has ever pinned a page, and fork copies what may be pinned: 5.9's
   * has_pinned, later MMF_HAS_PINNED.
   */
  HAS_PINNED(
      "fork copies pages that may be pinned, of an mm that has ever pinned one",
      Release.V5_15,
      "5.9",
      "70e806e4e645"),

  /** Without {@link #HAS_PINNED} it is of no use: fork asks nothing that it could protect. */
  WRITE_PROTECT_SEQ(
      "fork makes gup_fast fail that pins a page while ptes are write-protected",
      Release.V5_15,
      "5.11",
      "57efa1fe5957"),

  /** A write fault reuses a page with one reference; without it, one that is mapped once. */
  REUSE_BY_REFCOUNT(
      "a write fault reuses a page by its reference count, not by its mapcount",
      Release.V5_15,
      "5.9",
      "09854ba94c6a"),

  /** Without it the next write fault copies what is pinned, unless {@link #ANON_EXCLUSIVE}. */
  SOFT_DIRTY_SKIPS_PINNED(
      "clear_refs leaves a pinned page writable", Release.V5_15, "5.11", "9348b73c2e1b"),

  /** gup_fast looks up the head of a page again when it has a reference. */
  RECHECK_HEAD(
      "gup_fast looks up the head of the page again when it has its reference",
      Release.V5_15,
      "5.14",
      "c24d37322548"),

  /** The pin of gup_fast is a reference first and the rest of the bias later. */
  GRAB_THEN_BIAS(
      "a pin of gup_fast takes one reference first and 1023 more when it has the page",
      Release.V5_15,
      "5.14",
      "c24d37322548"),

  /** Pins of a large page have a counter of their own, in its first tail, also of order 1. */
  LARGE_PINCOUNT(
      "a pin of a large page is one reference, and counted beside in its first tail",
      Release.V6_0,
      "5.18",
      "5232c63f46fd"),

  /** Before a write fault counts references, it empties its own CPU's lru_add pagevec. */
  DRAIN_BEFORE_REUSE(
      "a write fault empties the pagevec of its CPU before it counts references",
      Release.V6_0,
      "5.18",
      "d4c470970d45"),

  /** UFFDIO_CONTINUE makes ptes dirty that are read-only, of pages that are not the process's. */
  CONTINUE_DIRTIES_PTE(
      "UFFDIO_CONTINUE marks the pte dirty, whatever it maps",
      Release.V6_0,
      "5.16",
      "9ae0f87d009c"),

  /** PG_anon_exclusive, unshare faults, gup_must_unshare. */
  ANON_EXCLUSIVE(
      "an anonymous page says whether it belongs to one process alone",
      Release.V6_0,
      "5.19",
      "6c287605fd56"),

  /** FOLL_FORCE writes only to pages that are exclusive; without it, to any that was copied. */
  FORCE_NEEDS_EXCLUSIVE(
      "FOLL_FORCE writes through a read-only pte only to an exclusive page",
      Release.V6_0,
      "6.0",
      "5535be309971"),

  /** Between the clearing of a pte and the look at the pins. Of weak memory alone. */
  SHARE_FENCE(
      "a barrier stands between clearing a pte and looking for pins",
      Release.V6_8,
      "6.1",
      "088b8aa537c2"),

  /** Between the pin of gup_fast and its second look at the pte. Of weak memory alone. */
  PIN_FENCE(
      "a barrier stands between the pin of gup_fast and its second look at the pte",
      Release.V6_8,
      "6.1",
      "088b8aa537c2"),

  /** gup_fast reads the pmd again, too. */
  RECHECK_PMD(
      "gup_fast reads the pmd again when it has its reference",
      Release.V6_8,
      "6.1",
      "70cbc3cc78a9"),

  /** khugepaged waits for walks of gup_fast before it uses a page table for something else. */
  COLLAPSE_IPI(
      "khugepaged waits for gup_fast before it goes on with a table that it has cut off",
      Release.V6_8,
      "6.2",
      "2ba99c5e0881"),

  /** Neither a pin of the zero page is counted nor its unpin. */
  ZERO_PAGE_UNCOUNTED(
      "a pin of the zero page takes no references", Release.V6_8, "6.5", "c8070b787519");

  private final String sentence;
  private final @Nullable Release first;
  private final String since;
  private final String commit;

  Switch(String sentence, @Nullable Release first, String since, String commit) {
    this.sentence = sentence;
    this.first = first;
    this.since = since;
    this.commit = commit;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is so where it is on. */
  public String sentence() {
    return sentence;
  }

  /** The release of Linux that came with it, which need not be modelled; empty: of a machine. */
  public String since() {
    return since;
  }

  /** The commit that brought it; empty: it is of a machine. */
  public String commit() {
    return commit;
  }

  /** Whether it is on in the release by itself. */
  boolean isIn(Release release) {
    return first != null && first.compareTo(release) <= 0;
  }

  /** The switch that is written so, with hyphens or as in C. */
  public static Optional<Switch> find(String id) {
    String wanted = id.replace('_', '-');
    return Arrays.stream(values()).filter(one -> one.id().equals(wanted)).findFirst();
  }
}
