// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import static org.gupstress.page.Kernel.DEBUG;

import java.util.List;
import org.gupstress.claim.Harm;

/** A page leaves the LRU to be pinned: what the protocol of pin and unpin itself gets wrong. */
final class LruRaces {
  private LruRaces() {}

  static List<Race> all() {
    return List.of(
        neverPutBack(),
        freshPage(),
        uncountedUnpin(),
        asymmetricPins(),
        skippedByTheDrain(),
        pinnedAgainTooEarly(),
        lostState(),
        doubleZero(),
        racyAssertion(),
        invisibleToMigration(),
        invisibleToAccounting(),
        mlockOfAPinnedPage(),
        masksForBitNumbers());
  }

  private static Race neverPutBack() {
    return Race.named("R-01", "never put back: the last unpin leaves the page off the LRU")
        .story("The pin takes the page off its LRU list to use page->lru for flag and count. The"
            + " last unpin clears the flag and links lru to itself. No code adds the page to a list"
            + " again. A later pin finds PG_lru clear, so isolate_lru_page fails and that pin is not"
            + " counted either.")
        .seen("Nothing in a kernel: the reference count is right, no assertion fires. The page has"
            + " PG_lru clear, is on no list and in no pagevec. Truncate, unlink, drop_caches and the"
            + " inode shrinker still free a file page, because they walk the mapping; reclaim does"
            + " not find it while the inode is in use. An anonymous page is never swapped out.")
        .in("rfc-jul", "ClearPageDmaPinned links lru to itself and does no more")
        .in("rfc-oct", "the same; the cover letter says that pages which were pinned leak")
        .from(Mails.CHINNER, Mails.KARA_OCTOBER, Mails.OCTOBER_6)
        .shown("rfc-oct", "pin-unpin", Harm.STRANDED)
        .shown("rfc-oct", "pressure", Harm.NOT_RECLAIMED)
        .done();
  }

  private static Race freshPage() {
    return Race.named(
            "R-02",
            "a fresh page is in a pagevec: it cannot be isolated, and the pin silently fails")
        .story(
            "A page fault puts a new page into the lru_add pagevec of its CPU, with PG_lru clear."
                + " get_user_pages, which caused the fault, pins the page at once. isolate_lru_page"
                + " returns -EBUSY, pin_page_for_dma returns that, and its callers ignore it. No second"
                + " CPU is needed: this is the usual case for memory that the caller has just"
                + " allocated.")
        .seen("PageDmaPinned is false while the device writes. Nothing else tells; the unpin does"
            + " the damage (R-03).")
        .in("rfc-jul", "the flag is set only if the isolation succeeds, and nobody looks")
        .in("rfc-oct", "the same")
        .from(Mails.OCTOBER_6, Source.file("mm/memory.c"), Source.file("mm/swap.c"))
        .shown("rfc-oct", "fault-pin-unpin", Harm.PIN_UNCOUNTED)
        .done();
  }

  private static Race uncountedUnpin() {
    return Race.named(
            "R-03", "the unpin of an uncounted pin decrements lru.prev and corrupts the LRU")
        .story(
            "A pin was not counted (R-02, R-31, R-16) or its count was overwritten (R-07). In the"
                + " meantime the page has come to a list, so the bytes of dma_pinned_count are the low"
                + " half of lru.prev. put_user_page decrements them: the pointer is off by one. The"
                + " next list operation on a neighbour stores through it.")
        .seen(
            "A debug kernel asserts in put_user_page that the page is not on an LRU and is pinned;"
                + " October asserts before the decrement, November after it and only at zero. Without"
                + " that, DEBUG_LIST reports a neighbour that does not point back, at the next"
                + " operation there. The pointer is not a multiple of 8.")
        .in("rfc-oct", "the unpin trusts that every pin was counted")
        .in("rfc-nov", "an erased pin (R-06, R-07) is unpinned like a counted one")
        .from(Mails.OCTOBER_6, Mails.NOVEMBER, Source.file("lib/list_debug.c"))
        .shown("rfc-oct", "fault-pin-unpin", Harm.LINK_OVERWRITTEN, Harm.WILD_POINTER)
        .done();
  }

  private static Race asymmetricPins() {
    return Race.named("R-04", "asymmetric pins: one pinner's unpin releases another's pin")
        .story("A pins the page while it waits in a pagevec; the pin is not counted. The pagevec"
            + " drains. B pins the page; it is isolated and the count is 1. A unpins: 1 becomes 0"
            + " and the flag is cleared. B's device still writes.")
        .seen("Only a ledger of pins sees it. Every assertion passes, in a debug kernel too.")
        .in("rfc-jul", "count and pins are matched by number, not by owner")
        .in("rfc-oct", "the same")
        .from(Mails.OCTOBER_6, Mails.KARA_JULY)
        .shown("rfc-oct", "uncounted-then-counted", Harm.PIN_RELEASED)
        .done();
  }

