// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.completion;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.writeback;

import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.Test;

/** What a device does begins when it has something to do, and nobody waits for what it has not. */
class DueTest {
  /** A page under writeback is truncated by a CPU that has it locked; the other wants the lock. */
  private static Spec lockedAndWaiting(List<Operation> device) {
    Operation lock = new Operation("lock", (mm, cpu) -> {
      mm.page().lock(mm.page().address(0));
      mm.page().unlock(mm.page().address(0));
    });
    boolean isOwn = device.isEmpty();
    return file()
        .cpus(isOwn ? 2 : 3, isOwn ? 2 : 3, 3, 0, 1, 2)
        .boot(mm -> {
          Boot.written(mm, 0);
          mm.writeback().writePage(mm.cpu(0), 0, 0, false);
        })
        .program((role, rounds, design) -> switch (role) {
          case 0 -> isOwn ? List.of(lock, complete()) : List.of(lock);
          case 1 -> List.of(truncate(0));
          default -> device;
        });
  }

  private static Spec file() {
    return Spec.named("device", "a block device writes a page")
        .space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, false, 1))
        .endingAtHarm();
  }

  private static Result explore(Spec spec) {
    return Runs.explore(Runs.design("page-ext"), spec);
  }

  /** The control: where the completion is the next step of a CPU that waits, it never comes. */
  @Test
  void whatComesNextOnACpuThatWaitsNeverComes() {
    assertThat(explore(lockedAndWaiting(List.of())).violations()).containsKey(Harm.DEADLOCK);
  }

  @Test
  void aDeviceOfItsOwnCompletesWhateverWaits() {
    assertThat(explore(lockedAndWaiting(List.of(completion()))).violations())
        .doesNotContainKey(Harm.DEADLOCK);
    assertThat(explore(lockedAndWaiting(List.of(completion().patiently()))).violations())
        .doesNotContainKey(Harm.DEADLOCK);
  }

  /**
   * Pins under the page lock, as a design may: nobody who waits for the device stands in its way.
   */
  @Test
  void aDesignThatTakesThePageLockIsNoDeadlock() {
    PinDesign locked = new LockedPin(false);
    assertThat(Runs.explore(locked, Runs.scenario("truncate-under-writeback")).violations())
        .doesNotContainKey(Harm.DEADLOCK);
    assertThat(Runs.explore(locked, Runs.scenario("write-vs-fsync")).violations())
        .isEmpty();
  }

  /** The control: an interrupt that waits for the lock is wrong in Linux, and is found. */
  @Test
  void aDesignThatTakesThePageLockInAnInterruptIsFound() {
    assertThat(Runs.explore(new LockedPin(true), Runs.scenario("irq-vs-mlock")).violations())
        .containsKey(Harm.SLEEPS_ATOMIC);
  }

  private record LockedPin(boolean locksInUnpin) implements PinDesign {
    @Override
    public String id() {
      return "locked";
    }

    @Override
    public String summary() {
      return "pins under the page lock";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.page().lock(page);
      mm.memory().add32(mm.ext(page), 1);
      mm.page().unlock(page);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      if (locksInUnpin) {
        mm.page().lock(page);
      }
      mm.memory().add32(mm.ext(page), -1);
      if (locksInUnpin) {
        mm.page().unlock(page);
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

  @Test
  void aPatientOneTriesFewerInterleavings() {
    Result all = explore(lockedAndWaiting(List.of(completion())));
    Result few = explore(lockedAndWaiting(List.of(completion().patiently())));
    assertThat(few.states()).isPositive().isLessThan(all.states());
  }

  @Test
  void nothingIsCompletedThatWasNotSubmitted() {
    Spec clean = file()
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.cached(mm, 0, 0))
        .program((role, rounds, design) ->
            role == 0 ? List.of(writeback(0)) : List.of(completion(), truncate(0)))
        .sometimes("the device completed", m -> "end_io".equals(m.running(1)))
        .sometimes("what stands behind it came", m -> "truncate".equals(m.running(1)));
    Result result = explore(clean);
    assertThat(result.violations()).isEmpty();
    assertThat(result.unmet()).hasSize(2);
  }

  @Test
  void whatWasSubmittedIsCompletedBeforeTheEnd() {
    for (Operation device : List.of(completion(), completion().patiently())) {
      Spec spec = file()
          .cpus(2, 2, 2, 0, 1)
          .boot(mm -> Boot.written(mm, 0))
          .program((role, rounds, design) -> role == 0 ? List.of(writeback(0)) : List.of(device))
          .duty(
              Harm.WRITEBACK_MISMATCH,
              "the page is still under writeback",
              m -> !m.mm().page().test(m.mm().page().address(0), PageFlag.WRITEBACK));
      assertThat(explore(spec).violations()).isEmpty();
    }
  }

  @Test
  void anInterruptMayBeDue() {
    Spec spec = file()
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, design) -> List.of(writeback(0), truncate(0)))
        .interrupt(completion())
        .sometimes(
            "truncation waited for the device",
            m -> "truncate".equals(m.running(0)) && "end_io".equals(m.inInterrupt(0)));
    Result result = explore(spec);
    assertThat(result.violations()).doesNotContainKey(Harm.DEADLOCK);
    assertThat(result.unmet()).isEmpty();
  }
}
