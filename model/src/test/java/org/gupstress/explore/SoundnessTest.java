// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** What reductions and checks must not swallow, and must not invent. */
class SoundnessTest {
  /** A counter outside the page, as a start for designs with a twist. */
  private static class Counter implements PinDesign {
    @Override
    public String id() {
      return "counter";
    }

    @Override
    public String summary() {
      return "a counter outside the page";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.memory().add32(mm.ext(page), 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.memory().add32(mm.ext(page), -1);
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return pinCount(mm, page) > 0;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return mm.memory().readOnce32(mm.ext(page));
    }
  }

  @Test
  void aDesignThatAsksForItsCpuIsNotExploredAsIfCpusWereEqual() {
    PinDesign byCpu = new Counter() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        boolean first = mm.memory().is32(mm.ext(page), 0);
        if (!first || cpu.number() != 1) {
          mm.memory().add32(mm.ext(page), 1);
        }
        return true;
      }
    };
    Plan plan = plan(byCpu, scenario("pin-unpin"), 2, 1);
    Result all = Explorer.explore(plan, Options.DEFAULT);
    Result none = Explorer.explore(plan, Options.DEFAULT.withReductions(Reductions.NONE));
    assertThat(all.violations()).containsKey(Harm.PIN_UNCOUNTED);
    assertThat(all.violations().keySet()).isEqualTo(none.violations().keySet());
  }

  @Test
  void aReferencePutTwiceIsSeenEvenIfThePageIsFreedByIt() {
    PinDesign putsTwice = new Counter() {
      @Override
      public void unpin(Mm mm, Cpu cpu, long page) {
        super.unpin(mm, cpu, page);
        mm.lru().release().put(cpu, page, Ref.GUP);
      }
    };
    for (String id : List.of("fault-pin-unpin", "pin-active-page", "pin-unpin")) {
      Scenario scenario = scenario(id);
      Plan plan =
          plan(putsTwice, scenario, scenario.cpus().usual(), scenario.rounds().min());
      assertThat(Explorer.explore(plan, Options.DEFAULT).violations().keySet())
          .as(id)
          .containsAnyOf(Harm.REF_MISMATCH, Harm.FREED_REFERENCED);
    }
  }

  @Test
  void aRefusedPinIsUndoneAsItWasTaken() {
    PinDesign refuses = new Counter() {
      @Override
      public int refsPerPin() {
        return 1024;
      }

      @Override
      public boolean grabSlow(Mm mm, long page) {
        mm.page().addRefs(page, Ref.GUP, 1024);
        return true;
      }

      @Override
      public void undoGrab(Mm mm, Cpu cpu, long page) {
        mm.lru().release().put(cpu, page, Ref.GUP, 1024);
      }

      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        return false;
      }
    };
    Result result = Explorer.explore(plan(refuses, scenario("pin-unpin"), 2, 1), Options.DEFAULT);
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void twoDesignsThatDifferOnlyUnderContentionDoNotShareTokens() {
    PinDesign contended = new Counter() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        if (mm.memory().is32(mm.ext(page), 0)) {
          mm.memory().add32(mm.ext(page), 1);
        }
        return true;
      }
    };
    PinDesign honest = new Counter() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        if (mm.memory().is32(mm.ext(page), 0)) {
          mm.memory().add32(mm.ext(page), 1);
        } else {
          mm.memory().add32(mm.ext(page), 1);
          mm.memory().mb();
          mm.memory().readOnce32(mm.ext(page));
        }
        return true;
      }
    };
    Plan broken = plan(contended, scenario("pin-unpin"), 2, 1);
    Token token = Explorer.explore(broken, Options.DEFAULT)
        .violations()
        .get(Harm.PIN_UNCOUNTED)
        .token();
    Schedule nothing = Schedule.of();
    Plan sound = plan(honest, scenario("pin-unpin"), 2, 1);
    assertThat(Replay.stamp(broken, Reductions.ALL, nothing))
        .isEqualTo(Replay.stamp(sound, Reductions.ALL, nothing));
    assertThat(Replay.stamp(broken, Reductions.ALL, token.schedule()))
        .isEqualTo(token.stamp())
        .isNotEqualTo(Replay.stamp(sound, Reductions.ALL, token.schedule()));
  }

  @Test
  void activationOfAnAccessedPageIsNoLossOfItsReferencedBit() {
    Scenario promoted = Spec.named("promoted", "an inactive referenced page is accessed again")
        .boot(mm -> {
          long page = mm.page().address(0);
          mm.memory().setBits64(page, PageFlag.REFERENCED.mask());
          mm.addressSpace().bootAdd(0, page);
          mm.lru().bootOnLru(page);
        })
        .program((role, rounds, design) -> List.of(
            new Operation(
                "access",
                (mm, cpu) -> mm.lru().aging().markPageAccessed(cpu, mm.page().address(0))),
            new Operation("drain", (mm, cpu) -> mm.lru().pagevecs().drain(cpu))));
    Result result =
        Explorer.explore(plan(Runs.design("get-page"), promoted, 1, 1), Options.DEFAULT);
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void aTokenHasAsManyPreemptionsAsItsViolationSays() {
    for (String design : List.of("rfc-oct", "rfc-nov")) {
      for (Kernel kernel : Kernel.usual()) {
        Plan plan = new Plan(Runs.design(design), scenario("pin-vs-drain"), kernel, 3, 1);
        Explorer.explore(plan, Options.DEFAULT)
            .violations()
            .forEach((harm, violation) -> assertThat(
                    preemptions(plan, violation.token().schedule()))
                .as(harm + " " + violation.token())
                .isEqualTo(violation.preemptions()));
      }
    }
  }

  /** Steps of one context while the one before could have gone on inside its operation. */
  private static int preemptions(Plan plan, Schedule schedule) {
    Machine machine = new Machine(plan, Reductions.ALL, Narration.HARMS, new Heartbeat());
    int count = 0;
    int last = -1;
    for (int context : schedule.contexts()) {
      count +=
          last >= 0 && last != context && machine.isInside(last) && machine.isEnabled(last) ? 1 : 0;
      machine.step(context);
      last = context;
    }
    return count;
  }

  private static Plan plan(PinDesign design, Scenario scenario, int cpus, int rounds) {
    return new Plan(design, scenario, Kernel.PRODUCTION, cpus, rounds);
  }

  private static Scenario scenario(String id) {
    return Catalogue.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
