// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;
import org.gupstress.claim.Harm;

/** A driver does not pair pin and unpin. The designs differ in what becomes of it. */
final class CallerRaces {
  private CallerRaces() {}

  static List<Race> all() {
    return List.of(unconverted(), neverPinned(), freedInPinState(), halfConverted());
  }

  private static Race unconverted() {
    return Race.named("R-10", "a caller that was not converted gives its pin back with put_page")
        .story("A driver, the futex code, or direct I/O as of October, gets the page by"
            + " get_user_pages and drops it by put_page. The pin's count and flag stay.")
        .seen("The reference count is right where the pin is one reference, and nothing reports"
            + " until the page is freed (R-12). In November it asserts in put_page once the"
            + " references are fewer than the pins.")
        .in("rfc-oct", "the page stays off the LRU, with its flag set")
        .in(
            "rfc-nov",
            "the reference of the isolation is never dropped: leaked, even after truncate or exit")
        .in("rfc-fixed", "the same as November")
        .in("page-ext", "the counter stays, and the free path finds it")
        .in("foll-pin", "1023 references stay: leaked, and pinned for ever")
        .from(Mails.OCTOBER, Source.file("kernel/futex.c"), Source.file("block/bio.c"))
        .shown("rfc-oct", "unconverted-put", Harm.STRANDED)
        .shown("rfc-nov", "unconverted-put", Harm.REF_LEAKED)
        .done();
  }

  private static Race neverPinned() {
    return Race.named("R-11", "put_user_page of a page that get_user_pages never returned")
        .story("A driver calls put_user_page for a page that it has by another way. October"
            + " decrements lru.prev (R-03), after an assertion in a debug kernel. November"
            + " decrements first and asserts only if the result is zero. Its cover letter calls a"
            + " pointer that is off by one a usable symptom.")
        .seen("As R-03.")
        .in("rfc-oct", "the unpin does not look whether the page is pinned")
        .in("rfc-nov", "the same, and it does not assert before the decrement either")
        .from(Mails.NOVEMBER)
        .notShown(
            "No shipped scenario unpins what it never pinned. The nearest is the late unpin of"
                + " unconverted-put (R-12, G-02), and the decrement is that of R-03.")
        .done();
  }

  private static Race freedInPinState() {
    return Race.named(
            "R-12", "freed with the union in pinned state; a late unpin hits the free list")
        .story("1. A pin is given back by put_page (R-10). 2. The last reference is dropped. The"
            + " free path looks at mapcount, mapping, references, memcg and flags, never at"
            + " page->lru. 3. The per-CPU free list links the page through lru, over flag and count."
            + " 4. A late put_user_page decrements the free list's pointer, or that of the page's"
            + " next owner.")
        .seen("A ledger, at the free. DEBUG_LIST perhaps, at the next allocation.")
        .in("rfc-oct", "nothing checks the union at free")
        .in("rfc-nov", "the same; most such pages are leaked before (R-10)")
        .from(Source.file("mm/page_alloc.c"))
        .shown("rfc-oct", "unconverted-put", Harm.FREED_IN_PIN_STATE, Harm.UNPIN_AFTER_FREE)
        .done();
  }

  private static Race halfConverted() {
    String second = "the second release drops what another holds";
    return Race.named(
            "G-02",
            "a half-converted driver puts and then unpins: the second takes another's reference")
        .story("An error path of a driver drops the page by put_page, and the common path unpins it"
            + " again. Two releases meet one pin. The second takes the reference of the mapping, the"
            + " page cache or the page's next owner.")
        .seen("bad_page, or a use after free in code that did nothing wrong.")
        .in("rfc-oct", second)
        .in("rfc-nov", second)
        .in("rfc-fixed", second)
        .in("page-ext", second + ", and the counter goes below zero")
        .in("foll-pin", "the second release drops 1024 references, of which 1023 are not there")
        .from(Source.file("include/linux/mm.h"))
        .shown("rfc-nov", "unconverted-put", Harm.REF_MISMATCH)
        .shown("page-ext", "unconverted-put", Harm.UNPIN_AFTER_FREE)
        .shown("foll-pin", "unconverted-put", Harm.REF_MISMATCH)
        .done();
  }
}
