// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import static org.gupstress.page.Kernel.DEBUG;

import java.util.List;
import org.gupstress.claim.Harm;

/** A page is pinned that somebody else has taken off the LRU, or is about to put there. */
final class OwnerRaces {
  private OwnerRaces() {}

  static List<Race> all() {
    return List.of(overALinkedEntry(), inHand(), pinVersusDrain(), memcgWindow(), heldByReclaim());
  }

  private static Race overALinkedEntry() {
    return Race.named(
            "R-05", "pin over a linked entry: flag and count are written over list pointers")
        .story(
            "The page is linked on a private list: of shrink_page_list, of shrink_active_list, of"
                + " compaction or migration, of hot-remove, of the hugetlb pool. PG_lru is clear, so the"
                + " isolation fails, and the pin goes on. set_bit makes lru.next point 4 bytes too far,"
                + " atomic_set makes the low half of lru.prev a 1. The list's owner walks on.")
        .seen("The owner faults or loops. DEBUG_LIST reports it when the entry or its neighbour is"
            + " taken off the list. KCSAN reports the plain list store against the atomic, if it"
            + " meets them.")
        .in("rfc-nov", "PG_lru clear means that somebody owns page->lru, and the pin ignores it")
        .from(Mails.NOVEMBER_6, Source.file("mm/vmscan.c"))
        .shown("rfc-nov", "pin-vs-reclaim", Harm.LINK_OVERWRITTEN, Harm.WILD_POINTER)
        .done();
  }

  private static Race inHand() {
    return Race.named(
            "R-06", "pin while reclaim has the page in hand: its list_add erases flag and count")
        .story("1. shrink_page_list has taken the page off its list (list_del, poison) and works on"
            + " it. 2. The pin writes flag and count into the poisoned words. 3. Reclaim keeps the"
            + " page and links it on ret_pages: list_add overwrites both.")
        .seen("A ledger has a pin, PageDmaPinned says no. The unpin then does R-03.")
        .in("rfc-nov", "the pin does not need the isolation to succeed")
        .from(Mails.NOVEMBER_6, Source.file("mm/vmscan.c"))
        .shown("rfc-nov", "pin-vs-reclaim", Harm.PIN_ERASED_IN_HAND)
        .done();
  }

  private static Race pinVersusDrain() {
    return Race.named(
            "R-07",
            "pin against pagevec drain: two locks, and the page is lost, unpinned or corrupted")
        .story("The drain holds lru_lock and does: (a) test PageDmaPinned, (b) set PG_lru, (c)"
            + " list_add. The pin holds gup_lock and does: (1) read PG_lru, (2) count = 1, (3) set"
            + " the flag. Of the 20 orders 4 are right (a b c 1 2 3: the pin isolates). In 2 both"
            + " links are overwritten (a 1 b c 2 3). In 5 the flag lands in a live pointer and the"
            + " count is gone (a 1 b 2 c 3). In 8 the list_add erases the pin (a 1 b 2 3 c). In 1"
            + " the drain sees the flag and skips (1 2 3 a b c): R-08.")
        .seen(
            "As R-03, R-05 or R-08, according to the order. The jcstress question PinVsDrain meets"
                + " all five ends on real hardware.")
        .in("rfc-nov", "drain and pin have no lock in common")
        .from(Mails.NOVEMBER_6, Source.file("mm/swap.c"))
        .shown(
            "rfc-nov",
            "pin-vs-drain",
            Harm.STRANDED,
            Harm.PIN_OVERWRITTEN,
            Harm.LINK_OVERWRITTEN,
            Harm.PIN_UNCOUNTED)
        .done();
  }

  private static Race memcgWindow() {
    return Race.named(
            "R-16",
            "memcg has PG_lru clear for a moment, under a lock that the pin does not wait for")
        .story("lock_page_lru takes lru_lock, clears PG_lru and takes the page off its list;"
            + " unlock_page_lru puts it back and unlocks. isolate_lru_page looks at PG_lru before it"
            + " takes the lock, and returns -EBUSY instead of waiting. The pin is not counted, or is"
            + " written over links that come back a moment later.")
        .seen("November's debug kernel asserts in unlock_page_lru that the page is not pinned."
            + " Otherwise as R-02 and R-07.")
        .in("rfc-jul", "the isolation fails, and nobody is told")
        .in("rfc-oct", "the same")
        .in("rfc-nov", "the pin goes on; unlock_page_lru overwrites it")
        .from(Source.file("mm/memcontrol.c"), Source.file("mm/vmscan.c"))
        .shown("rfc-nov", "memcg-charge-vs-pin", Harm.PIN_UNCOUNTED)
        .shown("rfc-nov", "memcg-charge-vs-pin", DEBUG, Harm.ASSERTION)
        .formerly("2.9")
        .done();
  }

  private static Race heldByReclaim() {
    return Race.named(
            "R-31", "reclaim holds the page: it cannot be isolated, and the pin silently fails")
        .story("The page is on a private list of reclaim or in its hands, or mlock, munlock or a"
            + " migration has isolated it. isolate_lru_page fails as for a fresh page (R-02), the"
            + " pin is not counted and nobody is told. Reclaim ends its work: it may free the page's buffers, or put the page back on an LRU, where the"
            + " unpin does R-03.")
        .seen("PageDmaPinned is false while the device writes. Then as R-03.")
        .in("rfc-jul", "the flag is set only if the isolation succeeds, and nobody looks")
        .in("rfc-oct", "the same")
        .from(Mails.OCTOBER_6, Source.file("mm/vmscan.c"))
        .shown("rfc-oct", "pin-vs-reclaim", Harm.PIN_UNCOUNTED)
        .formerly("K5")
        .done();
  }
}
