// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.claim.Harm.ACTIVE_LOST;
import static org.gupstress.claim.Harm.ASSERTION;
import static org.gupstress.claim.Harm.DISCRIMINATOR_SET;
import static org.gupstress.claim.Harm.FREED_IN_PIN_STATE;
import static org.gupstress.claim.Harm.LINK_OVERWRITTEN;
import static org.gupstress.claim.Harm.PIN_INVISIBLE;
import static org.gupstress.claim.Harm.PIN_OVERWRITTEN;
import static org.gupstress.claim.Harm.PIN_RELEASED;
import static org.gupstress.claim.Harm.PIN_UNCOUNTED;
import static org.gupstress.claim.Harm.REF_LEAKED;
import static org.gupstress.claim.Harm.STRANDED;
import static org.gupstress.claim.Harm.UNEVICTABLE_LOST;
import static org.gupstress.claim.Harm.VIEW_CONFUSED;

import java.util.Set;
import org.gupstress.scenario.Expectations.Row;
import org.gupstress.scenario.Pairs.Use;

/**
 * What the shipped designs must be found to do first in {@link Pairs}, derived from what each
 * disturbance does to the page. Runs end at their first harm, so what follows from one is not here.
 */
final class PairExpectations {
  /** The page is in a pagevec when somebody gets it. */
  private static final Set<String> IN_PAGEVEC = Set.of("drain", "read");

  /** The page may leave the file, and its last reference be that of a look-up of the user. */
  private static final Set<String> DROPS = Set.of("drop-caches", "truncate", "invalidate");

  /** Reclaim has the page on lists of its own. */
  private static final Set<String> RECLAIMS = Set.of("shrink", "kswapd", "shrink-active");

  /** isolate_lru_page and putback_lru_page: the page goes through a pagevec. */
  private static final Set<String> PUTS_BACK = Set.of("mlock", "munlock");

  /** Looks the page up before a pin and drops the reference after it. */
  private static final Set<String> LOOKS_UP = Set.of(
      "deactivate",
      "drop-caches",
      "truncate",
      "invalidate",
      "writeback",
      "fsync",
      "write",
      "fault",
      "munlock",
      "split");

  /** Has a pin of its own. */
  private static final Set<String> PINS = Set.of("pin", "use", "put");

  /** Frees a page that nobody holds but, maybe, by a pin that was given back with put_page. */
  private static final Set<String> FREES =
      Set.of("shrink", "migrate", "truncate", "invalidate", "free");

  private final Use use;
  private final String other;

  private PairExpectations(Use use, String disturbance) {
    this.use = use;
    this.other = disturbance;
  }

  static void add() {
    for (Disturbance disturbance : Disturbance.all()) {
      for (Use use : Use.values()) {
        PairExpectations pair = new PairExpectations(use, disturbance.id());
        pair.july();
        pair.october();
        pair.november();
        pair.successors();
      }
    }
  }

  private Row row(String design) {
    return new Row(design, Pairs.id(use, other));
  }

  private boolean is(String disturbance) {
    return other.equals(disturbance);
  }

  private boolean isUnconverted() {
    return use == Use.UNCONVERTED;
  }

  /** How many of two pins are given back with the design's unpin. */
  private int unpins() {
    return (isUnconverted() ? 0 : 1) + (is("put") ? 0 : 1);
  }

  /** A user that takes its references under the page table lock has none to drop too late. */
  private boolean mayReadAnew() {
    return DROPS.contains(other) || (is("free") && use != Use.WRITE);
  }

  /** A second access finds the page referenced and on an LRU, and this CPU drains it. */
  private boolean isActivated() {
    return switch (other) {
      case "activate" -> true;
      case "read" -> !isUnconverted();
      case "access", "write", "munmap", "pin", "put" -> use == Use.WRITE;
      // gup_fast goes the slow way where the other has just made the pte writable
      case "use" -> !isUnconverted();
      // anonymous memory that is read anew is active from the beginning
      case "free" -> use == Use.READ;
      default -> false;
    };
  }

