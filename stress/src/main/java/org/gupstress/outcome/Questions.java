// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.lateUnpin;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import java.util.function.Function;
import org.gupstress.design.Mm;
import org.gupstress.lru.Isolation;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.memory.SpinLock;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;

/**
 * What the outcome tests ask, as scenarios: the same operations run on real threads and in the
 * explorer. Every operation is bounded even where a list is corrupt, because no thread may hang; R
 * numbers are ids of {@code model/RACES.md}.
 */
public final class Questions {
  private static final String PREFIX = "outcome-";

  private Questions() {}

  // ---- raw words

  /** An address with a high half unlike that of poison, and a low half far from 0. */
  private static final long LINK = Arena.BASE + 0x7000;

  static final Scenario DECREMENT_VS_LIST_STORE = raw(
      "decrement-vs-list-store",
      "the decrement of dma_pinned_count meets a list store to lru.prev",
      operation("dec", (mm, cpu) -> mm.memory().through(View.PIN).add32(word(mm) + 8, -1)),
      operation(
          "list store", (mm, cpu) -> mm.memory().through(View.LIST).write64(word(mm) + 8, LINK)),
      mm -> halves(mm, mm.memory().read64(word(mm) + 8)));

  static final Scenario COUNT_STORE_VS_LIST_STORE = raw(
      "count-store-vs-list-store",
      "the 32-bit store of a count meets a 64-bit list store to the same word",
      operation(
          "set count", (mm, cpu) -> mm.memory().through(View.PIN).writeOnce32(word(mm) + 8, 1)),
      operation(
          "list store", (mm, cpu) -> mm.memory().through(View.LIST).write64(word(mm) + 8, LINK)),
      mm -> halves(mm, mm.memory().read64(word(mm) + 8)));

  static final Scenario COUNT_STORE_VS_LIST_LOAD = raw(
      "count-store-vs-list-load",
      "the 32-bit store of a count meets a 64-bit load of lru.prev",
      operation(
          "set count", (mm, cpu) -> mm.memory().through(View.PIN).writeOnce32(word(mm) + 8, 1)),
      operation(
          "list load",
          (mm, cpu) -> cpu.setRegister(0, mm.memory().through(View.LIST).read64(word(mm) + 8))),
      mm -> halves(mm, mm.cpu(1).register(0)));

  static final Scenario DECREMENT_VS_LIST_LOAD = raw(
      "decrement-vs-list-load",
      "the decrement of dma_pinned_count meets a 64-bit load of lru.prev",
      operation("dec", (mm, cpu) -> mm.memory().through(View.PIN).add32(word(mm) + 8, -1)),
      operation(
          "list load",
          (mm, cpu) -> cpu.setRegister(0, mm.memory().through(View.LIST).read64(word(mm) + 8))),
      mm -> halves(mm, mm.cpu(1).register(0)));

  static final Scenario LIST_STORE_VS_FLAG_TEST = raw(
      "list-store-vs-flag-test",
      "a 64-bit list store to lru.next meets the flag test of both postings",
      operation(
          "list store", (mm, cpu) -> mm.memory().through(View.LIST).writeOnce64(word(mm), LINK)),
      operation(
          "flag test",
          (mm, cpu) -> cpu.setRegister(0, mm.memory().through(View.PIN).readOnce64(word(mm)))),
      mm -> halves(mm, mm.cpu(1).register(0)));

  static final Scenario FLAG_SET_VS_LIST_STORE = raw(
      "flag-set-vs-list-store",
      "set_bit on dma_pinned_flags meets a 64-bit list store to lru.next",
      operation("set flag", (mm, cpu) -> mm.memory().through(View.PIN).setBits64(word(mm), 4)),
      operation(
          "list store", (mm, cpu) -> mm.memory().through(View.LIST).writeOnce64(word(mm), LINK)),
      mm -> halves(mm, mm.memory().read64(word(mm))));

