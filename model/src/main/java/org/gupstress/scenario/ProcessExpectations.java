// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.claim.Harm.ASSERTION;
import static org.gupstress.claim.Harm.FORCED_SHARED;
import static org.gupstress.claim.Harm.LEAKED;
import static org.gupstress.claim.Harm.PINNED_SHARED;
import static org.gupstress.claim.Harm.PIN_DIVERGED;
import static org.gupstress.claim.Harm.TABLE_WALKED;
import static org.gupstress.claim.Harm.WRONG_PAGE;
import static org.gupstress.page.Switch.ANON_EXCLUSIVE;
import static org.gupstress.page.Switch.COLLAPSE_IPI;
import static org.gupstress.page.Switch.CONTINUE_DIRTIES_PTE;
import static org.gupstress.page.Switch.FLUSH_IPI;
import static org.gupstress.page.Switch.FORCE_NEEDS_EXCLUSIVE;
import static org.gupstress.page.Switch.HAS_PINNED;
import static org.gupstress.page.Switch.RECHECK_HEAD;
import static org.gupstress.page.Switch.RECHECK_PMD;
import static org.gupstress.page.Switch.REUSE_BY_REFCOUNT;
import static org.gupstress.page.Switch.SOFT_DIRTY_SKIPS_PINNED;
import static org.gupstress.page.Switch.WRITE_PROTECT_SEQ;

import java.util.List;
import java.util.function.Predicate;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.ExpectationTable.Row;
import org.gupstress.scenario.ProcessPairs.Change;
import org.gupstress.scenario.ProcessPairs.Use;
import org.jspecify.annotations.Nullable;

/**
 * What the shipped designs must be found to do where processes fork and share pages, by the
 * switches of the kernel: derived from what each does to pte, page and pin.
 *
 * <p>Three rules say whether the write fault of a process that has pinned its page gives it another
 * one. By mapcount (to 5.8): if a child maps it, too. By references (5.9 to 5.18): always, since a
 * pin is one; so a pinned page must never become read-only. By PG_anon_exclusive: if the page is
 * not exclusive; so a pinned page must stay exclusive.
 */
final class ProcessExpectations {
  private static final Predicate<Kernel> EXCLUSIVE = has(ANON_EXCLUSIVE);
  private static final Predicate<Kernel> NOT_EXCLUSIVE = EXCLUSIVE.negate();
  private static final Predicate<Kernel> ALWAYS = EXCLUSIVE.or(NOT_EXCLUSIVE);

  /** Where a plain reference is enough for a write fault to copy. */
  private static final Predicate<Kernel> BY_REFERENCES = has(REUSE_BY_REFCOUNT).or(EXCLUSIVE);

  /** Where a pin is enough. */
  private static final Predicate<Kernel> BY_REFERENCES_ALONE = BY_REFERENCES.and(NOT_EXCLUSIVE);

  /** Where fork shares what is pinned. */
  private static final Predicate<Kernel> SHARES = has(HAS_PINNED).negate();

  /** Where fork shares what gup_fast pins meanwhile. */
  private static final Predicate<Kernel> SHARES_FAST =
      SHARES.or(has(WRITE_PROTECT_SEQ).negate());

  /** Where gup_fast does not see that its table was cut off, and nobody waits for it. */
  private static final Predicate<Kernel> CUTS_OFF =
      has(RECHECK_PMD).or(has(FLUSH_IPI)).or(has(COLLAPSE_IPI)).negate();

  /** Where a table is given back while gup_fast walks it. */
  private static final Predicate<Kernel> WAITS_FOR_NOBODY =
      has(FLUSH_IPI).or(has(COLLAPSE_IPI)).negate();

  /** Where FOLL_FORCE trusts a pte that is dirty, and others make such. */
  private static final Predicate<Kernel> FORCES =
      has(FORCE_NEEDS_EXCLUSIVE).negate().and(has(CONTINUE_DIRTIES_PTE));

  /** Where a page that gup_fast has looked at may be another when it has its reference. */
  private static final Predicate<Kernel> MOVES_HEADS =
      has(RECHECK_HEAD).or(has(FLUSH_IPI)).negate();

  /** A pin is told from a reference. */
  private static final List<String> TELLING = List.of("page-ext", "foll-pin");

  private static final String LARGE = "fork-vs-fast-pin-large";

  private static final String UNPATCHED = "get-page";

  private final ExpectationTable.Builder expected;

  private ProcessExpectations(ExpectationTable.Builder expected) {
    this.expected = expected;
  }

  private static Predicate<Kernel> has(org.gupstress.page.Switch one) {
    return kernel -> kernel.has(one);
  }

  /** Adds all of it. */
  static void addTo(ExpectationTable.Builder expected) {
    ProcessExpectations all = new ProcessExpectations(expected);
    for (Change change : Change.values()) {
      for (Use use : Use.values()) {
        all.add(ProcessPairs.id(use, change), use, change);
      }
    }
    all.add("fork-vs-fast-pin", Use.FAST_WRITE, Change.FORK);
    all.add(LARGE, Use.FAST_WRITE, Change.FORK);
    all.add("fork-vs-fast-pin-ro", Use.FAST_READ, Change.FORK);
    all.add("unshare-vs-fast-pin", Use.FAST_WRITE, Change.KSM);
    all.add("unshare-vs-fast-pin-ro", Use.FAST_READ, Change.KSM);
    all.add("soft-dirty-vs-fast-pin", Use.FAST_WRITE, Change.SOFT_DIRTY);
    all.add("wp-reuse-vs-pin", Use.FAST_READ, Change.REUSE);
    all.add("collapse-vs-fast-gup", Use.FAST_WRITE, Change.COLLAPSE);
    for (String design : List.of(UNPATCHED, "page-ext", "foll-pin")) {
      all.row(design, "cow-either-way").where(BY_REFERENCES.negate(), "M-01", LEAKED);
      all.row(design, "split-vs-fast-gup")
          .where(MOVES_HEADS, "M-14", WRONG_PAGE)
          .where(MOVES_HEADS.and(Kernel::debugVm), "M-14", ASSERTION);
      all.row(design, "force-vs-continue").where(FORCES, "M-07", FORCED_SHARED);
    }
  }

