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

/** a pin taken before the pagevec was drained is given back while another CPU pins. */
public class UncountedUnpin {

  @JCStressTest
  @State
  @Outcome(
      id = "referenced",
      expect = ACCEPTABLE,
      desc = "One reference went and one came, in either order; the page stayed on the LRU.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "get-page");

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
      desc = "By luck: the decrement of the pin that was never counted hit lru.prev after "
          + "the new pin had taken the page off the LRU and before it set its own count.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The new pin was counted, then the unpin of the pin that never was took that "
          + "count to zero and cleared the flag (R-04): DMA runs to a page that says it is "
          + "not pinned and is on no list. No assertion can see it.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The unpin of a pin that was never counted decremented lru.prev of a page on "
          + "the LRU (R-03), then the isolation of the new pin stored through the "
          + "misaligned pointer with lru_lock held.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-oct");

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
      id = "pinned-unmarked",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The page was pinned in its pagevec and skipped by the drain; whichever of "
          + "unpin and pin comes first, was-LRU is not set and no unpin will put the page "
          + "back (R-08).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-nov");

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-fixed");

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "page-ext");

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "foll-pin");

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
      desc = "By luck: the decrement of the pin that was never counted hit lru.prev after "
          + "the new pin had taken the page off the LRU and before it set its own count.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The new pin was counted, then the unpin of the pin that never was took that "
          + "count to zero and cleared the flag (R-04): DMA runs to a page that says it is "
          + "not pinned and is on no list. No assertion can see it.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The unpin of a pin that was never counted decremented lru.prev of a page on "
          + "the LRU (R-03), then the isolation of the new pin stored through the "
          + "misaligned pointer with lru_lock held.")
  @Outcome(
      id = "undercounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The new pins were counted, then the unpin of the pin that never was took one "
          + "of their counts (R-04): the page will say it is not pinned while the last of "
          + "them still does DMA.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctOn3Cpus extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-oct", 3);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-oct", 4);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-nov", 3);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-nov", 4);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-fixed", 3);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "foll-pin", 3);

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
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "foll-pin", 4);

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
      desc = "The put_page of the pin that was never counted came before the new pin "
          + "had set the flag, and touched nothing but the reference.")
  @Outcome(
      id = "uncounted-lost",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The new pin was counted, then the put_page of the pin that never was "
          + "found the flag, took that count to zero and cleared it (R-04): DMA "
          + "runs to a page that says it is not pinned and is on no list.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCOUNTED_UNPIN, "rfc-jul");

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
      id = "pinned",
      expect = ACCEPTABLE,
      desc = "By luck: the decrement of the pin that was erased hit lru.prev after "
          + "the new pin had taken the page off the LRU and before it set its own "
          + "count.")
  @Outcome(
      id = "uncounted",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The new pin was counted, then the unpin of the pin that list_add had "
          + "erased took that count to zero, cleared the flag and put the page back "
          + "(R-04): reclaim may take it under DMA.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The unpin of a pin that list_add had erased decremented lru.prev of a "
          + "page on the LRU (R-06, R-03), then the isolation of the new pin stored "
          + "through the misaligned pointer with lru_lock held.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovErased extends Sample {
    static final Rig RIG = Rig.of(Questions.ERASED_UNPIN, "rfc-nov");

    public RfcNovErased() {
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