  private static long word(Mm mm) {
    return mm.page().address(0) + PageLayout.LRU;
  }

  /** High half, low half: each is that of the initial poison, of the list pointer, or neither. */
  private static String halves(Mm mm, long value) {
    long poison = mm.memory().read64(mm.page().address(0) + PageLayout.PRIVATE);
    String high =
        value >>> 32 == LINK >>> 32 ? "link" : value >>> 32 == poison >>> 32 ? "old" : "torn";
    int low = (int) value;
    String rest = switch (low - (int) LINK) {
      case 0 -> "link";
      case -1 -> "link-minus-1";
      case 4 -> "link-plus-4";
      default -> old(low, (int) poison);
    };
    return high + "+" + rest;
  }

  private static String old(int low, int before) {
    return switch (low - before) {
      case 0 -> "old";
      case -1 -> "old-minus-1";
      default -> low == 1 ? "count" : "torn";
    };
  }

  private static Scenario raw(
      String id, String summary, Operation first, Operation second, Function<Mm, String> outcome) {
    return ask(id, summary)
        .boot(mm -> {
          mm.memory().write64(word(mm), Values.LIST_POISON2);
          mm.memory().write64(word(mm) + 8, Values.LIST_POISON2);
          mm.memory().write64(mm.page().address(0) + PageLayout.PRIVATE, Values.LIST_POISON2);
        })
        .program((role, rounds, design) -> List.of(role == 0 ? first : second))
        .outcome(outcome);
  }

  // ---- pins against the LRU

  /** */
  static final Scenario PIN_VS_DRAIN = ask(
          "pin-vs-drain", "gup_fast pins a page while another CPU drains the pagevec that holds it")
      .cpus(2, 2, 4, 0, 1)
      .boot(mm -> Boot.inPagevecOf(mm, 0, 0))
      .program((role, rounds, design) -> List.of(role == 0 ? drain() : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  /** */
  static final Scenario PIN_VS_ISOLATE = ask(
          "pin-vs-isolate", "gup_fast pins a page while another CPU isolates it to a private list")
      .boot(mm -> Boot.mapped(mm, 0))
      .program((role, rounds, design) -> List.of(role == 0 ? isolate() : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  static final Scenario LAST_UNPIN_VS_PIN = ask(
          "last-unpin-vs-pin", "the last pin is given back while another CPU pins the page again")
      .cpus(2, 2, 4, 0, 1)
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 0, gupFast(0, Ending.PINNED));
      })
      .program((role, rounds, design) ->
          List.of(role == 0 ? unpin(Ending.PINNED) : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  static final Scenario UNPIN_VS_RECLAIM_SCAN = ask(
          "unpin-vs-reclaim-scan",
          "a page pinned before its pagevec was drained is unpinned while reclaim isolates it")
      .boot(Questions::pinThenDrain)
      .program((role, rounds, design) -> List.of(role == 0 ? unpin(Ending.PINNED) : scan()))
      .outcome(Ending::ofPins);

  /** The unpin may put the page back, and then the scan may find it; R-01 where it does not. */
  static final Scenario UNPIN_AND_DRAIN_VS_RECLAIM_SCAN = ask(
          "unpin-and-drain-vs-reclaim-scan",
          "a page pinned from the LRU is unpinned and its pagevec drained while reclaim scans")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 0, gupFast(0, Ending.PINNED));
      })
      .program((role, rounds, design) ->
          role == 0 ? List.of(unpin(Ending.PINNED), drain()) : List.of(scan()))
      .outcome(Ending::ofPins);

