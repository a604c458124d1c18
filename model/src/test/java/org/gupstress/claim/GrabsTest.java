// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.unpin;

import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.gup.GupFlags;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A page that a design refuses has nothing of the attempt afterwards; a page may be moved first.
 */
class GrabsTest {
  /** What is wrong with a design, if anything. */
  private enum Fault {
    NONE,
    /** The fast path refuses and keeps the reference. */
    FAST_KEEPS_REFERENCE,
    /** The fast path refuses and drops its reference twice. */
    FAST_DROPS_REFERENCE_TWICE,
    /** The fast path refuses and keeps the count. */
    FAST_KEEPS_COUNT,
    /** The slow path refuses and keeps the count. */
    SLOW_KEEPS_COUNT,
    /** The slow path refuses and drops a count too many. */
    SLOW_TAKES_TWICE_BACK,
    /** What is undone is the reference alone. */
    UNDO_KEEPS_COUNT,
    /** The page that was moved keeps its reference. */
    MOVE_KEEPS_REFERENCE
  }

  /** A count outside struct page; counts first and looks then whether it has reached its limit. */
  private record Limited(int limit, Fault fault) implements PinDesign {
    @Override
    public String id() {
      return "limited";
    }

    @Override
    public String summary() {
      return "for a test";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    private static void count(Mm mm, long page, int pins) {
      mm.memory().addFull32(mm.ext(page), pins);
    }

    @Override
    public boolean grabFast(Mm mm, Cpu cpu, long page) {
      if (!mm.page().getUnlessZero(page, Ref.GUP)) {
        return false;
      }
      count(mm, page, 1);
      if (pinCount(mm, page) <= limit) {
        return true;
      }
      if (fault != Fault.FAST_KEEPS_COUNT) {
        count(mm, page, -1);
      }
      if (fault != Fault.FAST_KEEPS_REFERENCE) {
        mm.lru().release().put(cpu, page, Ref.GUP);
      }
      if (fault == Fault.FAST_DROPS_REFERENCE_TWICE) {
        mm.lru().release().put(cpu, page, Ref.GUP);
      }
      return false;
    }

    @Override
    public boolean grabSlow(Mm mm, Cpu cpu, long page) {
      if (mm.memory().addReturn32(mm.ext(page), 1) > limit) {
        int taken = fault == Fault.SLOW_TAKES_TWICE_BACK ? 2 : 1;
        count(mm, page, fault == Fault.SLOW_KEEPS_COUNT ? 0 : -taken);
        return false;
      }
      mm.page().get(page, Ref.GUP);
      return true;
    }

    @Override
    public void undoGrab(Mm mm, Cpu cpu, long page) {
      if (fault != Fault.UNDO_KEEPS_COUNT) {
        count(mm, page, -1);
      }
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    /** check_and_migrate_movable_pages: what stays for long is moved first. */
    @Override
    public long pin(Mm mm, Cpu cpu, long page, GupFlags flags) {
      if (!flags.longterm()) {
        return flags.write() ? 0 : page;
      }
      if (fault != Fault.MOVE_KEEPS_REFERENCE) {
        undoGrab(mm, cpu, page);
      }
      long moved = mm.migration().migrateAndGet(cpu, page, Ref.GUP);
      if (moved != 0) {
        count(mm, moved, 1);
        return moved;
      }
      grabSlow(mm, cpu, page);
      return 0;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      undoGrab(mm, cpu, page);
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

  private static Result run(int limit, Fault fault, Spec spec) {
    return Runs.explore(new Limited(limit, fault), spec);
  }

  private static String found(Result result) {
    return result.violations().containsKey(Harm.GRAB_LEFT)
        ? result.violations().get(Harm.GRAB_LEFT).text()
        : "";
  }

  private static Operation longterm(int pte, int register, GupFlags flags) {
    return new Operation(
        "gup_longterm", (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register, flags));
  }

  @Test
  void aRefusedReferenceIsFound() {
    assertThat(found(run(0, Fault.FAST_KEEPS_REFERENCE, alone(gupFast(0, 0)))))
        .contains("cpu0 in gup_fast is refused page0")
        .contains("1 reference(s) of the attempt are left");
  }

  @Test
  void aRefusedCountIsFound() {
    assertThat(found(run(0, Fault.FAST_KEEPS_COUNT, alone(gupFast(0, 0)))))
        .contains("1 pin(s) in the design's count of the attempt are left");
  }

  @Test
  void aReferenceThatIsGivenBackTwiceIsFound() {
    assertThat(found(run(0, Fault.FAST_DROPS_REFERENCE_TWICE, alone(gupFast(0, 0)))))
        .contains("1 reference(s) too many are given back");
  }

  @Test
  void aCountThatIsGivenBackTwiceIsOfAnotherPin() {
    assertThat(Runs.explore(new Limited(1, Fault.SLOW_TAKES_TWICE_BACK), Runs.scenario("pin-unpin"))
            .violations())
        .containsKey(Harm.PIN_RELEASED)
        .doesNotContainKey(Harm.GRAB_LEFT);
  }

  @Test
  void anUndoIsAllOfIt() {
    Operation refused = longterm(0, 0, GupFlags.WRITE);
    assertThat(found(run(9, Fault.UNDO_KEEPS_COUNT, write(refused)))).contains("1 pin(s)");
    assertThat(run(9, Fault.NONE, write(refused)).violations()).isEmpty();
  }

  private static Spec write(Operation... program) {
    return alone(program).boot(mm -> Boot.anonymous(mm, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NONE", "MOVE_KEEPS_REFERENCE"})
  void aPageMayBeMovedBeforeItIsPinned(Fault fault) {
    Spec spec = alone(longterm(0, 0, GupFlags.LONGTERM), unpin(0))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
        })
        .sometimes("another page is pinned", m -> m.pages().live(1) > 0);
    Result result = run(9, fault, spec);
    if (fault == Fault.NONE) {
      assertThat(result.violations().keySet()).isEmpty();
      assertThat(result.unmet()).isEmpty();
    } else {
      assertThat(result.violations()).isNotEmpty();
    }
  }

  /** Others count at the same time, and each attempt that is refused is undone. */
  @Test
  void whatOthersDoMeanwhileIsNotOfTheAttempt() {
    Result result = Runs.explore(new Limited(1, Fault.NONE), Runs.scenario("pin-unpin"));
    assertThat(result.violations().keySet()).doesNotContain(Harm.GRAB_LEFT);
    assertThat(
            found(Runs.explore(new Limited(1, Fault.SLOW_KEEPS_COUNT), Runs.scenario("pin-unpin"))))
        .isNotEmpty();
  }
}
