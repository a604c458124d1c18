// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** a page is pinned while reclaim puts it back from its private list. */
public class PinVsPutback {

  @JCStressTest
  @State
  @Outcome(
      id = "referenced",
      expect = ACCEPTABLE,
      desc = "The page is on the LRU again and has one more reference, in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "get-page");

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
      desc = "Reclaim put the page back first, then the pin isolated it and was counted.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin came while reclaim still had the page: isolate_lru_page failed and "
          + "nobody was told (R-02). Then the page went back to the LRU: it says it is not "
          + "pinned while DMA runs.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "rfc-oct");

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
      desc = "Reclaim put the page back first, then the pin isolated it and was counted.")
  @Outcome(
      id = "pin-over-links",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the pin could not isolate the page and went on; reclaim's list_add came before"
          + " its stores: count and flag lie over the links of a page on the LRU (R-05).")
  @Outcome(
      id = "torn-count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: list_add ran between the pin's two stores: the count is the low half of a "
          + "pointer, the flag is in lru.next, the LRU is corrupt (R-05, R-06).")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote count and flag while reclaim had the page in hand, then list_add"
          + " overwrote both (R-06): a page on the LRU whose pin is erased, and whose unpin"
          + " decrements lru.prev (R-03).")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote over the links while the page was on reclaim's private list, "
          + "then reclaim's list_del stored through the wild pointer with lru_lock held "
          + "(R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "rfc-nov");

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
      desc = "Reclaim put the page back first, or before the pin had tried for the last "
          + "time: isolated and counted.")
  @Outcome(
      id = "on-lru",
      expect = ACCEPTABLE,
      desc = "Every attempt of the pin came while reclaim still had the page: the pin "
          + "failed, the caller knows, and the page is on the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "rfc-fixed");

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
      desc = "The count lies outside struct page: visible before and after reclaim put the "
          + "page back.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "page-ext");

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
      desc = "The pin is 1024 references, taken with one atomic add: visible before and "
          + "after reclaim put the page back.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "foll-pin");

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
      desc = "Reclaim put the page back first, then the pin isolated it and was " + "counted.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin came while reclaim still had the page: isolate_lru_page failed "
          + "and nobody was told (R-02). Then the page went back to the LRU: it "
          + "says it is not pinned while DMA runs.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the pin isolated the page and was counted, then the put_page "
          + "with which reclaim drops the reference of its isolation, taken before "
          + "the pin, found the flag and gave the pin back: DMA runs to a page that "
          + "says it is not pinned and is on no list.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_PUTBACK, "rfc-jul");

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
