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

/**
 * a page pinned before its pagevec was drained is unpinned while reclaim scans the LRU.
 */
public class UnpinVsReclaimScan {

  @JCStressTest
  @State
  @Outcome(
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "Reclaim isolated the page and the reference of the pin went, in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "get-page");

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
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "By luck: the pin was never counted, so its unpin decremented lru.prev, but "
          + "after reclaim had read it and before list_add wrote it anew (R-03).")
  @Outcome(
      id = "list-corrupted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Reclaim moved the page to its private list, then the unpin of a pin that was "
          + "never counted decremented lru.prev (R-03): the list runs into an address that "
          + "is off by one.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The unpin of a pin that was never counted decremented lru.prev of a page on "
          + "the LRU (R-03), then reclaim took the page off: a store through a misaligned "
          + "pointer with lru_lock held.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "rfc-oct");

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
      id = "lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The page was pinned in its pagevec, so the drain skipped it and the scan "
          + "cannot find it; the unpin does not put it back because was-LRU is not set. In "
          + "every order it is on no list until truncate or unmount (R-08).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "rfc-nov");

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
      id = "in-pagevec",
      expect = ACCEPTABLE,
      desc = "The pin had drained the pagevec and isolated the page, so the scan found "
          + "nothing; the unpin put it into a pagevec, from where the next drain brings it "
          + "to the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "rfc-fixed");

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
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "The count lies outside struct page: reclaim isolated the page and the count "
          + "went to zero, in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "page-ext");

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
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "Reclaim isolated the page and 1024 references went, in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "foll-pin");

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
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "The pin was never counted (R-02), so its put_page found no flag and "
          + "touched nothing but the reference; reclaim isolated the page, in "
          + "either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_VS_RECLAIM_SCAN, "rfc-jul");

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

  @JCStressTest
  @State
  @Outcome(
      id = "lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The last unpin linked lru to itself and put the page back nowhere "
          + "(R-01): the drain has nothing to drain and the scan nothing to find, "
          + "in every order. The page is on no list until truncate or unmount.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctDrained extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_AND_DRAIN_VS_RECLAIM_SCAN, "rfc-oct");

    public RfcOctDrained() {
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
  @JCStressMeta(RfcOctDrained.class)
  @State
  public static class RfcJulDrained extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_AND_DRAIN_VS_RECLAIM_SCAN, "rfc-jul");

    public RfcJulDrained() {
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
      id = "on-lru",
      expect = ACCEPTABLE,
      desc = "The scan came before the drain had put the page on the LRU: it found "
          + "nothing, and the page is where the next scan looks.")
  @Outcome(
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "The last unpin put the page into the pagevec, the drain put it on the "
          + "LRU, and reclaim isolated it with links that are whole.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovDrained extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_AND_DRAIN_VS_RECLAIM_SCAN, "rfc-nov");

    public RfcNovDrained() {
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
  @JCStressMeta(RfcNovDrained.class)
  @State
  public static class RfcFixedDrained extends Sample {
    static final Rig RIG = Rig.of(Questions.UNPIN_AND_DRAIN_VS_RECLAIM_SCAN, "rfc-fixed");

    public RfcFixedDrained() {
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
