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

/** the last pin of a page is given back while the page is pinned again. */
public class LastUnpinVsPin {

  @JCStressTest
  @State
  @Outcome(
      id = "referenced",
      expect = ACCEPTABLE,
      desc = "One reference went and one came, in either order; the page stayed on the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "get-page");

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
      desc = "The new pin raised the count before the last unpin looked again under "
          + "gup_lock: the flag stays and the count is right.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The last unpin cleared the flag and left lru linked to itself, so the page is "
          + "on no list (R-01); for the new pin isolate_lru_page failed and nobody was told"
          + " (R-02). DMA runs to a page that says it is not pinned and that reclaim will "
          + "never find again.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-oct");

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
      desc = "The new pin raised the count before the last unpin looked again under "
          + "gup_lock: the flag stays and the count is right.")
  @Outcome(
      id = "pinned-in-pagevec",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The last unpin put the page into its pagevec; the new pin could not isolate it"
          + " there and pinned it without was-LRU. The next drain will skip the page and no"
          + " unpin will put it back (R-08, R-09).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-nov");

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
      desc = "Either the new pin raised the count before the last one was given back, or it "
          + "drained the pagevec into which the last unpin had put the page and isolated it"
          + " again.")
  @Outcome(
      id = "in-pagevec",
      expect = ACCEPTABLE,
      desc = "The new pin looked, drained and looked again while the last unpin had cleared "
          + "the flag and not yet queued the page: it failed, and the caller knows. The "
          + "page is on its way to the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-fixed");

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
      desc = "The count lies outside struct page: one pin went and one came, the count is "
          + "right in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "page-ext");

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
      desc = "1024 references went and 1024 came: the count is right in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "foll-pin");

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
  @JCStressMeta(RfcOct.class)
  @State
  public static class RfcOctOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-oct", 3);

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
  @JCStressMeta(RfcOct.class)
  @State
  public static class RfcOctOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-oct", 4);

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
  @JCStressMeta(RfcNov.class)
  @State
  public static class RfcNovOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-nov", 3);

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
  @JCStressMeta(RfcNov.class)
  @State
  public static class RfcNovOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-nov", 4);

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
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-fixed", 3);

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
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "1024 references went and 1024 came: the count is right in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPinOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "foll-pin", 3);

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
  @State
  @Outcome(
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "1024 references went and 1024 came: the count is right in either order.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPinOn4Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "foll-pin", 4);

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
      desc = "The get_page of the new pin found the flag and raised the count before "
          + "the last put_page looked again under gup_lock, or the pin did: the "
          + "flag stays.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The last put_page cleared the flag and left lru linked to itself, so "
          + "the page is on no list (R-01); for the new pin isolate_lru_page failed "
          + "and nobody was told (R-02). DMA runs to a page that says it is not "
          + "pinned and that reclaim will never find again.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.LAST_UNPIN_VS_PIN, "rfc-jul");

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
