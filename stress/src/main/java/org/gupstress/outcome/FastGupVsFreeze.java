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
 * The speculative reference of gup_fast against page_ref_freeze, with the frame reused at once;
 * with and without the second look at the pte.
 */
public class FastGupVsFreeze {

  @JCStressTest
  @State
  @Outcome(
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page stays in "
          + "the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE,
      desc = "gup_fast took its reference before the freeze and the pte had not changed: the"
          + " freeze failed and the page stays in the cache.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPage extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "get-page");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page stays in "
          + "the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "gup_fast took its reference before the freeze, which failed; the page "
          + "is in the hands of reclaim, so isolate_lru_page failed and nobody was "
          + "told (R-02): the caller does DMA to a page that says it is not pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcOct extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "rfc-oct");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page stays in "
          + "the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: gup_fast took its reference before the freeze, which failed; the pin "
          + "wrote count and flag into a page that is in the hands of reclaim "
          + "(R-06), whose list_add will erase both.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote over the links of a page on the private list of reclaim, then "
          + "list_del stored through the wild pointer (R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNov extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "rfc-nov");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The page is in the hands of reclaim, so it could not be isolated and "
          + "the pin was refused: the reference that gup_fast held until then made "
          + "the freeze fail, or its second look at the pte undid it. The page "
          + "stays in the page cache and nobody has it.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixed extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "rfc-fixed");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page stays in "
          + "the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE,
      desc = "gup_fast took reference and count before the freeze, which failed: the page "
          + "stays in the cache and says it is pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class PageExt extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "page-ext");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page stays in "
          + "the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE,
      desc = "gup_fast took its 1024 references before the freeze, which failed: the page "
          + "stays in the cache and says it is pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPin extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "foll-pin");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE,
      desc = "gup_fast took its reference before the freeze, which failed: the page stays in"
          + " the cache.")
  @Outcome(
      id = "got-a-freed-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "gup_fast read the pte of its second page, the page was unmapped, frozen, freed"
          + " and given to somebody else, then the speculative get succeeded, and without a"
          + " second look at the pte the caller does DMA into a page of another owner.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class GetPageWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "get-page");

    public GetPageWithoutRecheck() {
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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: gup_fast "
          + "came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE,
      desc = "gup_fast took its 1024 references before the freeze, which failed: the page "
          + "stays in the cache.")
  @Outcome(
      id = "got-a-freed-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "gup_fast read the pte of its second page, the page was unmapped, frozen, freed"
          + " and given to somebody else, then the speculative get succeeded, and without a"
          + " second look at the pte the caller does DMA into a page of another owner.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class FollPinWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "foll-pin");

    public FollPinWithoutRecheck() {
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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: "
          + "gup_fast came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The speculative get made the freeze fail, and was undone: the page "
          + "stays in the page cache and nobody has it.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "gup_fast took its reference before the freeze, which failed; the page "
          + "is in the hands of reclaim, so isolate_lru_page failed and nobody was "
          + "told (R-02): the caller does DMA to a page that says it is not pinned.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJul extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE, "rfc-jul");

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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: "
          + "gup_fast came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "gup_fast took its reference before the freeze, which failed; the page "
          + "is in the hands of reclaim, so isolate_lru_page failed and nobody was "
          + "told (R-02): the caller does DMA to a page that says it is not pinned.")
  @Outcome(
      id = "got-a-freed-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: gup_fast read the pte of its second page, the page was unmapped, "
          + "frozen, freed and given to somebody else, then the speculative get "
          + "succeeded, and without a second look at the pte the caller does DMA "
          + "into a page of another owner.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcJulWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "rfc-jul");

    public RfcJulWithoutRecheck() {
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
  @JCStressMeta(RfcJulWithoutRecheck.class)
  @State
  public static class RfcOctWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "rfc-oct");

    public RfcOctWithoutRecheck() {
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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: "
          + "gup_fast came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "got-the-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: gup_fast took its reference before the freeze, which failed; the pin "
          + "wrote count and flag into a page that is in the hands of reclaim "
          + "(R-06), whose list_add will erase both.")
  @Outcome(
      id = "got-a-freed-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: gup_fast read the pte of its second page, the page was unmapped, "
          + "frozen, freed and given to somebody else, then the speculative get "
          + "succeeded, and without a second look at the pte the caller pins the "
          + "page of another owner and does DMA into it.")
  @Outcome(
      id = "oops",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The pin wrote over the links of a page on the private list of "
          + "reclaim, then list_del stored through the wild pointer (R-05).")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcNovWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "rfc-nov");

    public RfcNovWithoutRecheck() {
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
      id = "reclaimed",
      expect = ACCEPTABLE,
      desc = "The pte was cleared or the count frozen before the speculative get: "
          + "gup_fast came away with nothing, and the freed page was used again.")
  @Outcome(
      id = "kept",
      expect = ACCEPTABLE,
      desc = "The page is in the hands of reclaim, so it could not be isolated and "
          + "the pin was refused; the reference that gup_fast held until then made "
          + "the freeze fail. The page stays in the page cache and nobody has it.")
  @Outcome(
      id = "got-a-freed-page",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Rare: gup_fast read the pte of its second page, the page was unmapped, "
          + "frozen, freed and given to somebody else, then the speculative get "
          + "succeeded, and without a second look at the pte the pin found the page "
          + "in the pagevec of its next owner, drained and isolated it: DMA into a "
          + "page of another owner.")
  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
  public static class RfcFixedWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "rfc-fixed");

    public RfcFixedWithoutRecheck() {
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
  @JCStressMeta(GetPageWithoutRecheck.class)
  @State
  public static class PageExtWithoutRecheck extends Sample {
    static final Rig RIG = Rig.of(Questions.FAST_GUP_VS_FREEZE_UNCHECKED, "page-ext");

    public PageExtWithoutRecheck() {
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
