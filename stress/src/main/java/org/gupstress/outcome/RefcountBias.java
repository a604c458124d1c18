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
 * What the query makes of plain references: 1023 and one more, and none taken for a pin that is
 * held.
 */
public class RefcountBias {

  @JCStressTest
  @State
  @Outcome(
      id = "says-not-pinned",
      expect = ACCEPTABLE,
      desc = "Plain references do not touch what this design counts: the query is exact.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "rfc-oct");

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
      id = "says-not-pinned",
      expect = ACCEPTABLE,
      desc = "Plain references do not touch what this design counts: the query is exact.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "rfc-nov");

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
      id = "says-not-pinned",
      expect = ACCEPTABLE,
      desc = "Plain references do not touch what this design counts: the query is exact.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "rfc-fixed");

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
      id = "says-not-pinned",
      expect = ACCEPTABLE,
      desc = "Plain references do not touch what this design counts: the query is exact.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "page-ext");

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
      id = "says-not-pinned",
      expect = ACCEPTABLE,
      desc = "The query came while the page had fewer than 1024 references.")
  @Outcome(
      id = "false-positive",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The query came while the page had 1024 plain references: page_maybe_dma_pinned"
          + " says \"maybe\" to a page that nobody pinned. Documented and harmless; "
          + "writeback or copy-on-write does needless work.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "foll-pin");

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
      id = "says-pinned",
      expect = ACCEPTABLE,
      desc = "The page is pinned and says so, whatever plain references come and go.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "rfc-oct");

    public RfcOctHeld() {
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
      id = "says-pinned",
      expect = ACCEPTABLE,
      desc = "The page is pinned and says so, whatever plain references come and go.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "rfc-nov");

    public RfcNovHeld() {
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
      id = "says-pinned",
      expect = ACCEPTABLE,
      desc = "The page is pinned and says so, whatever plain references come and go.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixedHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "rfc-fixed");

    public RfcFixedHeld() {
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
      id = "says-pinned",
      expect = ACCEPTABLE,
      desc = "The page is pinned and says so, whatever plain references come and go.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExtHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "page-ext");

    public PageExtHeld() {
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
      id = "says-pinned",
      expect = ACCEPTABLE,
      desc = "The page is pinned and says so, whatever plain references come and go.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPinHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "foll-pin");

    public FollPinHeld() {
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