  private static Race skippedByTheDrain() {
    return Race.named("R-08", "the drain skips a pinned page, and nobody puts it back later")
        .story("A page is pinned while it is in a pagevec. __pagevec_lru_add_fn finds the flag set"
            + " and leaves the page alone; release_pages drops the pagevec's reference. As the pin"
            + " did not isolate the page, WAS_LRU is not set, and the last unpin puts nothing"
            + " back.")
        .seen("PG_lru is clear, the page is on no list, its references are right. Nothing reports"
            + " it.")
        .in("rfc-nov", "the skip keeps no note that the page still wants to go to an LRU")
        .from(Mails.NOVEMBER_6, Source.file("mm/swap.c"))
        .shown("rfc-nov", "fault-pin-unpin", Harm.STRANDED)
        .done();
  }

  private static Race pinnedAgainTooEarly() {
    return Race.named(
            "R-09", "pinned again before the pagevec drains: lost for ever, with one thread")
        .story("1. A pin isolates the page and sets WAS_LRU. 2. The unpin puts it back, that is,"
            + " into the pagevec of this CPU. 3. The next pin finds PG_lru clear and sets the flag"
            + " without WAS_LRU. 4. The pagevec drains and skips the page (R-08). 5. The unpin puts"
            + " nothing back. Direct I/O that uses its buffers again does this within two"
            + " requests.")
        .seen(
            "As R-08. It also flatters measurements: a lost page takes the cheap path, one look at"
                + " PG_lru, in every later pin.")
        .in("rfc-nov", "putback_lru_page goes through a pagevec, and a second pin forgets it")
        .from(Mails.NOVEMBER_6)
        .shown("rfc-nov", "repin-before-drain", Harm.STRANDED)
        .done();
  }

  private static Race lostState() {
    return Race.named("R-13", "pinning loses what the LRU knew of the page")
        .story("The pin clears PG_active and PG_unevictable, so that the free path does not"
            + " complain. A page of the working set comes back inactive, an mlocked one evictable."
            + " mark_page_accessed of a page that is off the LRU looks only into the pagevec of its"
            + " own CPU: the activation is lost as well.")
        .seen("No assertion. Eviction of the working set, and mlocked pages that reclaim scans"
            + " again and again.")
        .in("rfc-jul", "clears both flags at the pin")
        .in("rfc-oct", "the same")
        .in(
            "rfc-nov",
            "keeps both, but __pagevec_lru_add_fn clears PG_unevictable before it skips the page")
        .from(Mails.CHINNER, Mails.OCTOBER_6)
        .shown(
            "rfc-oct",
            "pin-active-page",
            Harm.ACTIVE_LOST,
            Harm.UNEVICTABLE_LOST,
            Harm.REFERENCED_LOST)
        .done();
  }

  private static Race doubleZero() {
    return Race.named(
            "R-15",
            "two unpins both see zero; the second takes a list pointer for its count, or asserts")
        .story("1. A's unpin takes the count from 1 to 0, outside gup_lock. 2. B pins: the flag is"
            + " still set, 0 becomes 1. 3. B unpins, 1 becomes 0. 4. Both want the lock to clear"
            + " the flag. The first clears it. The second looks at the count again: those bytes are"
            + " a list pointer now. atomic_dec_and_lock, which the review asked for, closes it.")
        .seen(
            "November's debug kernel asserts that the page is pinned, in the second unpin. October"
                + " reads the low half of a pointer, which is never 0, and goes on unharmed.")
        .in("rfc-jul", "the count is read again after another has cleared it; harmless")
        .in("rfc-oct", "the same; harmless by the alignment of struct page")
        .in("rfc-nov", "asserts in a debug kernel; harmless in production")
        .from(Mails.KARA_NOVEMBER, Source.file("lib/dec_and_lock.c"))
        .shown("rfc-oct", "pin-unpin", DEBUG, Harm.VIEW_CONFUSED)
        .shown("rfc-nov", "pin-unpin", DEBUG, Harm.ASSERTION)
        .formerly("G-01")
        .done();
  }

