// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page with very many pins, or with as many as a design can count. */
class ManyPinsTest {
  /** Counts in so many bits outside struct page, and refuses what it cannot count, or not. */
  private record Counter(int bits, boolean refuses) implements PinDesign {
    @Override
    public String id() {
      return "counter";
    }

    @Override
    public String summary() {
      return "a count of few bits";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    private int mask() {
      return (1 << bits) - 1;
    }

    @Override
    public int pinsMax() {
      return refuses ? mask() : Integer.MAX_VALUE;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      while (true) {
        int count = mm.memory().readOnce32(mm.ext(page));
        if (refuses && count == mask()) {
          return false;
        }
        if (mm.memory().compareAndSet32(mm.ext(page), count, count + 1 & mask())) {
          return true;
        }
      }
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      while (true) {
        int count = mm.memory().readOnce32(mm.ext(page));
        if (mm.memory().compareAndSet32(mm.ext(page), count, count - 1 & mask())) {
          break;
        }
      }
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

  private static final Scenario MANY = Runs.scenario("many-vs-pin");

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 10})
  void aCountThatWrapsIsCaughtWhereNoneIsLeft(int bits) {
    assertThat(Runs.explore(new Counter(bits, false), MANY).violations().keySet())
        .containsAnyOf(Harm.PIN_RELEASED, Harm.PIN_UNCOUNTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 10, 12})
  void aCountThatRefusesWhatItCannotCountHolds(int bits) {
    Result result = Runs.explore(new Counter(bits, true), MANY);
    assertThat(result.violations()).isEmpty();
    assertThat(result.unmet()).isEmpty();
  }

  /** The control: who says that there is a limit must refuse something. */
  @Test
  void aLimitAtWhichNothingIsRefusedIsNotMet() {
    PinDesign boasts = new Saturating();
    assertThat(Runs.explore(boasts, MANY).unmet())
        .containsExactly("one pin more was refused, where there is a limit");
  }

  /** page-ext, but that it says it could count three pins. */
  private static final class Saturating implements PinDesign {
    private final PinDesign other = Runs.design("page-ext");

    @Override
    public String id() {
      return "boasts";
    }

    @Override
    public String summary() {
      return "a limit that is none";
    }

    @Override
    public int pinsMax() {
      return 3;
    }

    @Override
    public int bytesOutsidePage() {
      return other.bytesOutsidePage();
    }

    @Override
    public boolean grabSlow(Mm mm, long page) {
      return other.grabSlow(mm, page);
    }

    @Override
    public boolean grabFast(Mm mm, long page) {
      return other.grabFast(mm, page);
    }

    @Override
    public void undoGrab(Mm mm, Cpu cpu, long page) {
      other.undoGrab(mm, cpu, page);
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      other.unpin(mm, cpu, page);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return other.isPinned(mm, page);
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return other.pinCount(mm, page);
    }
  }

  /** More than two bytes can count, of which the ledger has all. */
  @ParameterizedTest
  @ValueSource(strings = {"page-ext", "foll-pin"})
  void seventyThousandPinsAreSeventyThousand(String design) {
    Spec spec = Spec.named("very-many", "a device has 70000 pins on a page that is pinned")
        .boot(mm -> {
          Boot.mapped(mm, 0);
          Boot.pinned(mm, 0, 70_000);
        })
        .program((role, rounds, of) -> List.of(gupFast(0, 0), unpin(0)))
        .sometimes("all of them are live", m -> m.pages().live(0) == 70_001);
    Result result = Runs.explore(Runs.design(design), spec);
    assertThat(result.violations()).isEmpty();
    assertThat(result.unmet()).isEmpty();
  }

  /** The control: pins that are a device's are nobody else's to give back. */
  @Test
  void aPinOfADeviceIsNotTheDrivers() {
    Operation twice = new Operation("unpin", (mm, cpu) -> {
      long page = mm.page().address(0);
      mm.unpin(cpu, page);
    });
    Spec spec = Spec.named("thief", "a driver gives back a pin of a device")
        .boot(mm -> {
          Boot.mapped(mm, 0);
          Boot.pinned(mm, 0, 3);
        })
        .program((role, rounds, of) -> List.of(twice));
    assertThat(Runs.explore(Runs.design("page-ext"), spec).violations()).containsKey(Harm.NOT_HELD);
  }
}
