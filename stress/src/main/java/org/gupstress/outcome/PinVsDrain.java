// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** a page is pinned while the pagevec that holds it is drained, under another lock. */
public class PinVsDrain {

  @JCStressTest
  @State
  @Outcome(
      id = "referenced",
      expect = ACCEPTABLE,
      desc = "gup_fast took a plain reference and the drain put the page on the LRU, in "
          + "either order: lists and counts are right, but nothing tells the pin from a "
          + "look-up.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "get-page");

    public GetPage() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and was "
          + "counted: the page is tracked.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin came before the drain set PG_lru: isolate_lru_page failed and nobody "
          + "was told (R-02). The caller does DMA to a page on the LRU that says it is not "
          + "pinned, and its unpin will decrement lru.prev (R-03).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-oct");

    public RfcOct() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and "
          + "remembered that it must be put back.")
  @Outcome(
      id = "pinned-unmarked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin was complete before the drain tested the flag: the drain skips the "
          + "page and was-LRU is not set, so no unpin puts it back. It is on no list until "
          + "truncate or unmount (R-08).")
  @Outcome(
      id = "pin-over-links",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the drain tested the flag before the pin set it, linked the "
          + "page, and then the pin wrote count and flag over the links of a page "
          + "on the LRU (R-07): the next operation on a neighbour follows a pointer "
          + "that is off by four.")
  @Outcome(
      id = "torn-count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: list_add ran between the pin's two stores: the count was "
          + "replaced by the low half of a pointer, then set_bit hit lru.next "
          + "(R-07). The page says it is pinned as often as that number, and its "
          + "list is corrupt.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote count and flag after the drain's test, then list_add overwrote "
          + "both (R-07): a page on the LRU whose pin is erased; reclaim may take it under "
          + "DMA, and the unpin decrements lru.prev (R-03).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-nov");

    public RfcNov() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "Either the drain came first, or the pin found the page in a pagevec, had it "
          + "drained and isolated it then: counted, and put back by the last unpin.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-fixed");

    public RfcFixed() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The count lies outside struct page: the pin is visible whether it comes before"
          + " or after the drain, and the page is on the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "page-ext");

    public PageExt() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The pin is 1024 references, taken with one atomic add: it is visible whether "
          + "it comes before or after the drain, and the page is on the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "foll-pin");

    public FollPin() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and was "
          + "counted: the page is tracked.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin came before the drain set PG_lru: isolate_lru_page failed and nobody "
          + "was told (R-02). The caller does DMA to a page on the LRU that says it is not "
          + "pinned, and its unpin will decrement lru.prev (R-03).")
  @Outcome(
      id = "undercounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Some pins came before the drain set PG_lru (isolate_lru_page failed (R-02)), "
          + "others after it: the count is lower than the pins, and the first unpins "
          + "release those of the others (R-04).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-oct", 3);

    public RfcOctOn3Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @JCStressMeta(RfcOctOn3Cpus.class)
  @State
  public static class RfcOctOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-oct", 4);

    public RfcOctOn4Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Actor
    public void cpu3() {
      run(3);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and "
          + "remembered that it must be put back.")
  @Outcome(
      id = "pinned-unmarked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin was complete before the drain tested the flag: the drain skips the "
          + "page and was-LRU is not set, so no unpin puts it back. It is on no list until "
          + "truncate or unmount (R-08).")
  @Outcome(
      id = "pin-over-links",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the drain tested the flag before the pin set it, linked the "
          + "page, and then the pin wrote count and flag over the links of a page "
          + "on the LRU (R-07): the next operation on a neighbour follows a pointer "
          + "that is off by four.")
  @Outcome(
      id = "torn-count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: list_add ran between the pin's two stores: the count was "
          + "replaced by the low half of a pointer, then set_bit hit lru.next "
          + "(R-07). The page says it is pinned as often as that number, and its "
          + "list is corrupt.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the pin wrote count and flag after the drain's test, then list_add "
          + "overwrote both (R-07): a page on the LRU whose pin is erased; reclaim may take it "
          + "under DMA, and the unpin decrements lru.prev (R-03).")
  @Outcome(
      id = "undercounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A pin was erased by list_add, and a later one isolated the page and counted "
          + "from one: the count is lower than the pins, so an early unpin puts back a page"
          + " under DMA (R-07, R-04).")
  @Outcome(
      id = "list-corrupted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: a second pin found the flag that the first had set and waited to "
          + "raise its count; then list_add overwrote flag and count, and the "
          + "increment hit lru.prev (R-07): nobody says that the page is pinned, "
          + "and its list runs into an address that is off by one.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-nov", 3);

    public RfcNovOn3Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and "
          + "remembered that it must be put back.")
  @Outcome(
      id = "pinned-unmarked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin was complete before the drain tested the flag: the drain skips the "
          + "page and was-LRU is not set, so no unpin puts it back. It is on no list until "
          + "truncate or unmount (R-08).")
  @Outcome(
      id = "pin-over-links",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the drain tested the flag before the pin set it, linked the "
          + "page, and then the pin wrote count and flag over the links of a page "
          + "on the LRU (R-07): the next operation on a neighbour follows a pointer "
          + "that is off by four.")
  @Outcome(
      id = "torn-count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: list_add ran between the pin's two stores: the count was "
          + "replaced by the low half of a pointer, then set_bit hit lru.next "
          + "(R-07). The page says it is pinned as often as that number, and its "
          + "list is corrupt.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the pins wrote count and flag after the drain's test, then list_add "
          + "overwrote both (R-07): a page on the LRU whose pins are erased; reclaim may take "
          + "it under DMA, and the first unpin decrements lru.prev (R-03).")
  @Outcome(
      id = "undercounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A pin was erased by list_add, and a later one isolated the page and counted "
          + "from one: the count is lower than the pins, so an early unpin puts back a page"
          + " under DMA (R-07, R-04).")
  @Outcome(
      id = "list-corrupted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: a second pin found the flag that the first had set and waited to "
          + "raise its count; then list_add overwrote flag and count, and the "
          + "increment hit lru.prev (R-07): nobody says that the page is pinned, "
          + "and its list runs into an address that is off by one.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: one pin wrote over the links of the page, and the isolation of the next "
          + "one followed them: a store through a wild pointer with lru_lock held (R-05, "
          + "R-07).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-nov", 4);

    public RfcNovOn4Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Actor
    public void cpu3() {
      run(3);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @JCStressMeta(RfcFixed.class)
  @State
  public static class RfcFixedOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-fixed", 3);

    public RfcFixedOn3Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @JCStressMeta(FollPin.class)
  @State
  public static class FollPinOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "foll-pin", 3);

    public FollPinOn3Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @JCStressMeta(FollPin.class)
  @State
  public static class FollPinOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "foll-pin", 4);

    public FollPinOn4Cpus() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Actor
    public void cpu2() {
      run(2);
    }

    @Actor
    public void cpu3() {
      run(3);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  @JCStressTest
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "The drain put the page on the LRU first, then the pin isolated it and "
          + "was counted: the page is tracked.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin came before the drain set PG_lru: isolate_lru_page failed and "
          + "nobody was told (R-02). DMA runs to a page on the LRU that says it is "
          + "not pinned; its put_page finds no flag and counts nothing.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-jul");

    public RfcJul() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }
}
