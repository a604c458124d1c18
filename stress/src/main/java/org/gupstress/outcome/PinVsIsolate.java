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

/** a page is pinned while somebody else isolates it to a private list. */
public class PinVsIsolate {

  @JCStressTest
  @State
  @Outcome(
      id = "referenced-isolated",
      expect = ACCEPTABLE,
      desc = "The page is on the list of its isolator and has one more reference, in either "
          + "order: migration will see the count and give up, nothing is corrupt.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "get-page");

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
      desc = "The pin isolated the page first and was counted; the other CPU got -EBUSY.")
  @Outcome(
      id = "uncounted-isolated",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The other CPU isolated the page first: isolate_lru_page failed and nobody was "
          + "told (R-02). The page says it is not pinned while DMA runs, and the unpin will"
          + " decrement lru.prev on a list that its owner walks (R-03).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "rfc-oct");

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
      desc = "The pin isolated the page first and was counted; the other CPU got -EBUSY.")
  @Outcome(
      id = "pin-over-links",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The other CPU linked the page on its private list, then the pin went on "
          + "without isolation and wrote count and flag over the links (R-05): the owner of"
          + " the list walks into a pointer that is off by four.")
  @Outcome(
      id = "torn-count",
      expect = ACCEPTABLE_INTERESTING,
      desc = "list_add to the private list ran between the pin's two stores: the count is "
          + "the low half of a pointer, the flag is in lru.next, and the list is corrupt "
          + "(R-05, R-06).")
  @Outcome(
      id = "uncounted-isolated",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote count and flag into a page that was isolated and not yet linked,"
          + " then list_add overwrote both (R-06): the pin is erased, and the unpin "
          + "decrements lru.prev (R-03).")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "PG_lru was clear but list_del not done: the pin wrote over links that list_del"
          + " was about to follow, and it stored through a wild pointer with lru_lock held "
          + "(R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "rfc-nov");

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
      desc = "The pin isolated the page first and was counted; the other CPU got -EBUSY.")
  @Outcome(
      id = "isolated",
      expect = ACCEPTABLE,
      desc = "The other CPU isolated the page first: the pin failed after draining, "
          + "get_user_pages gave its reference back and returned the error. The caller "
          + "knows and may try again.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "rfc-fixed");

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
      id = "pinned-isolated",
      expect = ACCEPTABLE,
      desc = "The count lies outside struct page: the page is on the list of its isolator "
          + "and says it is pinned; migration can ask.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "page-ext");

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
      id = "pinned-isolated",
      expect = ACCEPTABLE,
      desc = "The pin is 1024 references, taken with one atomic add: the page is on the list"
          + " of its isolator and says it is pinned; migration sees the count.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "foll-pin");

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
      desc = "The pin isolated the page first and was counted; the other CPU got " + "-EBUSY.")
  @Outcome(
      id = "uncounted-isolated",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The other CPU isolated the page first: isolate_lru_page failed and "
          + "nobody was told (R-02). The page says it is not pinned while DMA runs, "
          + "and its owner may migrate or free it.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_ISOLATE, "rfc-jul");

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
