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

/**
 * a caller that was not converted gives its pin back by put_page, another by unpin;
 * then the page is unmapped. The end is the same in every order: the question is which end.
 */
public class UnconvertedPutVsUnpin {

  @JCStressTest
  @State
  @Outcome(
      id = "freed",
      expect = ACCEPTABLE,
      desc = "put_page is how this design unpins: the last reference frees the page.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "get-page");

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
      id = "freed",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the unpin never saw zero and the page was "
          + "freed with its flag set (R-10, R-12): the free list now lives in the word that"
          + " a late put_user_page decrements.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "rfc-oct");

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
      id = "leaked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the unpin never saw zero and the isolation "
          + "reference is never dropped: the page is leaked for ever, even after unmap "
          + "(R-10).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "rfc-nov");

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
      id = "leaked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the isolation reference is never dropped: "
          + "no change of the pin protocol mends a caller that was not converted (R-10).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "rfc-fixed");

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
      id = "freed",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left one pin in page_ext: the page is freed with it, and its next "
          + "owner inherits a pin that nobody will give back (R-10).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "page-ext");

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
      id = "leaked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page dropped one of the 1024 references that the pin took: 1023 stay, and "
          + "the page is leaked (R-10).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "foll-pin");

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
}
