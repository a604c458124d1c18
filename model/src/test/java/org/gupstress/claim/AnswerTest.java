// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.pin;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query that reads more than one word may answer what was never so. */
class AnswerTest {
  /** Counts pins that were ever taken and pins that were ever given back. */
  private record Totals(boolean takenFirst) implements PinDesign {
    @Override
    public String id() {
      return "totals";
    }

    @Override
    public String summary() {
      return "two totals beside the page";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.memory().addFull32(mm.ext(page), 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.memory().addFull32(mm.ext(page) + 4, 1);
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return pinCount(mm, page) != 0;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      if (takenFirst) {
        int taken = mm.memory().readOnce32(mm.ext(page));
        return taken - mm.memory().readOnce32(mm.ext(page) + 4);
      }
      int given = mm.memory().readOnce32(mm.ext(page) + 4);
      return mm.memory().readOnce32(mm.ext(page)) - given;
    }
  }

  /** Each CPU counts the pins that it takes and gives back, in one order or the other. */
  private record EachCpu(boolean ascending) implements PinDesign {
    @Override
    public String id() {
      return "each-cpu";
    }

    @Override
    public String summary() {
      return "one count for each CPU";
    }

    @Override
    public int wordsPerCpu() {
      return 1;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.memory().add32(mm.ownWord(cpu, 0), 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.memory().add32(mm.ownWord(cpu, 0), -1);
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return pinCount(mm, page) > 0;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      int sum = 0;
      for (int i = 0; i < mm.cpus(); i++) {
        int cpu = ascending ? i : mm.cpus() - 1 - i;
        sum += mm.memory().readOnce32(mm.ownWord(mm.cpu(cpu), 0));
      }
      return sum;
    }
  }

  private static Set<Harm> harms(PinDesign design, String scenario) {
    Result result = Runs.explore(design, Runs.scenario(scenario));
    assertThat(result.unmet()).isEmpty();
    return result.violations().keySet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-handover", "gup-handover"})
  void whatIsReadInTheWrongOrderIsTorn(String scenario) {
    assertThat(harms(new Totals(true), scenario)).containsExactly(Harm.PIN_INVISIBLE);
    assertThat(harms(new Totals(false), scenario)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSumOverCpusIsTorn(boolean ascending) {
    assertThat(harms(new EachCpu(ascending), "pin-handover")).containsExactly(Harm.PIN_INVISIBLE);
  }

  /** How a scenario of a user's can ask. */
  private enum Way {
    MACHINE {
      @Override
      boolean ask(Mm mm, PinDesign ofTheProgram, long page) {
        return mm.isPinned(page);
      }
    },
    DESIGN_OF_THE_MACHINE {
      @Override
      boolean ask(Mm mm, PinDesign ofTheProgram, long page) {
        return mm.design().isPinned(mm, page);
      }
    },
    DESIGN_OF_THE_PROGRAM {
      @Override
      boolean ask(Mm mm, PinDesign ofTheProgram, long page) {
        return ofTheProgram.isPinned(mm, page);
      }
    };

    abstract boolean ask(Mm mm, PinDesign ofTheProgram, long page);
  }

  private static Spec handover(Way way) {
    return Spec.named("own-handover", "a third CPU asks in its own words")
        .cpus(3, 3, 3, 0, 0, 1)
        .boot(mm -> Boot.cached(mm, 0, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(pin(0, 0), unpin(0))
            : List.of(Found.op(
                "ask",
                (mm, cpu) ->
                    cpu.setRegister(0, way.ask(mm, design, mm.page().address(0)) ? 1 : 0))))
        .endingAtHarm();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsJudgedWhereverItIsAskedFor(Way way) {
    Result torn = Runs.explore(new Totals(true), handover(way));
    assertThat(torn.violations().keySet()).containsExactly(Harm.PIN_INVISIBLE);
    assertThat(torn.violations().get(Harm.PIN_INVISIBLE).text())
        .contains("cpu2 in ask is told that page0 is not pinned");
    assertThat(Runs.explore(new Totals(false), handover(way)).violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page-ext", "foll-pin", "rfc-fixed"})
  void whatIsReadAtOnceIsNot(String design) {
    assertThat(harms(Runs.design(design), "pin-handover")).isEmpty();
    assertThat(harms(Runs.design(design), "gup-handover")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCpuThatHasAPinItselfIsToldTheTruth(boolean ascending) {
    assertThat(Found.run("foll-pin", Found.alone(gupFast(0, 0), query(0, 1), unpin(0)))
            .violations())
        .isEmpty();
    assertThat(
            Runs.explore(new EachCpu(ascending), Found.alone(gupFast(0, 0), query(0, 1), unpin(0)))
                .violations())
        .isEmpty();
  }
}
