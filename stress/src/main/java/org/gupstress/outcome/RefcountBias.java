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

  @JCStressTest
  @JCStressMeta(RfcOct.class)
  @State
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS, "rfc-jul");

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
  @JCStressMeta(RfcOctHeld.class)
  @State
  public static class RfcJulHeld extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_HELD, "rfc-jul");

    public RfcJulHeld() {
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
      id = "pinned-then-not",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "that it is not after its unpin.")
  @Outcome(
      id = "pinned-all-along",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "again after its unpin: the other CPU held one.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExtMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "page-ext");

    public PageExtMixed() {
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
  @JCStressMeta(PageExtMixed.class)
  @State
  public static class FollPinMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "foll-pin");

    public FollPinMixed() {
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
  @JCStressMeta(PageExtMixed.class)
  @State
  public static class RfcNovMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "rfc-nov");

    public RfcNovMixed() {
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
      id = "pinned-then-not",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "that it is not after its unpin.")
  @Outcome(
      id = "pinned-all-along",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "again after its unpin: the other CPU held one.")
  @Outcome(
      id = "false-negative",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The other CPU had pinned and unpinned the page, which left it on no "
          + "list (R-01), or held it in between: isolate_lru_page failed, nobody "
          + "was told (R-02), and the query says of a page under DMA that it is not "
          + "pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "rfc-oct");

    public RfcOctMixed() {
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
      id = "pinned-then-not",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "that it is not after its unpin.")
  @Outcome(
      id = "pinned-all-along",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "again after its unpin: the other CPU held one.")
  @Outcome(
      id = "false-negative",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The other CPU had pinned and unpinned the page, which left it on no "
          + "list (R-01), so that isolate_lru_page failed (R-02); or its plain "
          + "put_page gave this pin back: the query says of a page under DMA that "
          + "it is not pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJulMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "rfc-jul");

    public RfcJulMixed() {
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
      id = "pinned-then-not",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "that it is not after its unpin.")
  @Outcome(
      id = "pinned-all-along",
      expect = ACCEPTABLE,
      desc = "The query said that the page is pinned while the CPU held its pin, and "
          + "again after its unpin: the other CPU held one.")
  @Outcome(
      id = "refused-says-not-pinned",
      expect = ACCEPTABLE,
      desc = "The page could not be isolated while the other CPU put it back: the "
          + "pin was refused, the caller knows, and the query says that it is not "
          + "pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixedMixed extends Sample {
    static final Rig RIG = Rig.of(Questions.REFCOUNT_BIAS_MIXED, "rfc-fixed");

    public RfcFixedMixed() {
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
