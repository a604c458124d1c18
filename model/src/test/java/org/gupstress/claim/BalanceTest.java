// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.all;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.both;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;
import static org.gupstress.claim.Found.text;
import static org.gupstress.claim.Found.unpinKeeping;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;

import java.util.List;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given back must have been got, and what was got must be given back. */
class BalanceTest {
  @ParameterizedTest
  @ValueSource(strings = {"get-page", "foll-pin", "page-ext", "rfc-fixed"})
  void aPinIsGivenBackTwice(String design) {
    assertThat(Found.in(design, alone(gupFast(0, 0), unpinKeeping(0), unpinKeeping(0))))
        .contains(Harm.NOT_HELD);
    // rfc-fixed does not count what it has isolated
    assertThat(Found.in(design, alone(gupFast(0, 0), unpin(0)))).isSubsetOf(Harm.ACCOUNTING);
  }

  @Test
  void aPutAndThenAnUnpinTakeAReferenceOfSomebodyElse() {
    Spec spec = alone(gupFast(0, 0), unconvertedPut(0), unpin(0));
    assertThat(Found.in("get-page", spec)).contains(Harm.NOT_HELD, Harm.REF_MISMATCH);
    assertThat(text(spec, Harm.NOT_HELD)).contains("has given it back before").contains("unpin");
  }

  @Test
  void thePinOfAnotherCpuIsNotOnesOwn() {
    // both have one, so that only who holds it tells that the second unpin is one too many
    Spec spec = both(
        List.of(
            gupFast(0, 0),
            signal(),
            op("wait", (mm, cpu) -> mm.memory().waitUntil64(mm.signalWord(), 2, 2)),
            unpin(0)),
        List.of(waitForSignal(), gupFast(0, 0), unconvertedPut(0), unpin(0), Found.answer()));
    assertThat(Found.in("get-page", spec)).contains(Harm.NOT_HELD);
  }

  @Test
  void aReferenceIsDroppedThatNobodyTook() {
    Operation put = op("put", (mm, cpu) -> mm.lru().release().put(cpu, page(mm, 0), Ref.LOOKUP));
    assertThat(Found.in(alone(put))).contains(Harm.NOT_HELD);
  }

  // ---- pins

  private static Operation forget(int register) {
    return op("error path", (mm, cpu) -> cpu.setRegister(register, 0));
  }

  @Test
  void anErrorPathForgetsAPin() {
    Spec spec = alone(gupFast(0, 0), forget(0));
    assertThat(Found.in(spec)).containsExactly(Harm.PIN_LEFT);
    assertThat(text(spec, Harm.PIN_LEFT))
        .contains("0 register(s) hold it")
        .contains("cpu0 in gup_fast (gup_pte_range)");
  }

  @Test
  void aPinIsLeftAtTheEnd() {
    assertThat(Found.in(alone(gupFast(0, 0)))).containsExactly(Harm.PIN_LEFT);
    assertThat(Found.in(alone(gupFast(0, 0)).keepingPins())).isEmpty();
    assertThat(Found.in(alone(gupFast(0, 0), forget(0)).keepingPins()))
        .containsExactly(Harm.PIN_LEFT);
  }

  @Test
  void aRegisterIsUsedAgainWhileItHoldsAPin() {
    assertThat(Found.in(alone(gupFast(0, 0), gupFast(0, 0), unpin(0))))
        .containsExactly(Harm.PIN_LEFT);
  }

  @Test
  void aPinMovesToAnotherRegister() {
    Operation move = op("move", (mm, cpu) -> {
      cpu.setRegister(1, cpu.register(0));
      cpu.setRegister(0, 0);
    });
    assertThat(Found.in(alone(gupFast(0, 0), move, unpin(1)))).isEmpty();
  }

