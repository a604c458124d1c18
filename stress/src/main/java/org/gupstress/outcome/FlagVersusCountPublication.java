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
 * What a lockless reader of flag and count may see, in this order, while a page is pinned and
 * unpinned.
 */
public class FlagVersusCountPublication {

  @JCStressTest
  @State
  @Outcome(
      id = "not-pinned",
      expect = ACCEPTABLE,
      desc = "The reader asked before the pin or after the unpin.")
  @Outcome(
      id = "flag-and-count",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag and then the count of one: the pin was published count"
          + " first.")
  @Outcome(
      id = "flag-and-zero",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag, then the last unpin decremented, then the reader saw "
          + "zero: a flag that was read says nothing about the count that is read after it.")
  @Outcome(
      id = "flag-and-pointer",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The reader saw the flag, then the last unpin ran INIT_LIST_HEAD, then the "
          + "reader took the low half of lru.prev for the count: no reader may do "
          + "arithmetic with it, as the assertion of the next posting does.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "rfc-oct");

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
      id = "not-pinned",
      expect = ACCEPTABLE,
      desc = "The reader asked before the pin or after the unpin.")
  @Outcome(
      id = "flag-and-count",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag and then the count of one: the pin was published count"
          + " first.")
  @Outcome(
      id = "flag-and-zero",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag, then the last unpin decremented, then the reader saw "
          + "zero: a flag that was read says nothing about the count that is read after it.")
  @Outcome(
      id = "flag-and-pointer",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Weak memory: the flag became visible before the count that was stored "
          + "first, so the reader took the low half of an old pointer for the "
          + "count. set_bit orders nothing in the kernel, so arm64 may do this; the "
          + "set_bit of this tool is a full barrier on every machine, and nothing "
          + "here can show it.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "rfc-nov");

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
  @JCStressMeta(RfcNov.class)
  @State
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "rfc-fixed");

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
      id = "not-pinned",
      expect = ACCEPTABLE,
      desc = "The reader asked before the pin or after the unpin.")
  @Outcome(
      id = "flag-and-count",
      expect = ACCEPTABLE,
      desc = "The reader read the counter twice while the page was pinned.")
  @Outcome(
      id = "flag-and-zero",
      expect = ACCEPTABLE,
      desc = "The reader read the counter twice and the unpin came between: \"pinned\" was "
          + "true when it was read.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "page-ext");

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
      id = "not-pinned",
      expect = ACCEPTABLE,
      desc = "The reader asked before the pin or after the unpin.")
  @Outcome(
      id = "flag-and-count",
      expect = ACCEPTABLE,
      desc = "The reader read the reference count twice while the page was pinned.")
  @Outcome(
      id = "flag-and-zero",
      expect = ACCEPTABLE,
      desc = "The reader read the reference count twice and the unpin came between: "
          + "\"pinned\" was true when it was read.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "foll-pin");

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
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_PUBLICATION, "rfc-jul");

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
  @Outcome(id = "not-pinned", expect = ACCEPTABLE, desc = "The reader asked after the unpin.")
  @Outcome(
      id = "flag-and-count",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag and then the count of one.")
  @Outcome(
      id = "flag-and-zero",
      expect = ACCEPTABLE,
      desc = "The reader saw the flag, then the last unpin decremented, then the "
          + "reader saw zero: a flag that was read says nothing about the count "
          + "that is read after it.")
  @Outcome(
      id = "flag-and-pointer",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: the reader saw the flag, then the last unpin put the page back "
          + "and the drain linked it, then the reader took the low half of lru.prev "
          + "for the count: no reader may do arithmetic with it, as the assertion "
          + "that this posting adds to put_page does.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovRelinked extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_RELINKED, "rfc-nov");

    public RfcNovRelinked() {
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
  @JCStressMeta(RfcNovRelinked.class)
  @State
  public static class RfcFixedRelinked extends Sample {
    static final Rig RIG = Rig.of(Questions.FLAG_VERSUS_COUNT_RELINKED, "rfc-fixed");

    public RfcFixedRelinked() {
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
