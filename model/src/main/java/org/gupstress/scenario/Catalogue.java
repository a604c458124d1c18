// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Conditions.isInPagevec;
import static org.gupstress.scenario.Conditions.overlap;
import static org.gupstress.scenario.Conditions.register;
import static org.gupstress.scenario.Programs.ask;
import static org.gupstress.scenario.Programs.charge;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.faultHuge;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.lateUnpin;
import static org.gupstress.scenario.Programs.markAccessed;
import static org.gupstress.scenario.Programs.pin;
import static org.gupstress.scenario.Programs.shrink;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.unpinAndSplit;
import static org.gupstress.scenario.Programs.waitForSignal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.Release;
import org.gupstress.vm.Faults;

/** The shipped scenarios, in the order of the audit. R and K ids: see org.gupstress.race. */
public final class Catalogue {
  private static final List<Scenario> ALL = Stream.of(
          pinsAndLists(), FileScenarios.all(), Pairs.all())
      .flatMap(List::stream)
      .map(Catalogue::ofFirst)
      .toList();

  private static final List<Scenario> SHIPPED =
      Stream.of(ALL, ProcessScenarios.all()).flatMap(List::stream).toList();

  private Catalogue() {}

  /** Those of 4.19: what an audit runs where no release is named. */
  public static List<Scenario> all() {
    return ALL;
  }

  /** All that there are. */
  public static List<Scenario> shipped() {
    return SHIPPED;
  }

  /** Those that an audit of a release runs. */
  public static List<Scenario> of(Release release) {
    return release == Release.FIRST
        ? ALL
        : SHIPPED.stream()
            .filter(scenario -> scenario.releases().contains(release))
            .toList();
  }

  /** Whether the scenario is shipped. */
  public static boolean isShipped(Scenario scenario) {
    return SHIPPED.contains(scenario);
  }

  /** Whether a shipped scenario of this id is about more than 4.19. */
  static boolean isOfAllReleases(String id) {
    return find(id).filter(scenario -> scenario.releases().size() > 1).isPresent();
  }

  /** The shipped scenario of this id, if there is one. */
  public static Optional<Scenario> find(String id) {
    return SHIPPED.stream().filter(shipped -> shipped.id().equals(id)).findFirst();
  }

  /** Whether a shipped scenario has this id. */
  static boolean isTaken(String id) {
    return find(id).isPresent();
  }

  /** Its LRU, its reclaim and its page cache are those of 4.19. */
  private static Scenario ofFirst(Scenario scenario) {
    return ((Spec) scenario).linux(Release.FIRST.id());
  }

  private static List<Scenario> pinsAndLists() {
    return List.of(
        pinUnpin(),
        faultPinUnpin(),
        repinBeforeDrain(),
        pinHandover(),
        gupHandover(),
        pinVsDrain(),
        pinInPagevec(),
        uncountedThenCounted(),
        pinVsReclaim(),
        aPutThatWasNotConverted(),
        pinActivePage(),
        fastGupVsUnmap(),
        pressure(),
        unpinInInterrupt(),
        pinDevicePage(),
        pinHugetlbPage(),
        pinZeroPage(),
        splitAfterUnpin(),
        memcgChargeVsPin());
  }

  /** The accesses of the SPIN model of the same name, in the same order. */
  private static Scenario pinUnpin() {
    return Spec.named("pin-unpin", "every CPU gets, pins and unpins one page alone on an LRU list")
        .cpus(2, 2, 4, 0)
        .rounds(1, 2, 2)
        .boot(mm -> Boot.cached(mm, 0, 0))
        .program((role, rounds, design) -> {
          List<Operation> program = new ArrayList<>();
          for (int round = 0; round < rounds; round++) {
            program.add(pin(0, 0));
            program.add(unpin(0));
          }
          return program;
        })
        .sometimes("two pins were live at once", m -> m.pages().live(0) >= 2)
        .sometimes("an unpin overlapped a pin", m -> overlap(m, "unpin", "pin page0"));
  }

