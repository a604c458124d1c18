// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.claim.Harm.ACTIVE_LOST;
import static org.gupstress.claim.Harm.ASSERTION;
import static org.gupstress.claim.Harm.BAD_PAGE;
import static org.gupstress.claim.Harm.DEADLOCK;
import static org.gupstress.claim.Harm.DISCRIMINATOR_SET;
import static org.gupstress.claim.Harm.ENDLESS;
import static org.gupstress.claim.Harm.FREED_IN_PIN_STATE;
import static org.gupstress.claim.Harm.FREED_IN_USE;
import static org.gupstress.claim.Harm.FREED_LINKED;
import static org.gupstress.claim.Harm.FREED_REFERENCED;
import static org.gupstress.claim.Harm.IRQ_UNSAFE;
import static org.gupstress.claim.Harm.LATE_TOUCH;
import static org.gupstress.claim.Harm.LINK_OVERWRITTEN;
import static org.gupstress.claim.Harm.LIST_INCONSISTENT;
import static org.gupstress.claim.Harm.LIST_UNLOCKED;
import static org.gupstress.claim.Harm.LRU_MISMATCH;
import static org.gupstress.claim.Harm.NOT_HELD;
import static org.gupstress.claim.Harm.NOT_RECLAIMED;
import static org.gupstress.claim.Harm.PIN_ERASED_IN_HAND;
import static org.gupstress.claim.Harm.PIN_INVISIBLE;
import static org.gupstress.claim.Harm.PIN_OVERWRITTEN;
import static org.gupstress.claim.Harm.PIN_RELEASED;
import static org.gupstress.claim.Harm.PIN_UNCOUNTED;
import static org.gupstress.claim.Harm.REFERENCED_LOST;
import static org.gupstress.claim.Harm.REF_LEAKED;
import static org.gupstress.claim.Harm.REF_MISMATCH;
import static org.gupstress.claim.Harm.STRANDED;
import static org.gupstress.claim.Harm.UNEVICTABLE_LOST;
import static org.gupstress.claim.Harm.UNPIN_AFTER_FREE;
import static org.gupstress.claim.Harm.VIEW_CONFUSED;
import static org.gupstress.claim.Harm.VIEW_TORN;
import static org.gupstress.claim.Harm.WILD_POINTER;

/**
 * What the shipped designs must be found to do in the scenarios of pins and lists. A branch ends
 * where an assertion fires, so a debug kernel shows less of what would follow.
 */
final class PinExpectations {
  private PinExpectations() {}

  static void addTo(ExpectationTable.Builder expected) {
    july(expected);
    october(expected);
    november(expected);
    successors(expected);
  }

