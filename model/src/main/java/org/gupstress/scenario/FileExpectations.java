// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.claim.Harm.ACCOUNTING;
import static org.gupstress.claim.Harm.ACTIVE_LOST;
import static org.gupstress.claim.Harm.ASSERTION;
import static org.gupstress.claim.Harm.BAD_PAGE;
import static org.gupstress.claim.Harm.DEADLOCK;
import static org.gupstress.claim.Harm.DISCRIMINATOR_SET;
import static org.gupstress.claim.Harm.ENDLESS;
import static org.gupstress.claim.Harm.FREED_IN_USE;
import static org.gupstress.claim.Harm.FREED_LINKED;
import static org.gupstress.claim.Harm.FREED_REFERENCED;
import static org.gupstress.claim.Harm.LATE_TOUCH;
import static org.gupstress.claim.Harm.LINK_OVERWRITTEN;
import static org.gupstress.claim.Harm.LIST_INCONSISTENT;
import static org.gupstress.claim.Harm.LIST_UNLOCKED;
import static org.gupstress.claim.Harm.LOCK_ORDER;
import static org.gupstress.claim.Harm.LOST_WRITE;
import static org.gupstress.claim.Harm.LRU_MISMATCH;
import static org.gupstress.claim.Harm.NOT_HELD;
import static org.gupstress.claim.Harm.NOT_MOVED;
import static org.gupstress.claim.Harm.NO_BUFFERS;
import static org.gupstress.claim.Harm.PIN_ERASED_IN_HAND;
import static org.gupstress.claim.Harm.PIN_INVISIBLE;
import static org.gupstress.claim.Harm.PIN_OVERWRITTEN;
import static org.gupstress.claim.Harm.PIN_RELEASED;
import static org.gupstress.claim.Harm.PIN_UNCOUNTED;
import static org.gupstress.claim.Harm.REF_MISMATCH;
import static org.gupstress.claim.Harm.STRANDED;
import static org.gupstress.claim.Harm.UNEVICTABLE_LOST;
import static org.gupstress.claim.Harm.VIEW_CONFUSED;
import static org.gupstress.claim.Harm.VIEW_TORN;
import static org.gupstress.claim.Harm.WILD_POINTER;

import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;

/** What the shipped designs must be found to do in {@link FileScenarios}. */
final class FileExpectations {
  private FileExpectations() {}

  static void addTo(ExpectationTable.Builder expected) {
    everybody(expected);
    july(expected);
    october(expected);
    november(expected);
    expected.row("rfc-fixed", "isolated-accounting").both("R-24", ACCOUNTING);
    for (String design : new String[] {"rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed"}) {
      // a pinned page that is off the LRU is counted nowhere; users' scenarios all look at that
      expected.row(design, Expectations.ANYWHERE).both("R-24", ACCOUNTING);
    }
  }

  /** What no way of counting pins mends, as long as writeback and reclaim do not ask. */
  private static void everybody(ExpectationTable.Builder expected) {
    for (PinDesign design : Designs.all()) {
      expected.row(design.id(), "writeback-vs-dma").both("R-20", NO_BUFFERS);
      expected.row(design.id(), "unpin-without-dirtying").both("G-03", LOST_WRITE);
    }
    // the unpin of the others has put the page into the pagevec of the CPU that ends the writeback
    for (String design : new String[] {"get-page", "rfc-jul", "rfc-oct", "page-ext", "foll-pin"}) {
      expected.row(design, "truncate-under-writeback").both("R-29", LATE_TOUCH);
    }
  }

