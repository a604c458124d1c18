// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * Who took the references that are outstanding, and where, for sentences alone. It knows what
 * happened since the machine was last at its beginning, and only where findings are narrated: a
 * search has no use for it, and going back would not take it back.
 */
final class Holders {
  /** A reference that was taken. */
  private record Taken(int page, Ref reason, String by) {}

  private static final Ref[] REASONS = Ref.values();
  private static final Site[] SITES = Site.values();

  private final List<Taken> taken = new ArrayList<>();
  private final Site[][] sites;
  private boolean listens;

  Holders(int cpus) {
    this.sites = new Site[cpus][REASONS.length];
  }

  void listen() {
    listens = true;
  }

  /** The machine is at its beginning again. */
  void forget() {
    taken.clear();
  }

  void at(Actor actor, int reason, int site) {
    sites[actor.cpu][reason] = SITES[site];
  }

  void add(Actor actor, int page, Ref reason, long amount) {
    if (!listens) {
      return;
    }
    if (amount > 0) {
      Site site = sites[actor.cpu][reason.ordinal()];
      boolean isUsual = site == null || site == Site.USUAL;
      taken.add(
          new Taken(page, reason, actor + " (" + (isUsual ? reason.taker() : site.id()) + ")"));
      return;
    }
    String own = "cpu" + actor.cpu + " ";
    int dropped = last(page, reason, own);
    dropped = dropped >= 0 ? dropped : last(page, reason, "");
    if (dropped >= 0) {
      taken.remove(dropped);
    }
  }

  private int last(int page, Ref reason, String by) {
    for (int i = taken.size() - 1; i >= 0; i--) {
      Taken one = taken.get(i);
      if (one.page == page && one.reason == reason && one.by.startsWith(by)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * ", taken by cpu0 in gup_fast (gup_pte_range)", or nothing if it was there from the beginning.
   */
  String of(int page, Ref reason) {
    String by = taken.stream()
        .filter(one -> one.page == page && one.reason == reason)
        .map(Taken::by)
        .collect(Collectors.joining("; "));
    return by.isEmpty() ? "" : ", taken by " + by;
  }
}
