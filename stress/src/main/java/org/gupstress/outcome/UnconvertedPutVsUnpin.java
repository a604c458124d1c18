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
 * a caller that was not converted gives its pin back by put_page, another by unpin; then the
 * page is unmapped. The end is the same in every order: the question is which end.
 *
 * <p>R-12, the late ones: the caller that used put_page calls unpin as well, while the page is
 * unmapped, freed and used again.
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
      id = "freed-with-1-pin",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the unpin never saw zero: whoever "
          + "drops the last reference frees the page with its flag set and a count "
          + "of one (R-10, R-12), and then the free list lives in the word that a "
          + "late put_user_page decrements.")
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
      id = "freed-with-1-pin",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left one pin in page_ext: the page is freed with it, and its "
          + "next owner inherits a pin that nobody will give back (R-10).")
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

  @JCStressTest
  @State
  @Outcome(
      id = "freed",
      expect = ACCEPTABLE,
      desc = "put_page is how this design unpins, so there is no second one: it came "
          + "after the unmap and dropped the last reference.")
  @Outcome(
      id = "used-again",
      expect = ACCEPTABLE,
      desc = "put_page is how this design unpins, so there is no second one: the unmap "
          + "dropped the last reference, and the next fault got the page whole.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPageLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "get-page");

    public GetPageLate() {
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
      id = "next-owner-robbed",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The page was freed with its flag and count and used again, or the fault was "
          + "under way, when the late unpin came: it decremented a word of the next "
          + "owner and dropped one of his references (R-12). The page will be freed "
          + "while it is mapped.")
  @Outcome(
      id = "refcount-negative",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The late unpin dropped a reference that put_page had dropped already, and "
          + "then the unmap or the unpin found the count at zero: it is -1 now, and "
          + "nobody will free the page (R-10).")
  @Outcome(
      id = "next-owner-scribbled",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the reference was dropped from the free page just before the "
          + "allocator set it to one, so the next owner has all of his; but the unpin "
          + "had decremented lru.prev or initialised his lru (R-12).")
  @Outcome(
      id = "used-again",
      expect = ACCEPTABLE_INTERESTING,
      desc = "What the late unpin did to the union and to the count of the free page "
          + "was overwritten by the free list and by the allocator in time (R-12): "
          + "the page is whole, by luck.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The late unpin decremented lru.prev of a page on the per-CPU free list "
          + "(R-12): the next allocation follows a pointer that is off by one.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOctLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "rfc-oct");

    public RfcOctLate() {
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
      id = "freed-in-pagevec",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the late unpin is the last one: it puts "
          + "the page back into the pagevec and then drops the reference that put_page "
          + "had dropped already. The page is on the free list and in the pagevec: the "
          + "next drain puts a free page on the LRU (R-10, R-12).")
  @Outcome(
      id = "in-two-pagevecs",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page left the count at one, so the late unpin is the last one: it puts "
          + "the page back into the pagevec and then drops the reference that put_page "
          + "had dropped already. The unmap freed it and it was used again at once: it "
          + "waits in two pagevecs, and the first drain puts somebody else's page on the "
          + "LRU without a reference (R-10, R-12).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "rfc-nov");

    public RfcNovLate() {
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
  @JCStressMeta(RfcNovLate.class)
  @State
  public static class RfcFixedLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "rfc-fixed");

    public RfcFixedLate() {
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
      id = "next-owner-robbed",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The count lies outside the union, which is whole; but the reference that "
          + "the late unpin drops is one of the next owner (R-10): the page will be "
          + "freed while it is mapped.")
  @Outcome(
      id = "refcount-negative",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The late unpin dropped a reference that put_page had dropped already, and "
          + "somebody found the count at zero: it is -1 now (R-10).")
  @Outcome(
      id = "used-again",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the late unpin dropped its reference from a free page, and the "
          + "allocator set the count to one after that (R-10).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExtLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "page-ext");

    public PageExtLate() {
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
      id = "refcount-negative",
      expect = ACCEPTABLE_INTERESTING,
      desc = "put_page took one of the 1024 references of the pin, the unmap its own, and "
          + "the late unpin 1024 more: the count is -1, and the page is leaked (R-10). "
          + "It was never free while the unpin was outstanding.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPinLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "foll-pin");

    public FollPinLate() {
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
      id = "freed-unpinned",
      expect = ACCEPTABLE,
      desc = "put_page is how this design unpins, so both pins were given back: the "
          + "flag is clear and the count zero when the last reference frees the "
          + "page.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.UNCONVERTED_PUT_VS_UNPIN, "rfc-jul");

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
  @JCStressMeta(GetPageLate.class)
  @State
  public static class RfcJulLate extends Sample {
    static final Rig RIG = Rig.of(Questions.LATE_UNPIN, "rfc-jul");

    public RfcJulLate() {
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