  /**
   * Every put of a look-up of a fault, of a mapping or of the cache gives back a pin (R-26, Kara).
   * What the flusher and truncation look up they give back with release_pages, which does not.
   */
  private static void july(ExpectationTable.Builder expected) {
    String design = "rfc-jul";
    for (String scenario : new String[] {
      "writeback-vs-dma",
      "dirty-unpin-vs-writeback",
      "unpin-without-dirtying",
      "truncate-pinned",
      "truncate-under-writeback",
      "july-abba"
    }) {
      expected.row(design, scenario).both("R-01", STRANDED);
    }
    expected
        .row(design, "truncate-pinned")
        .both("R-26", PIN_RELEASED, PIN_INVISIBLE, PIN_OVERWRITTEN, PIN_UNCOUNTED)
        .both("R-15", VIEW_CONFUSED);
    expected.row(design, "july-abba").both("R-15", VIEW_CONFUSED);
    expected.row(design, "writeback-vs-dma").both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "truncate-pinned").both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "july-abba")
        .both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-26", DEADLOCK, LOCK_ORDER);
    expected
        .row(design, "migrate-unpinned")
        .both("R-01", STRANDED)
        .both("R-23", NOT_MOVED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "isolated-accounting").both("R-01", STRANDED).both("R-24", ACCOUNTING);
    expected
        .row(design, "mlock-pinned")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-25", UNEVICTABLE_LOST);
    expected
        .row(design, "pin-vs-deactivation")
        .both("R-01", STRANDED)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-13", ACTIVE_LOST);
    expected
        .row(design, "pin-vs-refault")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "kswapd-meets-direct").both("R-01", STRANDED);
  }

  private static void october(ExpectationTable.Builder expected) {
    String design = "rfc-oct";
    for (String scenario : new String[] {
      "writeback-vs-dma",
      "migrate-unpinned",
      "mlock-pinned",
      "pin-vs-deactivation",
      "pin-vs-refault"
    }) {
      expected
          .row(design, scenario)
          .both("R-01", STRANDED)
          .production("R-03", VIEW_CONFUSED, VIEW_TORN)
          .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
          .debug("R-03", ASSERTION);
    }
    expected.row(design, "writeback-vs-dma").both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "dirty-unpin-vs-writeback").both("R-01", STRANDED);
    expected.row(design, "unpin-without-dirtying").both("R-01", STRANDED);
    expected.row(design, "truncate-under-writeback").both("R-01", STRANDED);
    expected
        .row(design, "truncate-pinned")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "migrate-unpinned")
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-23", NOT_MOVED);
    expected.row(design, "isolated-accounting").both("R-01", STRANDED).both("R-24", ACCOUNTING);
    expected
        .row(design, "mlock-pinned")
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-25", UNEVICTABLE_LOST);
    expected
        .row(design, "pin-vs-deactivation")
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-13", ACTIVE_LOST);
    expected
        .row(design, "pin-vs-refault")
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "kswapd-meets-direct").both("R-01", STRANDED);
    expected
        .row(design, "july-abba")
        .both("R-01", STRANDED, PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .both("R-15", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
  }

  private static void november(ExpectationTable.Builder expected) {
    String design = "rfc-nov";
    for (String scenario : new String[] {
      "writeback-vs-dma",
      "migrate-unpinned",
      "mlock-pinned",
      "pin-vs-deactivation",
      "pin-vs-refault"
    }) {
      expected
          .row(design, scenario)
          .both("R-05", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
          .both("R-05", VIEW_CONFUSED, VIEW_TORN, PIN_UNCOUNTED, PIN_OVERWRITTEN)
          .both("R-05", PIN_RELEASED, PIN_INVISIBLE)
          .debug("R-05", ASSERTION);
    }
    for (String scenario :
        new String[] {"writeback-vs-dma", "pin-vs-deactivation", "pin-vs-refault"}) {
      expected
          .row(design, scenario)
          .both("R-06", PIN_ERASED_IN_HAND, PIN_RELEASED, PIN_INVISIBLE)
          .both("R-30", DISCRIMINATOR_SET, REF_MISMATCH)
          .both("R-30", NOT_HELD)
          .production("R-30", FREED_REFERENCED, ENDLESS)
          // what was freed while it was on an LRU goes to a free list as well
          .production("R-30", LATE_TOUCH, FREED_IN_USE, FREED_LINKED, LIST_UNLOCKED);
    }
    // shrink_page_list asserts !PageActive where a page goes round in the other
    expected.row(design, "pin-vs-deactivation").debug("R-05", ENDLESS);
    expected.row(design, "pin-vs-refault").debug("R-05", ENDLESS);
    expected.row(design, "pin-vs-deactivation").debug("R-30", FREED_REFERENCED, LRU_MISMATCH);
    expected.row(design, "pin-vs-refault").debug("R-30", FREED_REFERENCED);
    // in a debug kernel the flag that stays is found by the assertion in put_page
    expected
        .row(design, "migrate-unpinned")
        .production("R-05", STRANDED)
        .production("R-23", NOT_MOVED)
        .production("R-30", NOT_MOVED)
        .both("R-30", DISCRIMINATOR_SET, REF_MISMATCH, FREED_REFERENCED, LRU_MISMATCH)
        .both("R-30", NOT_HELD, LATE_TOUCH, FREED_LINKED, LIST_UNLOCKED)
        .production("R-30", FREED_IN_USE)
        .debug("R-30", BAD_PAGE);
    // mlock touches the page, and so it is on the active list when it is pinned again
    expected.row(design, "mlock-pinned").both("R-30", DISCRIMINATOR_SET, REF_MISMATCH, NOT_HELD);
    expected.row(design, "truncate-pinned").debug("R-17", ASSERTION, VIEW_CONFUSED);
    expected
        .row(design, "isolated-accounting")
        .both("R-24", ACCOUNTING)
        .both("R-30", DISCRIMINATOR_SET);
    expected.row(design, "kswapd-meets-direct").both("R-30", DISCRIMINATOR_SET);
    // nobody pins, and the flag of November is set all the same: lists of reclaim begin at odd
    // heads
    expected.row(design, "mapped-twice").both("R-30", DISCRIMINATOR_SET);
    // the flusher's pagevec_release drains what an unpin has put back
    expected
        .row(design, "july-abba")
        .both("R-07", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-07", LINK_OVERWRITTEN, LIST_INCONSISTENT)
        .both("R-03", VIEW_CONFUSED)
        .both("R-08", STRANDED)
        .debug("R-07", ASSERTION)
        .debug("R-15", ASSERTION);
  }
}
