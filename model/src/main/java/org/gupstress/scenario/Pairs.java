// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unpin;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.page.PageKind;
import org.gupstress.scenario.Operation.Kind;

/**
 * Every operation of the pin API against everything else that happens to a page: one CPU uses page
 * 0 by a pin, another does one thing to it. Generated: each {@link Use} meets each
 * {@link Disturbance}, and must be met in the middle by it.
 */
final class Pairs {

  /** How a driver uses a page, from getting it to giving it back. */
  enum Use {
    READ("read", "gets the page by gup_fast, asks whether it is pinned, unpins it") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(
            meets.allowsFastGup() ? gupFast(0, 0) : gup(0, 0), query(0, 1), unpin(0), drain());
      }
    },
    WRITE("write", "gets the page for writing, its device writes, it is dirtied and unpinned") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(gupForWriting(0, 0), dma(0), dirtyUnpin(0), drain());
      }
    },
    UNCONVERTED("put", "gets the page by gup_fast and gives it back with put_page") {
      @Override
      List<Operation> program(Disturbance meets) {
        return List.of(meets.allowsFastGup() ? gupFast(0, 0) : gup(0, 0), unconvertedPut(0));
      }
    };

    private final String id;
    private final String sentence;

    Use(String id, String sentence) {
      this.id = id;
      this.sentence = sentence;
    }

    /** The program of the CPU that uses the page. */
    abstract List<Operation> program(Disturbance meets);
  }

  private Pairs() {}

  /** In the order of the audit. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Disturbance disturbance : Disturbance.all()) {
      for (Use use : Use.values()) {
        all.add(pair(use, disturbance));
      }
    }
    return all;
  }

  static String id(Use use, String disturbance) {
    return use.id + "-vs-" + disturbance;
  }

  private static Scenario pair(Use use, Disturbance disturbance) {
    List<Operation> user = use.program(disturbance);
    Spec spec = Spec.named(
            id(use, disturbance.id()),
            "one CPU " + use.sentence + "; another " + disturbance.sentence())
        .cpus(2, 2, 2, 0, 1)
        .pages(disturbance.pages())
        .boot(disturbance.boot())
        .program((role, rounds, design) -> role == 0 ? user : disturbance.program())
        .endingAtHarm()
        .sometimes("the page was pinned", Pairs::isPinned);
    if (disturbance.space() != null) {
      spec.space(disturbance.space()).writing();
    }
    if (!disturbance.kinds().isEmpty()) {
      spec.kinds(disturbance.kinds().toArray(PageKind[]::new));
    }
    for (Operation one : user) {
      for (Operation other : disturbance.program()) {
        if (one.kind() == Kind.PIN) {
          spec.sometimes(
              other.name() + " overlapped " + one.name(), m -> meet(m, one.name(), other.name()));
        }
      }
    }
    return spec;
  }

  /**
   * Whether the CPUs are in the middle of the two. Nobody is in the middle of the query, which may
   * be a single access; but it changes nothing, so what happens while the page is pinned can happen
   * when it is asked for.
   */
  private static boolean meet(Moment m, String one, String other) {
    String query = query(0, 1).name();
    boolean oneMeets = one.equals(query) || one.equals(m.running(0));
    boolean otherMeets = other.equals(query) || other.equals(m.running(1));
    boolean asks = one.equals(query) || other.equals(query);
    return oneMeets && otherMeets && (!asks || isPinned(m));
  }

  private static boolean isPinned(Moment m) {
    return m.pages().live(0) > 0;
  }
}
