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
 * 32-bit and 64-bit accesses to the same union word, without any design: what the two halves of the
 * word hold afterwards. The high half is named first.
 */
public class UnionTearing {

  @JCStressTest
  @State
  @Outcome(
      id = "link\\+link",
      expect = ACCEPTABLE,
      desc = "The decrement of dma_pinned_count came first and the list store replaced both "
          + "halves: the count is gone, the pointer is whole.")
  @Outcome(
      id = "link\\+link-minus-1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The list store came first and the decrement took one from the low half of the "
          + "pointer: lru.prev is misaligned by one, and the next list operation on a "
          + "neighbour writes through it (R-03).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class DecrementVsListStore extends Sample {
    static final Rig RIG = Rig.of(Questions.DECREMENT_VS_LIST_STORE, "get-page");

    public DecrementVsListStore() {
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
      id = "link\\+link",
      expect = ACCEPTABLE,
      desc = "The 32-bit store of the count came first and the list store replaced both "
          + "halves: the pin is gone, the pointer is whole (R-06).")
  @Outcome(
      id = "link\\+count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The list store came first and the count replaced the low half of the pointer: "
          + "lru.prev names the start of the same 4 GiB plus one, and whoever unlinks a "
          + "neighbour writes there (R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class CountStoreVsListStore extends Sample {
    static final Rig RIG = Rig.of(Questions.COUNT_STORE_VS_LIST_STORE, "get-page");

    public CountStoreVsListStore() {
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
      id = "old\\+old",
      expect = ACCEPTABLE,
      desc = "The list load came first and saw the whole old pointer.")
  @Outcome(
      id = "old\\+count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The count was stored first and the list load saw it in the low half of "
          + "lru.prev: a walker follows a pointer of which one half is a counter (R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class CountStoreVsListLoad extends Sample {
    static final Rig RIG = Rig.of(Questions.COUNT_STORE_VS_LIST_LOAD, "get-page");

    public CountStoreVsListLoad() {
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
      id = "old\\+old",
      expect = ACCEPTABLE,
      desc = "The flag test came first and saw the whole old word.")
  @Outcome(
      id = "link\\+link",
      expect = ACCEPTABLE,
      desc = "The list store came first and the flag test saw the whole new pointer: an "
          + "aligned 64-bit store is never seen in halves.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class ListStoreVsFlagTest extends Sample {
    static final Rig RIG = Rig.of(Questions.LIST_STORE_VS_FLAG_TEST, "get-page");

    public ListStoreVsFlagTest() {
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
      id = "link\\+link",
      expect = ACCEPTABLE_INTERESTING,
      desc = "set_bit came first and the list store erased the flag: the pin is no longer "
          + "visible to anybody (R-06, R-07).")
  @Outcome(
      id = "link\\+link-plus-4",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The list store came first and set_bit made lru.next a pointer plus four: the "
          + "next walker of the list steps into the middle of another structure (R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FlagSetVsListStore extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_SET_VS_LIST_STORE, "get-page");

    public FlagSetVsListStore() {
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
      id = "old\\+old",
      expect = ACCEPTABLE,
      desc = "The list load came first and saw the whole old pointer.")
  @Outcome(
      id = "old\\+old-minus-1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The decrement came first and the list load saw it in the low half of "
          + "lru.prev: a walker follows a pointer that is off by one (R-03).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class DecrementVsListLoad extends Sample {
    static final Rig RIG = Rig.of(Questions.DECREMENT_VS_LIST_LOAD, "get-page");

    public DecrementVsListLoad() {
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