  /** The page cannot be isolated while it is not where it belongs, and is lost where it can. */
  private void offLru(String design) {
    if (!is("read")) {
      row(design).both("R-01", STRANDED);
    }
    if (IN_PAGEVEC.contains(other) || PUTS_BACK.contains(other) || mayReadAnew()) {
      row(design).both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (RECLAIMS.contains(other) || is("migrate")) {
      row(design).both("K5", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (is("charge")) {
      row(design).both("2.9", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (is("shrink-active")) {
      row(design).both("R-13", ACTIVE_LOST);
    }
    if (is("munlock")) {
      row(design).both("R-13", UNEVICTABLE_LOST);
    }
    if (is("mlock")) {
      row(design).both("R-25", UNEVICTABLE_LOST);
    }
  }

  /** Beside that, whoever looked the page up before gives back a pin, and nobody is unconverted. */
  private void july() {
    String design = "rfc-jul";
    offLru(design);
    if (LOOKS_UP.contains(other)) {
      row(design).both("R-26", PIN_RELEASED, PIN_UNCOUNTED).both("G-01", VIEW_CONFUSED);
    }
    if (PINS.contains(other)) {
      row(design).both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE).both("G-01", VIEW_CONFUSED);
    }
    if (is("use") || (PINS.contains(other) && use == Use.WRITE)) {
      // do_wp_page of the one looks the page up that the other pins
      row(design).both("R-26", PIN_RELEASED);
    }
  }

  private void october() {
    String design = "rfc-oct";
    offLru(design);
    if (PINS.contains(other) && unpins() > 0) {
      row(design).both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (PINS.contains(other) && unpins() == 2) {
      row(design).both("G-01", VIEW_CONFUSED);
    }
    if ((isUnconverted() && !is("read")) || is("put")) {
      row(design).both("R-10", STRANDED);
    }
    // what reclaim and migration would free they cannot isolate
    if (isUnconverted() && Set.of("truncate", "invalidate", "free").contains(other)) {
      row(design).both("R-12", FREED_IN_PIN_STATE);
    }
  }

  private void november() {
    String design = "rfc-nov";
    switch (other) {
      case "drain" -> overwrites("R-07");
      case "charge" -> overwrites("2.9");
      case "migrate", "mlock", "munlock" -> overwrites("R-05");
      default -> {}
    }
    if (is("drain")) {
      row(design).both("R-08", STRANDED);
    }
    if (PINS.contains(other) && !isUnconverted()) {
      overwrites("R-07");
      row(design).both(is("put") ? "R-10" : "R-09", STRANDED);
    }
    if (RECLAIMS.contains(other)) {
      // list_move leaves no poison: the page is linked until it comes to a list that ends the run
      row(design).both("R-05", LINK_OVERWRITTEN, PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE);
    }
    if (RECLAIMS.contains(other) || is("migrate") || isActivated()) {
      row(design).both("1.2", DISCRIMINATOR_SET);
    }
    if ((LOOKS_UP.contains(other) || is("read")) && !isUnconverted()) {
      row(design).debug("G-04", VIEW_CONFUSED, ASSERTION);
    }
    if ((isUnconverted() && !is("read")) || is("put")) {
      row(design).both("R-10", REF_LEAKED, STRANDED);
    }
    if (isUnconverted() && is("mlock")) {
      // for ever, where an unpin would mend it
      row(design).both("R-10", UNEVICTABLE_LOST);
    }
  }

  /** PG_lru is clear, the page is still linked, and pin and list stores overwrite each other. */
  private void overwrites(String cause) {
    Row row = row("rfc-nov")
        .both(cause, LINK_OVERWRITTEN, PIN_OVERWRITTEN)
        .both(cause, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .debug(cause, ASSERTION);
    if (isUnconverted() || is("put")) {
      // only the assertion in put_page reads the count of a pin that nobody unpins
      row.debug(cause, VIEW_CONFUSED);
    } else {
      row.both("R-03", VIEW_CONFUSED);
    }
  }

  /** Callers that were not converted. */
  private void successors() {
    if (!isUnconverted() && !is("put")) {
      return;
    }
    row("rfc-fixed").both("R-10", REF_LEAKED, STRANDED);
    row("foll-pin").both("R-10", REF_LEAKED);
    if (is("mlock")) {
      row("rfc-fixed").both("R-10", UNEVICTABLE_LOST);
    }
    if (FREES.contains(other)) {
      row("page-ext").production("R-10", FREED_IN_PIN_STATE).debug("R-10", ASSERTION);
    }
  }
}