  /**
   * The page is lost as in October, but who puts a reference looks at the flag first: the unpin of
   * a pin that was not counted is an ordinary put (no R-03), and nobody is left unconverted.
   */
  private static void july(ExpectationTable.Builder expected) {
    String design = "rfc-jul";
    handover(expected, design);
    expected
        .row(design, "pin-unpin")
        .both("R-01", STRANDED, PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-15", VIEW_CONFUSED);
    expected.row(design, "fault-pin-unpin").both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "repin-before-drain").both("R-01", STRANDED, PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "pin-vs-drain")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "pin-in-pagevec").both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "uncounted-then-counted")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-04", PIN_RELEASED, PIN_INVISIBLE, PIN_OVERWRITTEN)
        .both("R-15", VIEW_CONFUSED);
    expected
        .row(design, "pin-vs-reclaim")
        .both("R-01", STRANDED)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "unconverted-put")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "pin-active-page")
        .both("R-01", STRANDED, PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-13", ACTIVE_LOST, UNEVICTABLE_LOST, REFERENCED_LOST);
    expected
        .row(design, "fast-gup-vs-unmap")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "pressure")
        .both("R-01", STRANDED, NOT_RECLAIMED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "unpin-in-interrupt")
        .both("R-01", STRANDED)
        .both("R-14", DEADLOCK, IRQ_UNSAFE);
    expected.row(design, "pin-device-page").both("R-18", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "pin-hugetlb-page").both("R-18", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected.row(design, "pin-zero-page").both("R-19", PIN_UNCOUNTED, PIN_INVISIBLE);
    expected
        .row(design, "split-after-unpin")
        .both("R-01", STRANDED)
        .both("R-22", STRANDED)
        .both("R-15", VIEW_CONFUSED);
    expected
        .row(design, "memcg-charge-vs-pin")
        .both("R-01", STRANDED)
        .both("R-16", PIN_UNCOUNTED, PIN_INVISIBLE);
  }

  /** The first to give its pin back loses the page, and the next one finds it lost. */
  private static void handover(ExpectationTable.Builder expected, String design) {
    for (String scenario : new String[] {"pin-handover", "gup-handover"}) {
      expected
          .row(design, scenario)
          .both("R-01", STRANDED, PIN_UNCOUNTED, PIN_INVISIBLE)
          .both("R-15", VIEW_CONFUSED);
    }
  }

  /**
   * A lost page cannot be isolated again, a fresh one not yet, one in reclaim's hands
   * not now: the pin is not counted. Its unpin decrements whatever lies in lru.prev,
   * or fires the assertions in front of it.
   */
  private static void october(ExpectationTable.Builder expected) {
    String design = "rfc-oct";
    handover(expected, design);
    expected
        .row(design, "pin-unpin")
        .both("R-01", STRANDED)
        .both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .both("R-15", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "fault-pin-unpin")
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED, VIEW_TORN)
        .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "repin-before-drain")
        .both("R-01", STRANDED)
        .both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "pin-vs-drain")
        .production("R-03", LIST_INCONSISTENT)
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED, LINK_OVERWRITTEN)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "pin-in-pagevec")
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "uncounted-then-counted")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-04", PIN_RELEASED, PIN_INVISIBLE, PIN_OVERWRITTEN)
        .production("R-03", VIEW_CONFUSED, VIEW_TORN)
        .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-15", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "pin-vs-reclaim")
        .both("R-01", STRANDED)
        .both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED, VIEW_TORN)
        .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "unconverted-put")
        .both("R-12", LIST_UNLOCKED)
        .both("G-02", NOT_HELD, LATE_TOUCH, FREED_IN_USE)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-10", STRANDED)
        .both("R-12", FREED_IN_PIN_STATE, UNPIN_AFTER_FREE, VIEW_CONFUSED, VIEW_TORN)
        .both("R-12", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .both("G-02", REF_MISMATCH, FREED_REFERENCED)
        .debug("G-02", BAD_PAGE)
        .debug("R-12", ASSERTION);
    expected
        .row(design, "pin-active-page")
        .both("R-01", STRANDED)
        .both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE)
        .both("R-13", ACTIVE_LOST, UNEVICTABLE_LOST, REFERENCED_LOST)
        .production("R-03", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "fast-gup-vs-unmap")
        .both("R-01", STRANDED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "pressure")
        .both("R-01", STRANDED, NOT_RECLAIMED)
        .both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED, VIEW_TORN)
        .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-03", ASSERTION);
    expected
        .row(design, "unpin-in-interrupt")
        .both("R-01", STRANDED)
        .both("R-14", DEADLOCK, IRQ_UNSAFE);
    expected
        .row(design, "pin-device-page")
        .both("R-18", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-18", VIEW_CONFUSED)
        .debug("R-18", ASSERTION);
    expected
        .row(design, "pin-hugetlb-page")
        .both("R-18", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-18", VIEW_CONFUSED, VIEW_TORN)
        .production("R-18", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-18", ASSERTION);
    expected
        .row(design, "pin-zero-page")
        .both("R-19", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-19", VIEW_CONFUSED)
        .debug("R-19", ASSERTION);
    expected.row(design, "split-after-unpin").both("R-01", STRANDED).both("R-22", STRANDED);
    expected
        .row(design, "memcg-charge-vs-pin")
        .both("R-01", STRANDED)
        .both("R-16", PIN_UNCOUNTED, PIN_INVISIBLE)
        .production("R-03", VIEW_CONFUSED, VIEW_TORN)
        .production("R-03", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .debug("R-03", ASSERTION);
  }

  /**
   * The pin proceeds without isolation: over a listed page, under the hands of reclaim
   * across a drain. What a drain skips is lost, and so is what is pinned
   * again too early.
   */
  private static void november(ExpectationTable.Builder expected) {
    String design = "rfc-nov";
    for (String scenario : new String[] {"pin-unpin", "pin-handover", "gup-handover"}) {
      expected.row(design, scenario).debug("R-15", ASSERTION);
    }
    expected.row(design, "fault-pin-unpin").both("R-08", STRANDED);
    expected.row(design, "repin-before-drain").both("R-09", STRANDED);
    expected
        .row(design, "pin-vs-drain")
        .both("R-07", LIST_INCONSISTENT)
        .both("R-07", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-07", LINK_OVERWRITTEN)
        .both("R-03", VIEW_CONFUSED)
        .both("R-07", STRANDED)
        .both("R-08", STRANDED)
        .debug("R-07", ASSERTION);
    expected
        .row(design, "uncounted-then-counted")
        .both("R-07", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-07", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER, REF_LEAKED)
        .both("R-03", VIEW_CONFUSED, VIEW_TORN)
        .both("R-08", STRANDED)
        .debug("R-07", ASSERTION);
    expected
        .row(design, "pin-vs-reclaim")
        .both("R-30", NOT_HELD)
        .production("R-30", LATE_TOUCH, FREED_IN_USE, FREED_LINKED, LIST_UNLOCKED)
        .both("R-05", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .both("R-05", VIEW_CONFUSED, VIEW_TORN, PIN_UNCOUNTED, PIN_OVERWRITTEN)
        .both("R-05", PIN_RELEASED, PIN_INVISIBLE)
        .both("R-06", PIN_ERASED_IN_HAND, PIN_RELEASED, PIN_INVISIBLE)
        .both("R-30", DISCRIMINATOR_SET, REF_MISMATCH, FREED_REFERENCED)
        .production("R-30", ENDLESS)
        .debug("R-05", ASSERTION, LRU_MISMATCH, ENDLESS);
    expected
        .row(design, "unconverted-put")
        .both("G-02", NOT_HELD)
        .both("R-10", REF_LEAKED, STRANDED)
        .both("G-02", REF_MISMATCH, FREED_REFERENCED);
    expected
        .row(design, "pin-active-page")
        .both("R-09", STRANDED)
        .both("R-13", UNEVICTABLE_LOST)
        .both("R-30", DISCRIMINATOR_SET);
    expected
        .row(design, "pressure")
        .both("R-07", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-07", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .both("R-03", VIEW_CONFUSED)
        .both("R-08", STRANDED, NOT_RECLAIMED)
        .both("R-30", DISCRIMINATOR_SET)
        .debug("R-07", VIEW_TORN, LRU_MISMATCH, ASSERTION);
    expected.row(design, "unpin-in-interrupt").both("R-14", DEADLOCK, IRQ_UNSAFE);
    expected
        .row(design, "pin-device-page")
        .both("R-18", VIEW_CONFUSED, WILD_POINTER)
        .debug("R-15", ASSERTION);
    expected
        .row(design, "pin-hugetlb-page")
        .both("R-18", LINK_OVERWRITTEN, LIST_INCONSISTENT, VIEW_CONFUSED, VIEW_TORN)
        .both("R-18", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-30", DISCRIMINATOR_SET)
        .production("R-18", WILD_POINTER, FREED_IN_PIN_STATE)
        .debug("R-18", ASSERTION, STRANDED);
    expected.row(design, "pin-zero-page").debug("R-15", ASSERTION);
    expected
        .row(design, "memcg-charge-vs-pin")
        .both("R-16", PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .both("R-16", LINK_OVERWRITTEN, LIST_INCONSISTENT, WILD_POINTER)
        .both("R-16", VIEW_CONFUSED, VIEW_TORN)
        .debug("R-16", LRU_MISMATCH, ASSERTION);
    expected.row(design, "split-after-unpin").debug("R-17", VIEW_CONFUSED, ASSERTION);
  }

  /** What no change of the pin protocol mends: callers that were not converted, and interrupts. */
  private static void successors(ExpectationTable.Builder expected) {
    expected
        .row("rfc-fixed", "unconverted-put")
        .both("G-02", NOT_HELD)
        .both("R-10", REF_LEAKED, STRANDED)
        .both("G-02", REF_MISMATCH, FREED_REFERENCED);
    expected.row("rfc-fixed", "unpin-in-interrupt").both("R-14", DEADLOCK, IRQ_UNSAFE);
    expected
        .row("page-ext", "unconverted-put")
        .both("G-02", NOT_HELD, LATE_TOUCH, FREED_IN_USE)
        .production("R-10", FREED_IN_PIN_STATE)
        .production("G-02", UNPIN_AFTER_FREE)
        .both("G-02", REF_MISMATCH, FREED_REFERENCED)
        .debug("G-02", BAD_PAGE)
        .debug("R-10", ASSERTION);
    expected
        .row("foll-pin", "unconverted-put")
        .both("G-02", NOT_HELD, LATE_TOUCH, FREED_IN_USE)
        .both("R-10", REF_LEAKED)
        .both("G-02", REF_MISMATCH, FREED_REFERENCED)
        .debug("G-02", BAD_PAGE)
        .debug("G-02", ASSERTION);
  }
}
