// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.List;
import java.util.stream.Stream;
import org.gupstress.memory.Arena;
import org.gupstress.memory.NativeMemory;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Tests that ask nothing: what a sample costs that does no work, or meets in some cache lines. */
public class Footprint {
  private static final int LINE = NativeMemory.wholeLines(1);

  /** Two actors that do nothing. */
  public static final OutcomeTest EMPTY = test(Empty.class);

  /** Two actors that meet in ever more cache lines. */
  public static final List<OutcomeTest> LINES = Stream.<Class<?>>of(
          Lines1.class, Lines2.class, Lines4.class, Lines8.class)
      .map(Footprint::test)
      .toList();

  private static final Scenario FOOTPRINT = Spec.named("yardstick", "two CPUs do nothing")
      .cpus(2, 2, 2, 0, 1)
      .boot(mm -> Boot.inPagevecOf(mm, 0, 0))
      .outcome(Ending::ofPins);

  /** Two actors that do nothing, each sample a fresh machine. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody does anything.")
  public static class Empty extends Sample {
    static final Rig RIG = Rig.of(FOOTPRINT, "rfc-nov");

    public Empty() {
      super(RIG);
    }

    @Actor
    public void cpu0() {}

    @Actor
    public void cpu1() {}

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** Both CPUs add nothing to one word of so many lines, the first ones of the machine. */
  private static Rig meetingIn(int lines) {
    Operation meet = new Operation("meet", (mm, cpu) -> {
      for (long line = 0; line < lines; line++) {
        mm.memory().add32(Arena.BASE + line * LINE, 0);
      }
    });
    return Rig.of(
        Spec.named("yardstick-lines", "two CPUs write to the same cache lines")
            .cpus(2, 2, 2, 0, 1)
            .boot(mm -> Boot.inPagevecOf(mm, 0, 0))
            .program((role, rounds, design) -> List.of(meet))
            .outcome(Ending::ofPins),
        "rfc-nov");
  }

  /** Two actors that meet in one cache line. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody changes anything.")
  public static class Lines1 extends Sample {
    static final Rig RIG = meetingIn(1);

    public Lines1() {
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

  /** In two lines. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody changes anything.")
  public static class Lines2 extends Sample {
    static final Rig RIG = meetingIn(2);

    public Lines2() {
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

  /** In four lines. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody changes anything.")
  public static class Lines4 extends Sample {
    static final Rig RIG = meetingIn(4);

    public Lines4() {
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

  /** In eight lines. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody changes anything.")
  public static class Lines8 extends Sample {
    static final Rig RIG = meetingIn(8);

    public Lines8() {
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

  private static OutcomeTest test(Class<?> type) {
    return new OutcomeTest("Footprint." + type.getSimpleName(), type.getName(), "", 2, List.of());
  }
}
