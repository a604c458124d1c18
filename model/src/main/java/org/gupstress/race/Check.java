// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule to which every design is put.
 *
 * @param id K-nn
 * @param sentence what happens
 * @param races ids of what it shows in the designs that have it
 * @param scenarios ids of those that contain the schedule
 * @param notShown why there is no scenario, or empty
 */
public record Check(
    String id, String sentence, List<String> races, List<String> scenarios, String notShown) {
  private static final String NO_FORK = "The model has no fork and no copy-on-write yet.";

  private static final List<Check> ALL = List.of(
      check("K-01", "fault, get_user_pages, unpin, on one CPU")
          .shows("R-02", "R-03", "R-08")
          .in("fault-pin-unpin"),
      check("K-02", "pin, unpin, pin, drain, unpin, on one CPU")
          .shows("R-01", "R-09")
          .in("repin-before-drain"),
      check("K-03", "a pin against the drain of the pagevec that holds the page")
          .shows("R-07", "R-02")
          .in("pin-vs-drain", "pin-in-pagevec"),
      check("K-04", "a pin that was not counted and one that was; the first is unpinned first")
          .shows("R-04")
          .in("uncounted-then-counted"),
      check("K-05", "a pin while reclaim has the page on its list, or in its hands")
          .shows("R-05", "R-06", "R-31")
          .in("pin-vs-reclaim", "pin-vs-deactivation"),
      check("K-06", "two unpins that both see zero").shows("R-15").in("pin-unpin"),
      check("K-07", "a pin that is given back by put_page")
          .shows("R-10", "R-12", "G-02")
          .in("unconverted-put"),
      check("K-08", "a pin while the page is charged to a memory cgroup")
          .shows("R-16")
          .in("memcg-charge-vs-pin"),
      check("K-09", "writeback while a device writes")
          .shows("R-20", "R-21", "G-03")
          .in("writeback-vs-dma", "dirty-unpin-vs-writeback", "unpin-without-dirtying"),
      new Check("K-10", "fork while fast gup pins", List.of(), List.of(), NO_FORK),
      new Check(
          "K-11",
          "an anonymous page is shared while fast gup pins it",
          List.of(),
          List.of(),
          NO_FORK),
      check("K-12", "every page is pinned and unpinned once, then reclaim wants them all")
          .shows("R-01", "R-08", "R-24")
          .in("pressure", "isolated-accounting"));

  public static List<Check> all() {
    return ALL;
  }

  /** The check of this id; capitals, the dash and a leading zero do not matter. */
  public static Optional<Check> find(String id) {
    return ALL.stream().filter(check -> plain(check.id).equals(plain(id))).findFirst();
  }

  private static String plain(String id) {
    return id.toUpperCase(Locale.ROOT).replaceFirst("^K-?0*", "K");
  }

  private static Check check(String id, String sentence) {
    return new Check(id, sentence, List.of(), List.of(), "");
  }

  private Check shows(String... races) {
    return new Check(id, sentence, List.of(races), scenarios, notShown);
  }

  private Check in(String... scenarios) {
    return new Check(id, sentence, races, List.of(scenarios), notShown);
  }
}