  /** */
  static final Scenario PIN_VS_PUTBACK = ask(
          "pin-vs-putback", "gup_fast pins a page while reclaim puts it back onto the LRU")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 0, isolate());
      })
      .program((role, rounds, design) -> List.of(role == 0 ? putback() : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  /** */
  static final Scenario UNCOUNTED_UNPIN = ask(
          "uncounted-unpin",
          "a pin taken before the pagevec was drained is given back while another CPU pins")
      .cpus(2, 2, 4, 0, 1)
      .boot(Questions::pinThenDrain)
      .program((role, rounds, design) ->
          List.of(role == 0 ? unpin(Ending.PINNED) : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  /** R-06, then R-03: the second posting counts such a pin, and list_add erases the count. */
  static final Scenario ERASED_UNPIN = ask(
          "erased-unpin",
          "a pin taken while reclaim had the page in hand is given back while another CPU pins")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 1, takeInHand());
        now(mm, 0, gupFast(0, Ending.PINNED));
        now(mm, 1, addToLru());
      })
      .program((role, rounds, design) ->
          List.of(role == 0 ? unpin(Ending.PINNED) : gupFast(0, Ending.PINNED)))
      .outcome(Ending::ofPins);

  /** */
  static final Scenario UNCONVERTED_PUT_VS_UNPIN = ask(
          "unconverted-put-vs-unpin",
          "of two pins one is given back by put_page and one by unpin, then the page is unmapped;"
              + " the last reference is that of a look-up")
      .boot(mm -> {
        Boot.anonymous(mm, 0);
        mm.page().bootRef(mm.page().address(0), Ref.LOOKUP);
        now(mm, 0, gupFast(0, Ending.PINNED));
        now(mm, 1, gupFast(0, Ending.PINNED));
      })
      .program((role, rounds, design) -> role == 0
          ? List.of(unconvertedPut(Ending.PINNED), forget())
          : List.of(unpin(Ending.PINNED), unmap(0)))
      .outcome(Questions::atTheFree);

  /** What the free will find: it comes with the reference of the look-up. */
  private static String atTheFree(Mm mm) {
    long page = mm.page().address(0);
    if (mm.memory().read32(page + PageLayout.REFCOUNT) != 1) {
      return released(mm);
    }
    if (!mm.design().hasQuery()) {
      return "freed";
    }
    boolean says = mm.design().isPinned(mm, page);
    int count = mm.design().pinCount(mm, page);
    return says ? "freed-with-" + count + "-pin" : count == 0 ? "freed-unpinned" : "freed-torn";
  }

  private static String released(Mm mm) {
    long page = mm.page().address(0);
    int references = mm.memory().read32(page + PageLayout.REFCOUNT);
    if (references == 0) {
      return "freed";
    }
    return references < 0 ? "refcount-negative" : "leaked";
  }

  /** where unpin is put_page nobody unpins late. */
  static final Scenario LATE_UNPIN = ask(
          "late-unpin",
          "a pin that put_page has given back already is given back again by unpin, while the page"
              + " is unmapped and used again")
      .pages(2)
      .boot(mm -> {
        Boot.anonymous(mm, 0);
        now(mm, 0, gupFast(0, Ending.PINNED));
        if (!mm.design().unpinsWithPutPage()) {
          now(mm, 0, unconvertedPut(Ending.PINNED));
        }
      })
      .program((role, rounds, design) -> role == 1
          ? List.of(unmap(0), fault(1))
          : List.of(design.unpinsWithPutPage() ? unpin(Ending.PINNED) : lateUnpin(Ending.PINNED)))
      .outcome(Questions::usedAgain);

  /** The next owner has the references of a pte and of its pagevec, and a page just unlinked. */
  private static String usedAgain(Mm mm) {
    long page = mm.page().address(0);
    boolean putBack = mm.lru().pagevecs().contains(0, Pagevecs.Kind.LRU_ADD, page);
    if (!mm.pageTable().maps(1, page)) {
      return putBack ? "freed-in-pagevec" : released(mm);
    }
    if (mm.memory().read32(page + PageLayout.REFCOUNT) < 2) {
      return "next-owner-robbed";
    }
    if (putBack) {
      return "in-two-pagevecs";
    }
    boolean untouched = mm.lru().list().next(page + PageLayout.LRU) == Values.LIST_POISON1
        && mm.lru().list().prev(page + PageLayout.LRU) == Values.LIST_POISON2;
    return untouched ? "used-again" : "next-owner-scribbled";
  }

  // ---- what a lockless reader sees

  static final Scenario FLAG_VERSUS_COUNT_PUBLICATION = ask(
          "flag-versus-count-publication",
          "a lockless reader asks whether the page is pinned, then how often, during pin and unpin")
      .boot(mm -> Boot.mapped(mm, 0))
      .program((role, rounds, design) ->
          role == 0 ? List.of(gupFast(0, Ending.PINNED), unpin(Ending.PINNED)) : List.of(lookUp()))
      .outcome(Questions::seen);

  /** The second posting and its successor put the page back, and the drain links it. */
  static final Scenario FLAG_VERSUS_COUNT_RELINKED = ask(
          "flag-versus-count-relinked",
          "a lockless reader asks whether the page is pinned, then how often, while it is unpinned"
              + " and its pagevec drained")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 0, gupFast(0, Ending.PINNED));
      })
      .program((role, rounds, design) ->
          role == 0 ? List.of(unpin(Ending.PINNED), drain()) : List.of(lookUp()))
      .outcome(Questions::seen);

  private static Operation lookUp() {
    return operation("look up", (mm, cpu) -> {
      long page = mm.page().address(0);
      boolean says = mm.design().isPinned(mm, page);
      // ordering: rmb pairs with nothing in the postings, which store count and flag relaxed
      mm.memory().rmb();
      long count = says ? countAlone(mm, page) : 0;
      cpu.setRegister(2, says ? 1 : 0);
      cpu.setRegister(3, count);
    });
  }

  /** The count without another look at the flag. */
  private static long countAlone(Mm mm, long page) {
    return mm.design().countsInUnion()
        ? mm.memory().through(View.PIN).readOnce32(page + PageLayout.DMA_PINNED_COUNT)
        : mm.design().pinCount(mm, page);
  }

  private static String seen(Mm mm) {
    if (mm.cpu(1).register(2) == 0) {
      return "not-pinned";
    }
    long count = mm.cpu(1).register(3);
    return count == 1 ? "flag-and-count" : count == 0 ? "flag-and-zero" : "flag-and-pointer";
  }

  /** Speculative get against page_ref_freeze; the frame is used again at once. */
  static final Scenario FAST_GUP_VS_FREEZE = fastGupVsFreeze("fast-gup-vs-freeze");

  /** Takes another page first: reclaim is the slower of the two, and must come in between. */
  static final Scenario FAST_GUP_VS_FREEZE_UNCHECKED = ask(
          "fast-gup-vs-freeze-unchecked",
          "gup_fast, without its second look at the pte, takes two pages while reclaim frees one")
      .withoutPteRecheck()
      .pages(3)
      .boot(mm -> {
        Boot.mapped(mm, 0);
        Boot.mapped(mm, 2);
        now(mm, 1, isolate());
      })
      .program((role, rounds, design) -> role == 0
          ? List.of(gupFast(2, 2), gupFast(0, Ending.PINNED))
          : List.of(reclaimIsolated(), fault(1)))
      .outcome(Questions::owner);

  private static Spec fastGupVsFreeze(String id) {
    return ask(id, "gup_fast takes a page while reclaim unmaps, freezes and frees it for reuse")
        .pages(2)
        .boot(mm -> {
          Boot.mapped(mm, 0);
          now(mm, 1, isolate());
        })
        .program((role, rounds, design) ->
            role == 0 ? List.of(gupFast(0, Ending.PINNED)) : List.of(reclaimIsolated(), fault(1)))
        .outcome(Questions::owner);
  }

  private static String owner(Mm mm) {
    long page = mm.page().address(0);
    boolean held = mm.cpu(0).register(Ending.PINNED) == page;
    boolean reused = mm.pageTable().mappings(page) > 0;
    boolean cached = mm.addressSpace().holders(page) > 0;
    if (held) {
      return cached ? "got-the-page" : "got-a-freed-page";
    }
    return reused ? "reclaimed" : cached ? "kept" : "frozen-not-reused";
  }

  /** One plain reference short of the bias. */
  static final Scenario REFCOUNT_BIAS = ask(
          "refcount-bias",
          "a page with 1023 plain references gets one more, four times, while somebody asks")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        for (int taken = 2; taken < 1023; taken++) {
          mm.page().bootRef(mm.page().address(0), Ref.LOOKUP);
        }
      })
      .program((role, rounds, design) -> role == 0
          ? List.of(
              getPage(), putPage(), getPage(), putPage(), getPage(), putPage(), getPage(),
              putPage())
          : List.of(queryOften(2)))
      .outcome(mm -> mm.cpu(1).register(2) == 0 ? "says-not-pinned" : "false-positive");

  /** The other direction: no false negative while a pin is held. */
  static final Scenario REFCOUNT_BIAS_HELD = ask(
          "refcount-bias-held", "a pinned page is asked about while plain references come and go")
      .boot(mm -> {
        Boot.mapped(mm, 0);
        now(mm, 0, gupFast(0, Ending.PINNED));
      })
      .program(
          (role, rounds, design) -> role == 0 ? List.of(getPage(), putPage()) : List.of(query(2)))
      .outcome(mm -> mm.cpu(1).register(2) == 0 ? "false-negative" : "says-pinned");

  private static final long REFUSED = 2;

  /** Everything at once: whoever pins asks, and asks again when he has unpinned. */
  static final Scenario REFCOUNT_BIAS_MIXED = ask(
          "refcount-bias-mixed",
          "a CPU pins, asks, unpins and asks again, while another one pins, gets, unpins and puts")
      .boot(mm -> Boot.mapped(mm, 0))
      .program((role, rounds, design) -> role == 0
          ? List.of(gupFast(0, Ending.PINNED), getPage(), unpin(Ending.PINNED), putPage())
          : List.of(gupFast(0, Ending.PINNED), askIfHeld(), unpin(Ending.PINNED), query(3)))
      .outcome(mm -> {
        long held = mm.cpu(1).register(2);
        boolean after = mm.cpu(1).register(3) != 0;
        if (held == REFUSED) {
          return after ? "refused-says-pinned" : "refused-says-not-pinned";
        }
        return held == 0 ? "false-negative" : after ? "pinned-all-along" : "pinned-then-not";
      });

  /** The query by somebody who pinned, if he could. */
  private static Operation askIfHeld() {
    return operation("query", (mm, cpu) -> {
      long page = mm.page().address(0);
      boolean held = cpu.register(Ending.PINNED) == page;
      cpu.setRegister(2, !held ? REFUSED : mm.design().isPinned(mm, page) ? 1 : 0);
    });
  }

  static final Scenario LIST_DEL_VS_PINNED_TEST = ask(
          "list-del-vs-pinned-test",
          "PageTail and the pin flags are tested without a lock while list_del runs")
      .boot(mm -> Boot.cached(mm, 0, PageFlag.ACTIVE.mask()))
      .program((role, rounds, design) -> List.of(role == 0 ? isolate() : testUnlocked()))
      .outcome(mm -> {
        long tested = mm.cpu(1).register(2);
        return tested == 0 ? "no-bit" : (tested & 1) != 0 ? "looks-like-a-tail" : "looks-flagged";
      });

  /** All of them, so that the tokens of their interleavings can be replayed. */
  public static List<Scenario> all() {
    return List.of(
        DECREMENT_VS_LIST_STORE,
        COUNT_STORE_VS_LIST_STORE,
        COUNT_STORE_VS_LIST_LOAD,
        DECREMENT_VS_LIST_LOAD,
        LIST_STORE_VS_FLAG_TEST,
        FLAG_SET_VS_LIST_STORE,
        PIN_VS_DRAIN,
        PIN_VS_ISOLATE,
        LAST_UNPIN_VS_PIN,
        UNPIN_VS_RECLAIM_SCAN,
        UNPIN_AND_DRAIN_VS_RECLAIM_SCAN,
        PIN_VS_PUTBACK,
        UNCOUNTED_UNPIN,
        ERASED_UNPIN,
        UNCONVERTED_PUT_VS_UNPIN,
        LATE_UNPIN,
        FLAG_VERSUS_COUNT_PUBLICATION,
        FLAG_VERSUS_COUNT_RELINKED,
        FAST_GUP_VS_FREEZE,
        FAST_GUP_VS_FREEZE_UNCHECKED,
        REFCOUNT_BIAS,
        REFCOUNT_BIAS_HELD,
        REFCOUNT_BIAS_MIXED,
        LIST_DEL_VS_PINNED_TEST);
  }

  /** The one that a grading table calls by its id, without the prefix that all have. */
  static Scenario named(String id) {
    for (Scenario question : all()) {
      if (question.id().equals(PREFIX + id)) {
        return question;
      }
    }
    throw new IllegalArgumentException("no question is called " + id);
  }

  // ---- operations

  private static Operation operation(String name, Operation.Body body) {
    return new Operation(name, body);
  }

  /** isolate_lru_page, and list_add to a list of the caller, as migration does. */
  private static Operation isolate() {
    return operation("isolate", (mm, cpu) -> {
      long page = mm.page().address(0);
      if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        ListHead list = mm.lru().list();
        list.init(mm.reclaim().pageList(cpu));
        list.add(page + PageLayout.LRU, mm.reclaim().pageList(cpu));
        cpu.setRegister(Ending.ISOLATED, page);
      }
    });
  }

  /** The part of putback_inactive_pages for one page. */
  private static Operation putback() {
    return operation("putback", (mm, cpu) -> {
      Page pages = mm.page();
      long page = cpu.register(Ending.ISOLATED);
      SpinLock lruLock = mm.lru().node().lruLock();
      lruLock.lockIrq(cpu);
      mm.lru().list().del(page + PageLayout.LRU);
      pages.set(page, PageFlag.LRU);
      mm.lru().lruvec().add(page, mm.lru().lruvec().listOf(page));
      lruLock.unlockIrq(cpu);
      mm.lru().release().put(cpu, page, Ref.ISO);
      cpu.setRegister(Ending.ISOLATED, 0);
    });
  }

  /** shrink_page_list has unlinked the page, and works on it. */
  private static Operation takeInHand() {
    return operation("in hand", (mm, cpu) -> {
      long page = mm.page().address(0);
      if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        cpu.setRegister(Ending.ISOLATED, page);
      }
    });
  }

  /** The end of putback_inactive_pages for a page that is on no list. */
  private static Operation addToLru() {
    return operation("add to lru", (mm, cpu) -> {
      Page pages = mm.page();
      long page = cpu.register(Ending.ISOLATED);
      if (page != 0) {
        SpinLock lruLock = mm.lru().node().lruLock();
        lruLock.lockIrq(cpu);
        pages.set(page, PageFlag.LRU);
        mm.lru().lruvec().add(page, mm.lru().lruvec().listOf(page));
        lruLock.unlockIrq(cpu);
        mm.lru().release().put(cpu, page, Ref.ISO);
        cpu.setRegister(Ending.ISOLATED, 0);
      }
    });
  }

  /** isolate_lru_pages with a budget of one page. */
  private static Operation scan() {
    return operation("scan", (mm, cpu) -> {
      ListHead list = mm.lru().list();
      SpinLock lruLock = mm.lru().node().lruLock();
      long head = mm.lru().node().head(LruList.INACTIVE_FILE);
      list.init(mm.reclaim().pageList(cpu));
      lruLock.lockIrq(cpu);
      long entry = list.prev(head);
      if (entry != head) {
        scanned(mm, cpu, entry, head);
      }
      lruLock.unlockIrq(cpu);
    });
  }

  private static void scanned(Mm mm, Cpu cpu, long entry, long head) {
    long page = entry - PageLayout.LRU;
    Isolation.Result result = mm.lru().isolation().isolateForReclaim(page);
    switch (result) {
      case ISOLATED -> {
        mm.lru().list().move(entry, mm.reclaim().pageList(cpu));
        mm.lru().lruvec().takeFromSize(LruList.INACTIVE_FILE, 1);
        cpu.setRegister(Ending.ISOLATED, page);
      }
      case BUSY -> mm.lru().list().move(entry, head);
      case INVALID -> mm.memory().bug("BUG() in isolate_lru_pages: page on an LRU without PG_lru");
    }
  }

  /** What shrink_page_list does to a clean page that is isolated: unmap, freeze, free. */
  private static Operation reclaimIsolated() {
    return operation("reclaim", (mm, cpu) -> {
      Page pages = mm.page();
      long page = cpu.register(Ending.ISOLATED);
      mm.lru().list().del(page + PageLayout.LRU);
      mm.memory().note(Note.IN_HAND, page);
      mm.rmap().tryToUnmap(cpu, page);
      SpinLock slots = mm.addressSpace().pagesLock();
      long flags = slots.lockIrqsave(cpu);
      boolean frozen = pages.freeze(page, Ref.CACHE, Ref.ISO);
      if (frozen) {
        mm.addressSpace().delete(page);
      }
      slots.unlockIrqrestore(cpu, flags);
      if (frozen) {
        mm.memory().clearBits64(page, PageFlag.REFERENCED.mask());
        mm.lru().release().free(cpu, page);
      }
      cpu.setRegister(Ending.ISOLATED, 0);
    });
  }

  private static Operation getPage() {
    return operation("get_page", (mm, cpu) -> mm.page().get(mm.page().address(0), Ref.LOOKUP));
  }

  private static Operation putPage() {
    return operation(
        "put_page", (mm, cpu) -> mm.lru().release().put(cpu, mm.page().address(0), Ref.LOOKUP));
  }

  private static Operation forget() {
    return operation("forget", (mm, cpu) -> cpu.setRegister(Ending.PINNED, 0));
  }

  private static Operation query(int register) {
    return operation(
        "query",
        (mm, cpu) ->
            cpu.setRegister(register, mm.design().isPinned(mm, mm.page().address(0)) ? 1 : 0));
  }

  /** As long as the other CPU's gets and puts, so that they meet: whether any answer was yes. */
  private static Operation queryOften(int register) {
    return operation("queries", (mm, cpu) -> {
      boolean pinned = false;
      for (int i = 0; i < QUERIES; i++) {
        pinned |= mm.design().isPinned(mm, mm.page().address(0));
      }
      cpu.setRegister(register, pinned ? 1 : 0);
    });
  }

  private static final int QUERIES = 8;

  private static Operation testUnlocked() {
    return operation("test", (mm, cpu) -> {
      long word = mm.page().address(0) + PageLayout.DMA_PINNED_FLAGS;
      cpu.setRegister(2, mm.memory().readBits64(word, 1 | mm.design().discriminators()));
    });
  }

  // ---- beginnings

  private static Spec ask(String id, String sentence) {
    return Spec.named(PREFIX + id, sentence).cpus(2, 2, 2, 0, 1);
  }

  private static void now(Mm mm, int cpu, Operation operation) {
    operation.body().run(mm, mm.cpu(cpu));
  }

  /** cpu0 pins a page out of its own pagevec, then drains it. */
  private static void pinThenDrain(Mm mm) {
    Boot.inPagevecOf(mm, 0, 0);
    now(mm, 0, gupFast(0, Ending.PINNED));
    now(mm, 0, drain());
  }
}
