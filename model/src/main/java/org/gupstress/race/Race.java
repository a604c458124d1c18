// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.Comparator;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;

/**
 * A known race, and where the audit shows it.
 *
 * @param id as in the catalogue of races
 * @param sentence what goes wrong
 * @param exhibits the harms that show it, each with its design and scenario
 */
public record Race(String id, String sentence, List<Exhibit> exhibits) {

  /** One harm of one run. */
  public record Exhibit(String design, String scenario, Kernel kernel, Harm harm) {}

  /** The known races first, by number, then what was found beyond them. */
  public static final Comparator<String> BY_NUMBER = Comparator.comparing(
          (String id) -> id.startsWith("R") ? 0 : 1)
      .thenComparing(Comparator.naturalOrder());

  private static final List<Race> ALL = List.of(
      race(
          "R-01",
          "never put back: the last unpin leaves the page off the LRU",
          shown("rfc-oct", "pin-unpin", Harm.STRANDED),
          shown("rfc-oct", "pressure", Harm.NOT_RECLAIMED)),
      race(
          "R-02",
          "a fresh page is in a pagevec: it cannot be isolated, and the pin silently fails",
          shown("rfc-oct", "fault-pin-unpin", Harm.PIN_UNCOUNTED)),
      race(
          "R-03",
          "the unpin of an uncounted pin decrements lru.prev and corrupts the LRU",
          shown("rfc-oct", "fault-pin-unpin", Harm.LINK_OVERWRITTEN),
          shown("rfc-oct", "fault-pin-unpin", Harm.WILD_POINTER)),
      race(
          "R-04",
          "asymmetric pins: one pinner's unpin releases another's pin",
          shown("rfc-oct", "uncounted-then-counted", Harm.PIN_RELEASED)),
      race(
          "R-05",
          "pin over a linked entry: flag and count are written over list pointers",
          shown("rfc-nov", "pin-vs-reclaim", Harm.LINK_OVERWRITTEN),
          shown("rfc-nov", "pin-vs-reclaim", Harm.WILD_POINTER)),
      race(
          "R-06",
          "pin while reclaim has the page in hand: its list_add erases flag and count",
          shown("rfc-nov", "pin-vs-reclaim", Harm.PIN_ERASED_IN_HAND)),
      race(
          "R-07",
          "pin against pagevec drain: two locks, and the page is lost, unpinned or corrupted",
          shown("rfc-nov", "pin-vs-drain", Harm.STRANDED),
          shown("rfc-nov", "pin-vs-drain", Harm.PIN_OVERWRITTEN),
          shown("rfc-nov", "pin-vs-drain", Harm.LINK_OVERWRITTEN),
          shown("rfc-nov", "pin-vs-drain", Harm.PIN_UNCOUNTED)),
      race(
          "R-08",
          "the drain skips a pinned page, and nobody puts it back later",
          shown("rfc-nov", "fault-pin-unpin", Harm.STRANDED)),
      race(
          "R-09",
          "pinned again before the pagevec drains: lost for ever, with one thread",
          shown("rfc-nov", "repin-before-drain", Harm.STRANDED)),
      race(
          "R-10",
          "a caller that was not converted gives its pin back with put_page",
          shown("rfc-oct", "unconverted-put", Harm.STRANDED),
          shown("rfc-nov", "unconverted-put", Harm.REF_LEAKED)),
      race(
          "R-12",
          "freed with the union in pinned state; a late unpin hits the free list",
          shown("rfc-oct", "unconverted-put", Harm.FREED_IN_PIN_STATE),
          shown("rfc-oct", "unconverted-put", Harm.UNPIN_AFTER_FREE)),
      race(
          "R-13",
          "pinning loses what the LRU knew of the page",
          shown("rfc-oct", "pin-active-page", Harm.ACTIVE_LOST),
          shown("rfc-oct", "pin-active-page", Harm.UNEVICTABLE_LOST),
          shown("rfc-oct", "pin-active-page", Harm.REFERENCED_LOST)),
      race(
          "R-14",
          "the completion interrupt unpins while its CPU holds gup_lock",
          shown("rfc-oct", "unpin-in-interrupt", Harm.IRQ_UNSAFE),
          shown("rfc-oct", "unpin-in-interrupt", Harm.DEADLOCK),
          shown("rfc-nov", "unpin-in-interrupt", Harm.IRQ_UNSAFE),
          shown("rfc-nov", "unpin-in-interrupt", Harm.DEADLOCK),
          shown("rfc-fixed", "unpin-in-interrupt", Harm.IRQ_UNSAFE),
          shown("rfc-fixed", "unpin-in-interrupt", Harm.DEADLOCK)),
      race(
          "R-18",
          "a page that is on no LRU, but whose union is in use: a device's, or one of hugetlb",
          shown("rfc-oct", "pin-device-page", Harm.PIN_UNCOUNTED),
          shown("rfc-oct", "pin-device-page", Harm.VIEW_CONFUSED),
          shown("rfc-nov", "pin-device-page", Harm.WILD_POINTER),
          shown("rfc-nov", "pin-hugetlb-page", Harm.LINK_OVERWRITTEN),
          shown("rfc-nov", "pin-hugetlb-page", Harm.WILD_POINTER)),
      race(
          "R-19",
          "the zero page is never on an LRU: its pins are not counted, each unpin counts it down",
          shown("rfc-oct", "pin-zero-page", Harm.PIN_UNCOUNTED),
          shown("rfc-oct", "pin-zero-page", Harm.VIEW_CONFUSED)),
      race(
          "R-22",
          "a huge page is split after its unpin: the tails come back on an LRU, the head does not",
          shown("rfc-oct", "split-after-unpin", Harm.STRANDED)),
      race(
          "R-20",
          "written back and cleaned under the device: reclaim drops the buffers of a page that is"
              + " dirtied later",
          shown("get-page", "writeback-vs-dma", Harm.NO_BUFFERS),
          shown("foll-pin", "writeback-vs-dma", Harm.NO_BUFFERS)),
      race(
          "R-23",
          "a lost page cannot be isolated, so compaction cannot move it",
          shown("rfc-oct", "migrate-unpinned", Harm.NOT_MOVED)),
      race(
          "R-24",
          "a pinned page is in no LRU size and not in NR_ISOLATED: reclaim judges by what is left",
          shown("rfc-oct", "isolated-accounting", Harm.ACCOUNTING),
          shown("rfc-fixed", "isolated-accounting", Harm.ACCOUNTING)),
      race(
          "R-25",
          "mlock cannot isolate a pinned page: PG_mlocked without PG_unevictable, for ever",
          shown("rfc-oct", "mlock-pinned", Harm.UNEVICTABLE_LOST)),
      race(
          "R-26",
          "July: gup_lock and the page table lock in both orders; any put_page gives back a pin",
          shown("rfc-jul", "july-abba", Harm.DEADLOCK),
          shown("rfc-jul", "truncate-pinned", Harm.PIN_RELEASED)),
      race(
          "R-30",
          "November takes masks for bit numbers: bit 4 is part of pointers to list heads",
          shown("rfc-nov", "pin-active-page", Harm.DISCRIMINATOR_SET),
          shown("rfc-nov", "pin-vs-reclaim", Harm.FREED_REFERENCED)),
      race(
          "R-16",
          "memcg has PG_lru clear for a moment, under a lock that the pin does not wait for",
          shown("rfc-nov", "memcg-charge-vs-pin", Harm.PIN_UNCOUNTED),
          new Exhibit("rfc-nov", "memcg-charge-vs-pin", Kernel.DEBUG, Harm.ASSERTION)),
      race(
          "R-31",
          "reclaim holds the page: it cannot be isolated, and the pin silently fails",
          shown("rfc-oct", "pin-vs-reclaim", Harm.PIN_UNCOUNTED)),
      race(
          "R-15",
          "two unpins both see zero; the second takes a list pointer for its count, or asserts",
          new Exhibit("rfc-oct", "pin-unpin", Kernel.DEBUG, Harm.VIEW_CONFUSED),
          new Exhibit("rfc-nov", "pin-unpin", Kernel.DEBUG, Harm.ASSERTION)),
      race(
          "G-02",
          "a half-converted driver puts and then unpins: the second takes another's reference",
          shown("rfc-nov", "unconverted-put", Harm.REF_MISMATCH),
          shown("page-ext", "unconverted-put", Harm.UNPIN_AFTER_FREE),
          shown("foll-pin", "unconverted-put", Harm.REF_MISMATCH)),
      race(
          "G-03",
          "a driver that does not dirty the page after its last DMA loses what the flusher did not"
              + " see",
          shown("get-page", "unpin-without-dirtying", Harm.LOST_WRITE),
          shown("foll-pin", "unpin-without-dirtying", Harm.LOST_WRITE)),
      race(
          "R-17",
          "November's assertion in put_page takes a list pointer for a count: a false alarm",
          new Exhibit("rfc-nov", "truncate-pinned", Kernel.DEBUG, Harm.ASSERTION)),
      race(
          "G-05",
          "the completion interrupt puts the page back into the pagevec that its CPU is filling: one"
              + " of the two is lost",
          shown("rfc-nov", "irq-vs-free", Harm.STRANDED),
          shown("rfc-fixed", "irq-vs-free", Harm.STRANDED)));

  /** The races that the audit shows, in the order of the catalogue. */
  public static List<Race> all() {
    return ALL;
  }

  private static Race race(String id, String sentence, Exhibit... exhibits) {
    return new Race(id, sentence, List.of(exhibits));
  }

  private static Exhibit shown(String design, String scenario, Harm harm) {
    return new Exhibit(design, scenario, Kernel.PRODUCTION, harm);
  }
}
