// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/**
 * Names the final state of page0. Follows no pointer that is not the address of a list head or of a
 * page's links, and no list further than it can be long: the state may be corrupt.
 *
 * <p>Conventions of the programs that it judges: register 0 holds what the CPU has pinned, register
 * 1 what it has isolated to its private list.
 */
public final class Ending {
  static final int PINNED = 0;
  static final int ISOLATED = 1;

  /** Every name that {@link #ofPins} gives. */
  public static final Set<String> NAMES = Set.of(
      "on-lru",
      "in-pagevec",
      "isolated",
      "lost",
      "list-corrupted",
      "pin-over-links",
      "torn-count",
      "pin-stuck",
      "referenced",
      "referenced-isolated",
      "uncounted",
      "uncounted-isolated",
      "uncounted-lost",
      "undercounted",
      "overcounted",
      "pinned",
      "pinned-isolated",
      "pinned-lost",
      "pinned-in-pagevec",
      "pinned-unmarked");

  /** Where page0 is. */
  private enum Place {
    ON_LRU("on-lru"),
    IN_PAGEVEC("in-pagevec"),
    ISOLATED("isolated"),
    NOWHERE("lost"),
    BROKEN("list-corrupted");

    private final String id;

    Place(String id) {
      this.id = id;
    }
  }

  private Ending() {}

  /** Where the page is, and what its pins have become. */
  static String ofPins(Mm mm) {
    long page = mm.page().address(0);
    int live = live(mm, page);
    boolean says = mm.design().isPinned(mm, page);
    int count = mm.design().pinCount(mm, page);
    Place place = place(mm, page);
    if (place == Place.BROKEN) {
      return !says ? "list-corrupted" : count == live ? "pin-over-links" : "torn-count";
    }
    if (live == 0) {
      return says ? "pin-stuck" : place.id;
    }
    if (!mm.design().hasQuery()) {
      return place == Place.ISOLATED ? "referenced-isolated" : "referenced";
    }
    if (!says) {
      return switch (place) {
        case ON_LRU, IN_PAGEVEC -> "uncounted";
        case ISOLATED -> "uncounted-isolated";
        default -> "uncounted-lost";
      };
    }
    if (count != live) {
      return count < live ? "undercounted" : "overcounted";
    }
    return counted(mm, page, place);
  }

  private static String counted(Mm mm, long page, Place place) {
    if (place == Place.ISOLATED) {
      return "pinned-isolated";
    }
    if (!mm.design().countsInUnion()) {
      return place == Place.NOWHERE ? "pinned-lost" : "pinned";
    }
    if (place == Place.IN_PAGEVEC) {
      return "pinned-in-pagevec";
    }
    return mm.design().restoresToLru(mm, page) ? "pinned" : "pinned-unmarked";
  }

  /** How many CPUs hold a pin of the page. */
  static int live(Mm mm, long page) {
    int live = 0;
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      live += mm.cpu(cpu).register(PINNED) == page ? 1 : 0;
    }
    return live;
  }

  private static Place place(Mm mm, long page) {
    Place place = Place.NOWHERE;
    for (LruList lru : LruList.values()) {
      switch (walk(mm, mm.lru().node().head(lru), page)) {
        case BROKEN -> {
          return Place.BROKEN;
        }
        case ON_LRU -> place = Place.ON_LRU;
        default -> {}
      }
    }
    if (mm.page().test(page, PageFlag.LRU) != (place == Place.ON_LRU)) {
      return Place.BROKEN;
    }
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      if (mm.cpu(cpu).register(ISOLATED) == page) {
        boolean linked = walk(mm, mm.reclaim().pageList(mm.cpu(cpu)), page) == Place.ON_LRU;
        return linked && place == Place.NOWHERE ? Place.ISOLATED : Place.BROKEN;
      }
      if (place == Place.NOWHERE
          && mm.lru().pagevecs().contains(cpu, Pagevecs.Kind.LRU_ADD, page)) {
        place = Place.IN_PAGEVEC;
      }
    }
    return place;
  }

  /** ON_LRU if the page is on the list, NOWHERE if not, BROKEN if the list is not one. */
  private static Place walk(Mm mm, long head, long page) {
    ListHead list = mm.lru().list();
    Place found = Place.NOWHERE;
    long before = head;
    long at = list.next(head);
    for (int steps = 0; at != head; steps++) {
      if (steps == mm.page().count() || !isEntry(mm.page(), at) || list.prev(at) != before) {
        return Place.BROKEN;
      }
      found = at == page + PageLayout.LRU ? Place.ON_LRU : found;
      before = at;
      at = list.next(at);
    }
    return list.prev(head) == before ? found : Place.BROKEN;
  }

  private static boolean isEntry(Page pages, long addr) {
    int number = pages.number(addr);
    return number >= 0 && addr == pages.address(number) + PageLayout.LRU;
  }
}