  private static Race racyAssertion() {
    return Race.named(
            "R-17",
            "November's assertion in put_page takes a list pointer for a count: a false alarm")
        .story("put_page asserts that a pinned page has at least as many references as pins. It"
            + " reads flag, references and count without a lock. 1. It sees the flag. 2. The last"
            + " unpin clears it and puts the page back. 3. It reads the count: half a pointer."
            + " On a machine that reorders stores the pin itself suffices: the flag is seen before"
            + " the count, and the count is still the low half of LIST_POISON2, 0x200.")
        .seen("A debug kernel stops although nothing is wrong.")
        .in("rfc-nov", "three looks without a lock; flag and count are set without a barrier")
        .from(Mails.NOVEMBER_6)
        .shown("rfc-nov", "truncate-pinned", DEBUG, Harm.ASSERTION)
        .notShown("The half without an unpin needs a machine that reorders stores. The explorer"
            + " explores sequentially consistent orders; the jcstress question"
            + " FlagVersusCountPublication shows it on real hardware.")
        .formerly("G-04")
        .done();
  }

  private static Race invisibleToMigration() {
    return Race.named("R-23", "a lost page cannot be isolated, so compaction cannot move it")
        .story("Compaction, NUMA balancing, hot-remove and CMA all begin with isolate_lru_page or"
            + " __isolate_lru_page. Both fail for a page that is off the LRU. A page that a design"
            + " has lost (R-01, R-08) has become immovable, without a pin.")
        .seen("CMA and hot-remove fail, huge pages are not made. alloc_contig_dump_pages shows a"
            + " page with ordinary references.")
        .in("rfc-jul", "by R-01")
        .in("rfc-oct", "by R-01")
        .in("rfc-nov", "by R-05: the entry of compaction's own list is overwritten")
        .from(Source.file("mm/compaction.c"), Source.file("mm/migrate.c"))
        .shown("rfc-oct", "migrate-unpinned", Harm.NOT_MOVED)
        .done();
  }

  private static Race invisibleToAccounting() {
    return Race.named(
            "R-24",
            "a pinned page is in no LRU size and not in NR_ISOLATED: reclaim judges by what is left")
        .story("isolate_lru_page takes the page out of NR_INACTIVE or NR_ACTIVE. It leaves"
            + " NR_ISOLATED to its caller, and the pin does not count there. The inactive list looks"
            + " smaller than it is. too_many_isolated compares with it and makes direct reclaim"
            + " sleep earlier; inactive_list_is_low changes its answer. Putting the page back at the"
            + " unpin does not help while it is pinned.")
        .seen("Lists, isolated pages and pagevecs together are fewer than the pages in use.")
        .in("rfc-jul", "isolates and does not account")
        .in("rfc-oct", "the same")
        .in("rfc-nov", "the same")
        .in("rfc-fixed", "the same: no design that keeps pinned pages off the LRU can avoid it")
        .from(Source.file("mm/vmscan.c"))
        .shown("rfc-oct", "isolated-accounting", Harm.ACCOUNTING)
        .shown("rfc-fixed", "isolated-accounting", Harm.ACCOUNTING)
        .done();
  }

  private static Race mlockOfAPinnedPage() {
    return Race.named(
            "R-25",
            "mlock cannot isolate a pinned page: PG_mlocked without PG_unevictable, for ever")
        .story(
            "mlock_vma_page sets PG_mlocked, then isolates the page and puts it back, so that the"
                + " drain finds it unevictable. The isolation of a pinned page fails. After the last"
                + " unpin nothing looks at the page again.")
        .seen("Unevictable pages are counted too low; reclaim scans what mlock has locked.")
        .in("rfc-jul", "the page never comes back to a drain (R-01)")
        .in("rfc-oct", "the same")
        .from(Source.file("mm/mlock.c"))
        .shown("rfc-oct", "mlock-pinned", Harm.UNEVICTABLE_LOST)
        .done();
  }

  private static Race masksForBitNumbers() {
    return Race.named(
            "R-30", "November takes masks for bit numbers: bit 4 is part of pointers to list heads")
        .story("The flags are 0x2 and 0x4, and set_bit takes them for the numbers 2 and 4. Bit 2 is"
            + " free in a pointer to an aligned object of a 64-bit machine, bit 4 is not: list heads"
            + " are 16 bytes each in lruvec.lists[], so bit 4 is set in the address of every other"
            + " one. A page at the end of such a list, or next to a list head on a stack, reads as"
            + " WAS_LRU, and the last unpin puts back a page that it never isolated: it drops a"
            + " reference that is not its own.")
        .seen(
            "A page is freed while it is used, and its list keeps it. bad_page, then lists that do"
                + " not end.")
        .in("rfc-nov", "October uses the mask 0x2 as a mask, and is right")
        .from(Mails.NOVEMBER_4, Source.file("include/linux/mmzone.h"))
        .shown("rfc-nov", "pin-active-page", Harm.DISCRIMINATOR_SET)
        .shown("rfc-nov", "pin-vs-reclaim", Harm.FREED_REFERENCED)
        .formerly("1.2")
        .done();
  }
}