  /**
   * Why one of the postings of 2018 does it, of whom nothing must be found here: they are patches
   * to 4.19, whose fork shares what is pinned. Null: for a race of its own.
   */
  static @Nullable String causeOfPosting(Harm harm) {
    return switch (harm) {
      case LEAKED -> "M-01";
      case PIN_DIVERGED, PINNED_SHARED -> "M-02";
      case WRONG_PAGE, ASSERTION -> "M-14";
      // khugepaged has isolated the page: it has it in hand
      case FREED_IN_PIN_STATE -> "R-05";
      default -> null;
    };
  }

  private Row row(String design, String scenario) {
    return expected.row(design, scenario);
  }

  private void add(String scenario, Use use, Change change) {
    for (String design : TELLING) {
      telling(row(design, scenario), use, change);
    }
    if (use.isPin() && (change == Change.FORK || change == Change.EXIT)) {
      // sanity_check_pinned_pages finds what fork has shared, when it is unpinned
      Predicate<Kernel> checks = EXCLUSIVE.and(Kernel::debugVm);
      // of a large page one part is enough, and fork sees the pin before it comes to the second
      boolean isLarge = scenario.equals(LARGE);
      Predicate<Kernel> shares = use.isFast() && !isLarge ? SHARES_FAST : SHARES;
      row("foll-pin", scenario).where(checks.and(shares), "M-03", ASSERTION);
    }
    unpatched(row(UNPATCHED, scenario), use, change);
  }

  /** A design that the kernel can ask. */
  private static void telling(Row row, Use use, Change change) {
    switch (change) {
      case FORK, EXIT -> forked(row, use);
      case COPY -> {
        if (use.isPin() && !use.writes()) {
          // the pin that reads has the page that the child has
          row.where(NOT_EXCLUSIVE, "M-02", PINNED_SHARED, PIN_DIVERGED);
        }
      }
      case UNSHARE -> row.where(NOT_EXCLUSIVE, "M-02", PINNED_SHARED, PIN_DIVERGED);
      case REUSE, GET, KSM -> {
        if (use.isPin() && !use.writes()) {
          row.where(BY_REFERENCES_ALONE, "M-02", PIN_DIVERGED);
        }
      }
      case SOFT_DIRTY -> {
        if (use == Use.SLOW_WRITE) {
          // whoever has mmap_lock sees the pin
          Predicate<Kernel> looks = has(SOFT_DIRTY_SKIPS_PINNED);
          row.where(BY_REFERENCES_ALONE.and(looks.negate()), "M-06", PIN_DIVERGED);
        } else if (use.isPin()) {
          // gup_fast pins when clear_refs has looked
          row.where(BY_REFERENCES_ALONE, "M-06", PIN_DIVERGED);
        }
      }
      case MPROTECT -> {
        if (use.isPin()) {
          row.where(BY_REFERENCES_ALONE, "M-02", PIN_DIVERGED);
        }
      }
      case COLLAPSE -> collapsed(row, use);
      case ZAP -> {}
    }
  }

  private static void forked(Row row, Use use) {
    Predicate<Kernel> shares = use.isFast() ? SHARES_FAST : SHARES;
    String cause = use.isFast() ? "M-03" : "M-02";
    if (use.writes()) {
      row.where(shares, cause, PINNED_SHARED, PIN_DIVERGED, LEAKED);
    } else if (use.isPin()) {
      // or the pin comes after the fork
      row.where(shares.or(NOT_EXCLUSIVE), cause, PINNED_SHARED, PIN_DIVERGED);
    }
  }

  private static void collapsed(Row row, Use use) {
    if (use.isFast()) {
      row.where(CUTS_OFF, "M-11", PIN_DIVERGED);
    }
    if (use.isFast() || use == Use.GET) {
      row.where(WAITS_FOR_NOBODY, "M-12", TABLE_WALKED);
    }
  }

  /** A pin is a reference, and the kernel takes it for any other. */
  private static void unpatched(Row row, Use use, Change change) {
    switch (change) {
      case FORK, EXIT -> {
        if (use.writes()) {
          row.where(ALWAYS, "M-02", PIN_DIVERGED, LEAKED);
        } else if (use.isPin()) {
          row.where(ALWAYS, "M-02", PIN_DIVERGED);
        }
      }
      case COPY -> {
        if (use.isPin() && !use.writes()) {
          row.where(ALWAYS, "M-02", PIN_DIVERGED);
        }
      }
      case UNSHARE -> row.where(ALWAYS, "M-02", PIN_DIVERGED);
      case REUSE, GET, KSM -> {
        if (use.isPin() && !use.writes()) {
          row.where(BY_REFERENCES, "M-02", PIN_DIVERGED);
        }
      }
      case SOFT_DIRTY, MPROTECT -> {
        if (use.isPin()) {
          row.where(BY_REFERENCES_ALONE, "M-02", PIN_DIVERGED);
        }
      }
      case COLLAPSE -> collapsed(row, use);
      case ZAP -> {}
    }
  }
}
