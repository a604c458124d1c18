// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.claim.Harm.ACTIVE_LOST;
import static org.gupstress.claim.Harm.ASSERTION;
import static org.gupstress.claim.Harm.BAD_PAGE;
import static org.gupstress.claim.Harm.DEADLOCK;
import static org.gupstress.claim.Harm.DISCRIMINATOR_SET;
import static org.gupstress.claim.Harm.FREED_IN_PIN_STATE;
import static org.gupstress.claim.Harm.IRQ_UNSAFE;
import static org.gupstress.claim.Harm.LATE_TOUCH;
import static org.gupstress.claim.Harm.LINK_OVERWRITTEN;
import static org.gupstress.claim.Harm.LOCK_ORDER;
import static org.gupstress.claim.Harm.PIN_INVISIBLE;
import static org.gupstress.claim.Harm.PIN_OVERWRITTEN;
import static org.gupstress.claim.Harm.PIN_RELEASED;
import static org.gupstress.claim.Harm.PIN_UNCOUNTED;
import static org.gupstress.claim.Harm.REF_LEAKED;
import static org.gupstress.claim.Harm.STRANDED;
import static org.gupstress.claim.Harm.UNEVICTABLE_LOST;
import static org.gupstress.claim.Harm.VIEW_CONFUSED;

