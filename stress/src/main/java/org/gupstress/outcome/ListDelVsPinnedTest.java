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
 * The unlocked tests PageTail and PageDmaPinned read the first union word while list_del writes it.
 */
public class ListDelVsPinnedTest {

  @JCStressTest
  @State
  @Outcome(
      id = "no-bit",
      expect = ACCEPTABLE,
      desc = "Pointers to list heads and pages, and poison, all have bits 0 and 1 clear: "
          + "neither test is fooled.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "rfc-oct");

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
      id = "no-bit",
      expect = ACCEPTABLE,
      desc = "The word was read when it held poison, or a pointer whose bit 4 is clear.")
  @Outcome(
      id = "looks-flagged",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The word was read while it held a pointer to a list head that stands at an odd"
          + " multiple of 16: bit 4 is set in it, because the posting used the mask 0x4 as "
          + "a bit number, and the page looks as if it had to be put back.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "rfc-nov");

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
      id = "no-bit",
      expect = ACCEPTABLE,
      desc = "Only bit 1 is tested on pages of any state, and no pointer and no poison has "
          + "it set.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "rfc-fixed");

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
      id = "no-bit",
      expect = ACCEPTABLE,
      desc = "The design does not use the word, and bit 0 is clear in every pointer and in "
          + "poison: PageTail is not fooled.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "foll-pin");

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
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "rfc-jul");

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
  @JCStressMeta(FollPin.class)
  @State
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "get-page");

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
  @JCStressMeta(FollPin.class)
  @State
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_DEL_VS_PINNED_TEST, "page-ext");

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
}