  @Test
  void aCompletionOnAnotherCpuGivesThePinBack() {
    Spec spec = both(
        List.of(gupFast(0, 0), op("submit", (mm, cpu) -> {
          cpu.setRegister(0, 0);
          mm.memory().write64(mm.signalWord(), 1);
        })),
        List.of(op("complete", (mm, cpu) -> {
          mm.memory().waitUntil64(mm.signalWord(), 1, 1);
          mm.unpin(cpu, page(mm, 0));
        })));
    // between submission and completion no register has it, and the completion is running or not
    assertThat(Found.in(spec)).isSubsetOf(Harm.PIN_LEFT);
    assertThat(Found.in(spec)).doesNotContain(Harm.NOT_HELD, Harm.REF_MISMATCH);
  }

  // ---- plain references

  private static Operation get(int register) {
    return op("get_page", (mm, cpu) -> {
      mm.page().get(page(mm, 0), Ref.GUP);
      cpu.setRegister(register, page(mm, 0));
    });
  }

  private static Operation put(int register) {
    return op("put_page", (mm, cpu) -> {
      mm.lru().release().put(cpu, cpu.register(register), Ref.GUP);
      cpu.setRegister(register, 0);
    });
  }

  @Test
  void aPlainReferenceIsHeldOverOperations() {
    assertThat(Found.in(alone(get(0), gupFast(0, 1), put(0), unpin(1)))).isEmpty();
    assertThat(Found.in(both(List.of(gupFast(0, 0), unpin(0)), List.of(get(1), put(1)))
            .boot(mm -> Boot.mapped(mm, 0))))
        .isEmpty();
  }

  @Test
  void aPlainReferenceIsLeft() {
    assertThat(Found.in(alone(get(0)))).containsExactly(Harm.REF_LEAKED);
    assertThat(Found.in(alone(get(0), forget(0), gupFast(0, 1), unpin(1))))
        .containsExactly(Harm.REF_LEAKED);
    assertThat(text(alone(get(0)), Harm.REF_LEAKED)).contains("taken by cpu0 in get_page");
  }

  // ---- locks

  private static Spec locking(Operation operation) {
    return both(List.of(operation), List.of(gupFast(0, 0), unpin(0), unmap(0)));
  }

  @Test
  void anOperationReturnsWithThePageLocked() {
    Operation lock = op("lock", (mm, cpu) -> mm.page().lock(page(mm, 0)));
    assertThat(Found.in(locking(lock))).contains(Harm.LOCK_LEFT_HELD);
    assertThat(text(locking(lock), Harm.LOCK_LEFT_HELD)).contains("cpu0 in lock");
    Operation unlock = op("unlock", (mm, cpu) -> mm.page().unlock(page(mm, 0)));
    assertThat(Found.in(alone(all("lock and unlock", lock, unlock)))).isEmpty();
  }

  @Test
  void anOperationReturnsWithThePageTriedAndLocked() {
    Operation trylock = op("trylock", (mm, cpu) -> mm.page().trylock(page(mm, 0)));
    assertThat(Found.in(alone(trylock))).containsExactly(Harm.LOCK_LEFT_HELD);
  }

  @Test
  void anOperationReturnsWithASpinLockHeld() {
    Operation lock = op("lock", (mm, cpu) -> mm.lru().node().gupLock().lock());
    assertThat(Found.in(locking(lock))).contains(Harm.LOCK_LEFT_HELD);
  }

  @Test
  void aLockThatSomebodyElseGaveBackIsNotHeld() {
    // as a read that completes in an interrupt unlocks the page
    Operation lock = op("lock", (mm, cpu) -> {
      mm.page().lock(page(mm, 0));
      mm.memory().write64(mm.signalWord(), 1);
      mm.memory().waitUntil64(mm.signalWord(), 2, 2);
    });
    Operation unlock = op("unlock", (mm, cpu) -> {
      mm.memory().waitUntil64(mm.signalWord(), 1, 1);
      mm.page().clear(page(mm, 0), PageFlag.LOCKED);
      mm.memory().write64(mm.signalWord(), 3);
    });
    assertThat(Found.in(both(List.of(lock), List.of(unlock)))).isEmpty();
  }
}
