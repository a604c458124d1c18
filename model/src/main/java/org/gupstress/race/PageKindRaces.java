// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;
import org.gupstress.claim.Harm;

/** Pages whose union is no LRU entry, or not theirs alone. */
final class PageKindRaces {
  private PageKindRaces() {}

  static List<Race> all() {
    return List.of(unionInUse(), zeroPage(), splitHugePage(), isolateATail());
  }

  private static Race unionInUse() {
    return Race.named(
            "R-18",
            "a page that is on no LRU, but whose union is in use: a device's, or one of hugetlb")
        .story(
            "The first word of the union of a ZONE_DEVICE page is its pgmap; a page of hugetlb is"
                + " linked on the lists of its pool. Neither has PG_lru, so no pin isolates it. October"
                + " counts nothing and then decrements hmm_data or a list pointer. November writes flag"
                + " and count: pgmap is 4 too high, and put_page follows it.")
        .seen("A fault in put_page of a device's page. DEBUG_LIST for the pool of hugetlb.")
        .in("rfc-jul", "not counted")
        .in("rfc-oct", "not counted, and the unpin writes into what is there")
        .in("rfc-nov", "written over what is there")
        .from(Mails.HOCKO, Source.file("include/linux/mm_types.h"), Source.file("mm/hugetlb.c"))
        .shown("rfc-oct", "pin-device-page", Harm.PIN_UNCOUNTED, Harm.VIEW_CONFUSED)
        .shown("rfc-nov", "pin-device-page", Harm.WILD_POINTER)
        .shown("rfc-nov", "pin-hugetlb-page", Harm.LINK_OVERWRITTEN, Harm.WILD_POINTER)
        .done();
  }

  private static Race zeroPage() {
    return Race.named(
            "R-19",
            "the zero page is never on an LRU: its pins are not counted, each unpin counts it down")
        .story("A read of memory that nobody wrote to returns the page of zeros. It is on no LRU."
            + " October does not count the pin, and each unpin decrements a word of a page that all"
            + " processes share. In November the count of one page is written by every CPU, which is"
            + " slow and not wrong. FOLL_PIN needed an exception for it in the end.")
        .seen("A debug kernel asserts in put_user_page.")
        .in("rfc-jul", "not counted")
        .in("rfc-oct", "not counted, and counted down")
        .from(Source.file("mm/memory.c"), Source.commit("c8070b787519", "6.5"))
        .shown("rfc-oct", "pin-zero-page", Harm.PIN_UNCOUNTED, Harm.VIEW_CONFUSED)
        .done();
  }

  private static Race splitHugePage() {
    return Race.named(
            "R-22",
            "a huge page is split after its unpin: the tails come back on an LRU, the head does not")
        .story("Every pin of a huge page counts on its head, and isolates the head: 512 pages leave"
            + " the LRU at once. After the unpin (R-01) the page is split. lru_add_page_tail finds"
            + " the head off the LRU and queues the tails one by one; nobody queues the head.")
        .seen("As R-01, for one page of 512.")
        .in("rfc-jul", "by R-01")
        .in("rfc-oct", "by R-01")
        .from(Source.file("mm/huge_memory.c"), Source.file("mm/swap.c"))
        .shown("rfc-oct", "split-after-unpin", Harm.STRANDED)
        .done();
  }

  private static Race isolateATail() {
    return Race.named("R-28", "isolate_lru_page of a tail page: not reachable by a pin")
        .story("isolate_lru_page only warns of a tail. Every pin asks for the head first. Could a"
            + " split turn the head into somebody else's between the two? No: a split needs that"
            + " nobody but the mappings holds a reference, and the pin has one. It is here because"
            + " it was suspected. Beside a fast gup the split needs more: the walk must hold off the"
            + " flush interrupt, or look at the head again.")
        .seen("Nothing.")
        .from(
            Source.file("mm/huge_memory.c"),
            Source.file("mm/vmscan.c"),
            Source.commit("c24d37322548", "5.14"))
        .notShown("split-after-unpin and the scenarios of pairs with split and head explore it: no"
            + " run isolates a tail.")
        .done();
  }
}