import java.util.Set;
import org.gupstress.scenario.ExpectationTable.Row;
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
  private static final Set<String> RECLAIMS =
      Set.of("shrink", "launder", "kswapd", "shrink-active", "scan");

  /** Reclaim works on its neighbour, and on it where it is not isolated by its pin. */
  private static final Set<String> RECLAIMS_OTHERS = Set.of("balance", "shortage");

  /** On no LRU: the union is in use. */
  private static final Set<String> ON_NO_LRU = Set.of("dax", "layout", "pool", "pool-free");

  /** isolate_lru_page and putback_lru_page: the page goes through a pagevec. */
  private static final Set<String> PUTS_BACK = Set.of("mlock", "munlock");

  /**
   * Gets the page before a pin and gives it back with put_page after it. The flusher, truncation,
   * invalidation and munlock give back what they looked up with release_pages, which neither asks a
   * design nor asserts.
   */
  private static final Set<String> PUTS = Set.of("activate", "write", "fsync", "fault", "split");

  /** Takes its reference with get_page. */
  private static final Set<String> GETS = Set.of("fault", "munlock", "split");

  /** Has a pin of its own. */
  private static final Set<String> PINS = Set.of("pin", "use", "put", "head");

  /** Frees a page that nobody holds but, maybe, by a pin that was given back with put_page. */
  private static final Set<String> FREES =
      Set.of("shrink", "launder", "migrate", "truncate", "invalidate", "free", "pool-free");

  private final ExpectationTable.Builder expected;
  private final Use use;
  private final Disturbance disturbance;
  private final String other;
  private final boolean isOfFile;

  private PairExpectations(ExpectationTable.Builder expected, Use use, Disturbance disturbance) {
    this.expected = expected;
    this.use = use;
    this.disturbance = disturbance;
    this.other = disturbance.family();
    this.isOfFile = disturbance.isOfFile();
  }

  static void addTo(ExpectationTable.Builder expected) {
    for (Disturbance disturbance : Disturbance.all()) {
      for (Use use : Use.values()) {
        if (disturbance.meets(use)) {
          new PairExpectations(expected, use, disturbance).add();
        }
      }
    }
  }

  private void add() {
    everybody();
    if (use == Use.MANY) {
      // the page is off its LRU from the beginning, and stays pinned
      return;
    }
    if (isOneOf(ON_NO_LRU)) {
      onNoLru();
    } else {
      july();
      october();
      november();
    }
    successors();
  }

  private Row row(String design) {
    return expected.row(design, Pairs.id(use, disturbance.id()));
  }

  private boolean is(String disturbance) {
    return other.equals(disturbance);
  }

  private boolean isOneOf(Set<String> disturbances) {
    return disturbances.contains(other);
  }

  /** Faults the page in for writing, or makes its pte writable. */
  private boolean isForWriting() {
    return use == Use.WRITE || use == Use.DIRTY;
  }

  /**
   * Its own unpin brings the page to a list at once or with its own drain; or the other does, who
   * has it in his pagevec or needs none.
   */
  private boolean isListedAgain() {
    return switch (use) {
      case DIRTY, UNCONVERTED -> false;
      case BRIEF ->
        disturbance.isNearlyFull() || Set.of("munlock", "read", "split").contains(other);
      default -> true;
    };
  }

  /** A page that is faulted or read in comes to an LRU list at once. */
  private boolean isAddedAtOnce() {
    return disturbance.isNearlyFull();
  }

  /** With put_page, too, the cache gives up a page that is cut loose; a dirty one it keeps. */
  private boolean puts() {
    return isOneOf(PUTS) || is("truncate") || (is("invalidate") && !isForWriting());
  }

  private boolean isUnconverted() {
    return use == Use.UNCONVERTED;
  }

  private boolean isInterrupt() {
    return use == Use.INTERRUPT;
  }

  /** Whether one of two pins is given back with put_page. */
  private boolean hasUnconverted() {
    return isUnconverted() || is("put");
  }

  /** A user that takes its references under the page table lock has none to drop too late. */
  private boolean mayReadAnew() {
    // truncation may take what was read anew as well; what is read after that is not added at once
    return is("truncate")
        || (!isAddedAtOnce() && (isOneOf(DROPS) || (is("free") && use != Use.WRITE)));
  }

  /** A second access finds the page referenced and on an LRU, and a CPU drains it. */
  private boolean isActivated() {
    if (disturbance.isDrained() && Set.of("access", "use", "write", "read").contains(other)) {
      return true;
    }
    return switch (other) {
      // FOLL_TOUCH is the second access, or the one before the second
      case "activate", "mlock" -> true;
      case "read" -> use == Use.READ || use == Use.WRITE || isInterrupt();
      case "access", "write" -> use == Use.WRITE || isInterrupt();
      case "pin", "put", "head" -> use == Use.WRITE;
      // gup_fast goes the slow way where the other has just made the pte writable
      case "use" -> isOfFile && (use == Use.READ || use == Use.WRITE || isInterrupt());
      // anonymous memory that is read anew is active from the beginning
      case "free" -> use == Use.READ || use == Use.BRIEF || isInterrupt();
      case "refill" -> true;
      default -> false;
    };
  }

  // ---- Linux 4.19 itself

  /**
   * The user frees the page between the end of its writeback and the look at its waiters; July's
   * truncation and November's pin over a listed page have ended the run before.
   */
  private void everybody() {
    if (use != Use.LAST || !(is("rotate") || is("kswapd"))) {
      return;
    }
    for (String design :
        new String[] {"get-page", "rfc-oct", "rfc-fixed", "page-ext", "foll-pin"}) {
      row(design).both("R-29", LATE_TOUCH);
    }
    if (is("rotate")) {
      row("rfc-nov").both("R-29", LATE_TOUCH);
    }
  }

  // ---- July and October: a page that cannot be isolated is not pinned, one that can is lost

  private void offLru(String design) {
    cannotIsolate(design);
    if ((is("shrink-active") || is("migrate")) && use != Use.LAST) {
      row(design).both("R-13", ACTIVE_LOST);
    }
    if (is("munlock") && use != Use.LAST) {
      row(design).both("R-13", UNEVICTABLE_LOST);
    }
    if (is("mlock") && use != Use.LAST) {
      row(design).both("R-25", UNEVICTABLE_LOST);
    }
    if (use == Use.LAST && isOfFile && (is("kswapd") || is("mlock"))) {
      // until the rotate or the activate pagevec is drained, whose reference is the last
      row(design).both("R-01", STRANDED);
    }
    if (isInterrupt() && !isOneOf(IN_PAGEVEC)) {
      row(design).both("R-14", IRQ_UNSAFE);
    }
    if (isInterrupt() && isOneOf(PINS)) {
      row(design).both("R-14", DEADLOCK);
    }
  }

  /** One CPU alone has the page in a pagevec at the beginning, or lost it before. */
  private void cannotIsolate(String design) {
    boolean isInPagevec = isOneOf(IN_PAGEVEC) && !isAddedAtOnce();
    boolean isPutBackLater = isOneOf(PUTS_BACK) && !isAddedAtOnce();
    if (isInPagevec || (!isInterrupt() && (isPutBackLater || mayReadAnew()))) {
      row(design).both("R-02", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    boolean isIsolated = isOneOf(RECLAIMS) || isOneOf(PUTS_BACK) || is("migrate") || is("isolate");
    if (!isInterrupt() && isIsolated) {
      row(design).both("R-31", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (is("charge")) {
      row(design).both("R-16", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
  }

  /** Whether the page is off its LRU at the end of some run. */
  private boolean isLost() {
    boolean isRead = is("read") && use != Use.BRIEF;
    return use != Use.LAST && !isRead && !(is("drain") && isInterrupt());
  }

  /** Whoever looked the page up before gives back a pin, and nobody is unconverted. */
  private void july() {
    String design = "rfc-jul";
    offLru(design);
    if (isLost()) {
      row(design).both("R-01", STRANDED);
    }
    if (isOneOf(PINS)) {
      row(design).both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    switch (use) {
      case READ, BRIEF, HELD, MANY, WRITE, DIRTY, UNCONVERTED -> julyMeets(row(design));
      case LAST -> {
        if (isOfFile) {
          // the reference of the cache, which truncation puts
          row(design).both("R-26", PIN_RELEASED);
        } else if (isOneOf(PUTS_BACK)) {
          // get_page of a pagevec or of a look-up counts a pin, and release_pages gives none back
          row(design).both("R-26", FREED_IN_PIN_STATE);
        }
        if (is("activate")) {
          row(design).both("R-26", PIN_UNCOUNTED).both("R-15", VIEW_CONFUSED);
        }
      }
      case INTERRUPT -> julyInterrupted(row(design));
    }
  }

  private void julyMeets(Row row) {
    // a reader puts its page when it is on an LRU already
    if (puts() || (is("read") && isAddedAtOnce())) {
      row.both("R-26", PIN_RELEASED, PIN_UNCOUNTED).both("R-15", VIEW_CONFUSED);
    }
    if (isOneOf(PINS)) {
      row.both("R-15", VIEW_CONFUSED);
    }
    if (isOfFile && (is("use") || ((is("pin") || is("put")) && isForWriting()))) {
      // do_wp_page of the one looks the page up that the other pins
      row.both("R-26", PIN_RELEASED);
    }
    if (is("fsync")) {
      // page_mkclean waits for the pin with the page locked, and holds gup_lock over its walk
      row.both("R-26", DEADLOCK);
    }
    if (is("fsync") && !isForWriting()) {
      // get_page of the fault, under the page table lock; a writer has spared the other the fault
      row.both("R-26", LOCK_ORDER);
    }
  }

  private void julyInterrupted(Row row) {
    // get_page counts a page that is pinned: once too often for gup, for ever for munlock
    boolean hasSpareCount = is("use") || is("munlock");
    if (isOfFile && !isOneOf(IN_PAGEVEC) && !is("fsync") && !hasSpareCount) {
      // the CPU's own truncation
      row.both("R-26", PIN_RELEASED);
    }
    if (isOfFile && !isOneOf(IN_PAGEVEC) && !is("fsync") && !is("writeback") && !hasSpareCount) {
      // not where truncation waits for the device, whose interrupt comes behind that of the unpin
      row.both("R-15", VIEW_CONFUSED);
    }
    if (isOneOf(GETS) || is("writeback") || is("launder") || is("fsync")) {
      // get_page and page_mkclean hold gup_lock, and fsync waits until the page is unpinned
      row.both("R-14", DEADLOCK);
    }
  }

  private void october() {
    String design = "rfc-oct";
    offLru(design);
    if (isLost()) {
      row(design).both(isUnconverted() ? "R-10" : "R-01", STRANDED);
    }
    boolean unpins = !isUnconverted() || !is("put");
    if (isOneOf(PINS) && unpins) {
      row(design).both("R-01", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    if (isOneOf(PINS) && !hasUnconverted() && !isInterrupt()) {
      row(design).both("R-15", VIEW_CONFUSED);
    }
    if (is("put") && isInterrupt()) {
      row(design).both("R-12", FREED_IN_PIN_STATE);
    }
    // what reclaim and migration would free they cannot isolate
    if (isUnconverted() && Set.of("truncate", "invalidate", "free").contains(other)) {
      row(design).both("R-12", FREED_IN_PIN_STATE);
    }
  }

  // ---- November: a pin proceeds without isolation

  private void november() {
    if (isInterrupt()) {
      novemberInterrupted(row("rfc-nov"));
    } else {
      novemberMeets(row("rfc-nov"));
    }
    if (is("drain") && use != Use.LAST) {
      row("rfc-nov").both("R-08", STRANDED);
    }
    if ((isUnconverted() && !is("read")) || is("put")) {
      row("rfc-nov").both("R-10", REF_LEAKED, STRANDED);
    }
    boolean usesPrivateList = isOneOf(RECLAIMS) || isOneOf(RECLAIMS_OTHERS);
    if (isActivated() || usesPrivateList || is("migrate") || is("isolate")) {
      row("rfc-nov").both("R-30", DISCRIMINATOR_SET);
    }
  }

  private void novemberMeets(Row row) {
    switch (other) {
      case "drain" -> overwrites("R-07");
      case "charge" -> overwrites("R-16");
      case "migrate", "isolate", "munlock" -> overwrites("R-05");
      case "mlock" -> {
        // who gets the page for writing goes the slow way and touches it before the pin: then it is
        // on the active list when it is pinned, and R-30 comes first
        if (!isForWriting() || !isOfFile) {
          overwrites("R-05");
        }
        if (disturbance.isDrained()) {
          row.both("R-08", STRANDED, UNEVICTABLE_LOST);
        }
      }
      default -> {}
    }
    if (is("munlock") && use != Use.LAST) {
      // __putback_lru_fast meets the page pinned
      row.both("R-08", STRANDED);
    }
    if (use == Use.DIRTY && (is("pin") || is("use"))) {
      // nobody drains what was put back
      row.debug("R-15", ASSERTION);
    } else if (isOneOf(PINS) && !isPutBackAtOnce() && isDrainedAfterUnpin()) {
      overwrites("R-07");
      row.both(is("put") ? "R-10" : "R-09", STRANDED);
    }
    if (is("read") && disturbance.isDrained()) {
      overwrites("R-07");
      row.both("R-08", STRANDED);
    }
    if (isOneOf(PINS) && isPutBackAtOnce() && !hasUnconverted()) {
      // back on its LRU at once, under gup_lock
      row.both("R-15", VIEW_CONFUSED).debug("R-15", ASSERTION);
    }
    if (isOneOf(RECLAIMS)) {
      // list_move leaves no poison: the page is linked until it comes to a list that ends the run
      row.both("R-05", LINK_OVERWRITTEN, PIN_OVERWRITTEN, PIN_RELEASED, PIN_INVISIBLE);
    }
    boolean looksAtLists = isListedAgain();
    // its pagevec_release drains, while the truncation gives up the cache's reference
    boolean drainsForLast = is("deactivate") && use == Use.LAST;
    if ((puts() || is("munlock") || is("read") || drainsForLast) && looksAtLists) {
      row.debug("R-17", VIEW_CONFUSED, ASSERTION);
    }
    if (is("split") && use == Use.DIRTY) {
      // no pagevec holds a huge page
      row.debug("R-17", VIEW_CONFUSED, ASSERTION);
    }
    if (isUnconverted() && is("mlock")) {
      // for ever, where an unpin would mend it
      row.both("R-10", UNEVICTABLE_LOST);
    }
  }

  /** No pagevec holds a huge page, and one that is full holds none. */
  private boolean isPutBackAtOnce() {
    return is("head") || disturbance.isNearlyFull();
  }

  /** Whether the CPU that has put the page back drains it meanwhile. */
  private boolean isDrainedAfterUnpin() {
    return switch (use) {
      case DIRTY, UNCONVERTED -> false;
      case BRIEF -> disturbance.isDrained() && !is("put");
      default -> true;
    };
  }

  // ---- a device's page and a page of the hugetlb pool

  private void onNoLru() {
    for (String design : new String[] {"rfc-jul", "rfc-oct"}) {
      row(design).both("R-18", PIN_UNCOUNTED, PIN_INVISIBLE);
    }
    Row row = row("rfc-nov");
    boolean isOfDevice = is("dax") || is("layout");
    if (isOfDevice) {
      row.both("R-18", VIEW_CONFUSED);
    } else {
      row.both("R-18", LINK_OVERWRITTEN);
    }
    if (isInterrupt() && isOfDevice) {
      // in the pool the pin is the end of it, before any interrupt has a lock to take
      row.both("R-14", IRQ_UNSAFE);
    }
    if (!isInterrupt() && !isOfDevice) {
      // the free list of the pool has the bit in its address
      row.both("R-30", DISCRIMINATOR_SET);
    }
    if (isInterrupt() && is("pool-free")) {
      for (String design : new String[] {"get-page", "page-ext", "foll-pin"}) {
        row(design).both("R-32", DEADLOCK, IRQ_UNSAFE);
      }
    }
  }

  /** PG_lru is clear, the page is still linked, and pin and list stores overwrite each other. */
  private void overwrites(String cause) {
    Row row = row("rfc-nov")
        .both(cause, LINK_OVERWRITTEN, PIN_OVERWRITTEN)
        .both(cause, PIN_RELEASED, PIN_INVISIBLE, PIN_UNCOUNTED)
        .debug(cause, ASSERTION);
    if (hasUnconverted() || (use == Use.LAST && is("mlock"))) {
      // only the assertion in put_page reads the count of a pin whose unpin is no race
      row.debug(cause, VIEW_CONFUSED);
    } else {
      row.both("R-03", VIEW_CONFUSED);
    }
  }

  private void novemberInterrupted(Row row) {
    row.both("R-14", IRQ_UNSAFE);
    if (isOneOf(PINS)) {
      row.both("R-14", DEADLOCK);
    }
    if (is("head") || is("split")) {
      row.debug("R-17", VIEW_CONFUSED, ASSERTION);
    }
    if (is("free")) {
      row.both("G-05", REF_LEAKED, STRANDED);
    }
    if (is("put")) {
      row.both("R-12", FREED_IN_PIN_STATE);
    }
    if (is("read")) {
      // the drain skips the page, which is active, and put_page frees it so
      row.debug("R-08", BAD_PAGE);
    }
  }

  // ---- what no change of the pin protocol mends: callers that were not converted, and interrupts

  private void successors() {
    // which refuses a page that is on no LRU
    boolean isPinnedByFixed = !isOneOf(ON_NO_LRU);
    if (isInterrupt() && isPinnedByFixed) {
      row("rfc-fixed").both("R-14", IRQ_UNSAFE);
    }
    if (isInterrupt() && is("free")) {
      row("rfc-fixed").both("G-05", REF_LEAKED, STRANDED);
    }
    if (!hasUnconverted()) {
      return;
    }
    if (isPinnedByFixed) {
      row("rfc-fixed").both("R-10", REF_LEAKED, STRANDED);
    }
    row("foll-pin").both("R-10", REF_LEAKED);
    if (is("mlock")) {
      row("rfc-fixed").both("R-10", UNEVICTABLE_LOST);
    }
    if (is("pool-free")) {
      // free_huge_page asks nobody
      row("page-ext").both("R-10", FREED_IN_PIN_STATE);
    } else if (isOneOf(FREES) || (is("put") && isInterrupt())) {
      row("page-ext").production("R-10", FREED_IN_PIN_STATE).debug("R-10", ASSERTION);
    }
  }
}