  /** K-01. */
  private static Scenario faultPinUnpin() {
    return Spec.named(
            "fault-pin-unpin", "get_user_pages faults the page in, the pagevec drains, unpin")
        .boot(mm -> mm.lru().bootFree(mm.cpu(0), mm.page().address(0)))
        .program((role, rounds, design) -> List.of(gup(0, 0), drain(), unpin(0), unmap(0)))
        .sometimes(
            "get_user_pages met the page in a pagevec",
            m -> "gup".equals(m.running(0)) && isInPagevec(m, 0, 0))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** K-02. */
  private static Scenario repinBeforeDrain() {
    return Spec.named(
            "repin-before-drain", "pin, unpin, pin again before the pagevec drains, unpin")
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) ->
            List.of(gupFast(0, 0), unpin(0), gupFast(0, 1), drain(), unpin(1)))
        .sometimes(
            "the page was unpinned and pinned again",
            m -> m.pages().live(0) == 1 && register(m, 0, 0) == 0 && register(m, 0, 1) != 0);
  }

  /**
   * While one pin takes over from another, somebody who has none asks. A query that reads more than
   * one word can add up what was never there at once.
   */
  private static Scenario pinHandover() {
    return Spec.named(
            "pin-handover",
            "one pin takes over from another, and a third CPU asks whether the page is pinned")
        .cpus(3, 3, 3, 0, 0, 1)
        .boot(mm -> Boot.cached(mm, 0, 0))
        .program(
            (role, rounds, design) -> role == 1 ? List.of(ask(0, 0)) : List.of(pin(0, 0), unpin(0)))
        .endingAtHarm()
        .sometimes("two pins were live at once", m -> m.pages().live(0) >= 2)
        .sometimes(
            "a page under a pin was asked about",
            m -> m.pages().live(0) > 0
                && (register(m, 2, 0) == 1 || !m.mm().design().hasQuery()));
  }

  /** The same from get_user_pages_fast to get_user_pages, and back. */
  private static Scenario gupHandover() {
    return Spec.named(
            "gup-handover",
            "gup_fast takes over from get_user_pages, or the other way round, and a third CPU asks")
        .cpus(3, 3, 3, 0, 1, 2)
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) -> switch (role) {
          case 0 -> List.of(gupFast(0, 0), unpin(0));
          case 1 -> List.of(gup(0, 0), unpin(0));
          default -> List.of(ask(0, 0));
        })
        .endingAtHarm()
        .sometimes("two pins were live at once", m -> m.pages().live(0) == 2)
        .sometimes(
            "a page under a pin was asked about",
            m -> m.pages().live(0) > 0
                && (register(m, 2, 0) == 1 || !m.mm().design().hasQuery()));
  }

  /** K-03. */
  private static Scenario pinVsDrain() {
    return Spec.named("pin-vs-drain", "a page is pinned while another CPU drains its pagevec")
        .cpus(2, 2, 3, 1, 0)
        .boot(mm -> Boot.inPagevecOf(mm, 0, 0))
        .program((role, rounds, design) ->
            role == 1 ? List.of(drain()) : List.of(gupFast(0, 0), unpin(0)))
        .sometimes("the drain overlapped the pin", m -> overlap(m, "drain", "gup_fast"))
        .sometimes(
            "the page was in a pagevec when gup_fast had it",
            m -> "gup_fast".equals(m.running(1)) && isInPagevec(m, 0, 0))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** Nobody but the pin itself could bring the page to an LRU. */
  private static Scenario pinInPagevec() {
    return Spec.named(
            "pin-in-pagevec", "a page is pinned that waits in the pagevec of another CPU meanwhile")
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.inPagevecOf(mm, 1, 0))
        .program((role, rounds, design) -> role == 1
            ? List.of(waitForSignal(), drain())
            : List.of(gupFast(0, 0), unpin(0), signal()))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** K-04. */
  private static Scenario uncountedThenCounted() {
    return Spec.named(
            "uncounted-then-counted", "one pins before the pagevec drains, another after it")
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.inPagevecOf(mm, 1, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(gupFast(0, 0), unpin(0))
            : List.of(drain(), gupFast(0, 0), unpin(0)))
        .sometimes("both pins were live at once", m -> m.pages().live(0) == 2);
  }

  /** K-05. */
  private static Scenario pinVsReclaim() {
    return Spec.named("pin-vs-reclaim", "a page is pinned while reclaim works on its list")
        .cpus(2, 2, 3, 1, 0)
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 1, 0);
          Boot.mapped(mm, 0);
        })
        .program((role, rounds, design) ->
            role == 1 ? List.of(shrink(2)) : List.of(gupFast(0, 0), unpin(0)))
        .sometimes(
            "gup_fast got the page while it was on reclaim's private list",
            m -> "gup_fast".equals(m.running(1))
                && m.pages().linkedOn(0) != 0
                && !m.mm().lru().node().isHead(m.pages().linkedOn(0)))
        .sometimes(
            "reclaim had the page in hand while gup_fast ran",
            m -> "gup_fast".equals(m.running(1)) && m.pages().isInHand(0))
        .sometimes("reclaim freed the page", m -> m.pages().isFree(0))
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** K-07, on to free, reallocation and the late unpin of R-12. */
  private static Scenario aPutThatWasNotConverted() {
    return Spec.named(
            "unconverted-put",
            "a pin is given back by put_page; the page is unmapped, reused, and unpinned late")
        .load(Load.UNCONVERTED_PUTS)
        .misbehaving(0, "gives its pin back with put_page, and unpins the page later")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> Boot.anonymous(mm, 0))
        .program((role, rounds, design) -> {
          if (role == 1) {
            return List.of(unmap(0), fault(1));
          }
          // where unpin is put_page, nobody can be unconverted, and nobody unpins late
          return design.unpinsWithPutPage()
              ? List.of(gupFast(0, 0), unconvertedPut(0))
              : List.of(gupFast(0, 0), unconvertedPut(0), lateUnpin(0));
        })
        .sometimes(
            "the reference was put while the page was mapped",
            m -> register(m, 0, 0) != 0 && m.pages().live(0) == 0 && !m.pages().isFree(0))
        .sometimes("unmap overlapped put_page", m -> overlap(m, "unmap", "put_page"));
  }

  private static Scenario pinActivePage() {
    return Spec.named(
            "pin-active-page",
            "an active and an mlocked page are pinned while another CPU accesses the active one")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 0, PageFlag.ACTIVE.mask() | PageFlag.REFERENCED.mask());
          Boot.cached(mm, 1, PageFlag.MLOCKED.mask() | PageFlag.UNEVICTABLE.mask());
        })
        .program((role, rounds, design) -> role == 1
            ? List.of(markAccessed(0))
            : List.of(
                pin(0, 0), unpin(0), drain(), pin(1, 1), unpin(1), pin(1, 1), drain(), unpin(1)))
        .sometimes(
            "the active page was accessed while it was pinned",
            m -> m.pages().live(0) > 0 && "mark_page_accessed".equals(m.running(1)))
        .sometimes("the mlocked page was pinned", m -> m.pages().live(1) > 0);
  }

  private static Scenario fastGupVsUnmap() {
    return Spec.named(
            "fast-gup-vs-unmap", "gup_fast runs while the page is unmapped, freed and reused")
        .cpus(2, 2, 3, 1, 0)
        .pages(2)
        .boot(mm -> Boot.anonymous(mm, 0))
        .program((role, rounds, design) ->
            role == 1 ? List.of(unmap(0), fault(1)) : List.of(gupFast(0, 0), unpin(0)))
        .sometimes(
            "the page was freed while gup_fast ran",
            m -> "gup_fast".equals(m.running(1)) && m.pages().isFree(0))
        .sometimes(
            "the page had a new owner while gup_fast ran",
            m -> "gup_fast".equals(m.running(1)) && m.mm().pageTable().readPte(1) != 0)
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  /** K-12. */
  private static Scenario pressure() {
    return Spec.named(
            "pressure", "two clean pages are pinned and unpinned once, then reclaim wants them all")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 0, 0);
          mm.addressSpace().bootAdd(1, mm.page().address(1));
          mm.lru().bootInPagevec(1, mm.page().address(1));
        })
        .program((role, rounds, design) -> role == 1
            ? List.of(drain(), signal())
            : List.of(
                pin(0, 0), unpin(0), pin(1, 1), unpin(1), waitForSignal(), shrink(2), shrink(2)))
        .sometimes("page0 was pinned", m -> m.pages().live(0) > 0)
        .sometimes("page1 was pinned", m -> m.pages().live(1) > 0)
        .sometimes("reclaim ran", m -> "shrink".equals(m.running(0)))
        .reclaimingEverything();
  }

  /** */
  private static Scenario unpinInInterrupt() {
    return Spec.named(
            "unpin-in-interrupt",
            "the completion interrupt unpins one page while another is pinned")
        .pages(2)
        .boot(mm -> {
          Boot.cached(mm, 0, 0);
          Boot.cached(mm, 1, 0);
        })
        .program((role, rounds, design) -> List.of(pin(0, 0), pin(1, 1)))
        .interrupt(unpin(0))
        .keepingPins()
        .sometimes(
            "the interrupt came while a page was being pinned",
            m -> "pin page1".equals(m.running(0)) && "unpin".equals(m.inInterrupt(0)));
  }

  /** One goes by gup_fast, the other by the slow path. */
  private static Scenario pinDevicePage() {
    return Spec.named("pin-device-page", "two CPUs get, pin and unpin a page of a DAX device")
        .cpus(2, 2, 2, 0, 1)
        .kinds(PageKind.DEVICE)
        .boot(mm -> Boot.device(mm, 0))
        .program((role, rounds, design) -> List.of(role == 0 ? gupFast(0, 0) : gup(0, 0), unpin(0)))
        .sometimes("both had a reference to the page", m -> areHeldByGup(m, 0, 2))
        .sometimes(
            "gup_fast held the dev_pagemap",
            m -> "gup_fast".equals(m.running(0)) && m.mm().lru().devices().references() > 2);
  }

  /** R-18, of a page that is linked on its owner's list all the time. */
  private static Scenario pinHugetlbPage() {
    return Spec.named(
            "pin-hugetlb-page",
            "a page of the hugetlb pool is pinned while its neighbour on the list is freed and"
                + " allocated again")
        .cpus(2, 2, 2, 0, 1)
        .pages(4)
        .kinds(PageKind.HUGETLB)
        .boot(mm -> {
          Boot.hugetlb(mm, 2);
          Boot.hugetlb(mm, 0);
        })
        .program((role, rounds, design) -> role == 1
            ? List.of(unmap(2), faultHuge(2))
            : List.of(gupFast(0, 0), unpin(0), unmap(0)))
        .sometimes(
            "the neighbour was freed while gup_fast ran", m -> overlap(m, "unmap", "gup_fast"))
        .sometimes(
            "the pool allocated a page while gup_fast ran",
            m -> overlap(m, "fault huge", "gup_fast"))
        .sometimes("the neighbour was free", m -> m.pages().isFree(2));
  }

  /** */
  private static Scenario pinZeroPage() {
    return Spec.named(
            "pin-zero-page", "two CPUs read, by get_user_pages, memory that nobody wrote to")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .kinds(PageKind.ZERO)
        .boot(Boot::zeroPage)
        .program((role, rounds, design) -> List.of(gupFast(role, 0), unpin(0)))
        .sometimes(
            "both had a reference to the zero page", m -> areHeldByGup(m, Faults.ZERO_PAGE, 2));
  }

  /** */
  private static Scenario splitAfterUnpin() {
    return Spec.named(
            "split-after-unpin",
            "a huge page is pinned through its tail, unpinned and split; another CPU would split it"
                + " as soon as it is pinned")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .kinds(PageKind.HUGE)
        .boot(mm -> Boot.huge(mm, 0))
        .program((role, rounds, design) -> role == 1
            ? List.of(waitForSignal(), split(0))
            : List.of(gup(1, 0), signal(), unpinAndSplit(0, 1)))
        .sometimes("the huge page was pinned", m -> m.pages().live(0) > 0)
        .sometimes(
            "another CPU tried to split the page while it was pinned",
            m -> "split".equals(m.running(1)) && m.pages().live(0) > 0)
        .sometimes(
            "the page was split by the CPU that had unpinned it",
            m -> "unpin and split".equals(m.running(0))
                && !m.mm().page().test(page(m, 0), PageFlag.HEAD));
  }

  /** the assertions of the postings in lock_page_lru and unlock_page_lru. */
  private static Scenario memcgChargeVsPin() {
    return Spec.named(
            "memcg-charge-vs-pin", "a page is pinned while it is charged to a memory cgroup")
        .load(Load.MEMCG_CHARGES)
        .cpus(2, 2, 3, 1, 0)
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) ->
            role == 1 ? List.of(charge(0)) : List.of(gupFast(0, 0), unpin(0)))
        .sometimes(
            "gup_fast got the page while it was off its list for the charge",
            m -> overlap(m, "charge", "gup_fast")
                && !m.mm().page().test(page(m, 0), PageFlag.LRU)
                && m.mm().page().references(page(m, 0)) >= 3)
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  // ---- what conditions ask

  /** Whether so many gups hold a page that has one reference else. */
  private static boolean areHeldByGup(Moment m, int page, int gups) {
    return m.mm().page().references(page(m, page)) == 1 + gups * m.mm().design().refsPerPin();
  }

  private static long page(Moment m, int number) {
    return m.mm().page().address(number);
  }
}
