// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.drainAll;
import static org.gupstress.scenario.Programs.get;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupPages;
import static org.gupstress.scenario.Programs.put;
import static org.gupstress.scenario.Programs.retry;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.unpinKeeping;
import static org.gupstress.scenario.Programs.unpinPages;

import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.page.Kernel;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations that a scenario of a user's is made of do what they say, and no more. */
class ProgramsTest {
  private static Spec alone(Operation... program) {
    return Spec.named("programs", "for a test")
        .pages(2)
        .boot(mm -> {
          Boot.anonymous(mm, 0);
          Boot.anonymous(mm, 1);
        })
        .program((role, rounds, design) -> List.of(program));
  }

  private static Result run(Spec spec) {
    return Runs.explore(Runs.design("foll-pin"), spec);
  }

  @Test
  void aPlainReferenceIsHeldOverOperations() {
    assertThat(run(alone(get(0, 0), unmap(0), drainAll(), put(0))).violations()).isEmpty();
    assertThat(run(alone(get(0, 0), unmap(0))).violations()).containsKey(Harm.REF_LEAKED);
    assertThat(run(alone(get(0, 0), unmap(0), put(0), put(0))).violations())
        .containsKey(Harm.LATE_TOUCH);
  }

  @Test
  void ofSeveralPagesTheFirstAreGot() {
    Spec both = alone(gupPages(0, 2, 0), unpinPages(0, 2))
        .sometimes("both", m -> m.pages().live(0) > 0 && m.pages().live(1) > 0);
    assertThat(run(both).violations()).isEmpty();
    assertThat(run(both).unmet()).isEmpty();
    Spec first = alone(gupFast(0, 2), unpin(2))
        .space(new org.gupstress.design.Mm.Space(
            List.of(org.gupstress.vm.Vma.anonymous(0, 1)), 2, 1, 1, false, 1))
        .boot(mm -> Boot.anonymous(mm, 0))
        .program((role, rounds, design) -> List.of(gupPages(0, 2, 0), unpinPages(0, 2)))
        .sometimes("one", m -> m.pages().live(0) > 0 && m.mm().cpu(0).register(1) == 0);
    assertThat(run(first).violations()).isEmpty();
    assertThat(run(first).unmet()).isEmpty();
  }

  @Test
  void whoGivesBackOneOfTwoLeavesTheOther() {
    assertThat(run(alone(gupPages(0, 2, 0), unpin(0))).violations())
        .containsOnlyKeys(Harm.PIN_LEFT);
  }

  @Test
  void anUnpinThatKeepsItsRegisterCanBeMadeTwice() {
    assertThat(run(alone(gupFast(0, 0), unpinKeeping(0))).violations()).isEmpty();
    assertThat(run(alone(gupFast(0, 0), unpinKeeping(0), unpinKeeping(0))).violations())
        .containsKey(Harm.NOT_HELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "foll-pin", "page-ext", "rfc-fixed"})
  void aPinThatIsGivenBackTwiceIsGivenBackTwice(String design) {
    List<List<Operation>> programs = List.of(
        List.of(gupFast(0, 0), unpin(0), unpin(0)),
        List.of(gupFast(0, 0), unpin(0), drain(), unpin(0)),
        List.of(gupFast(0, 0), dirtyUnpin(0), unpin(0)),
        List.of(gupPages(0, 2, 0), unpinPages(0, 2), unpinPages(0, 2)));
    for (List<Operation> program : programs) {
      Result result = Runs.explore(Runs.design(design), alone(program.toArray(Operation[]::new)));
      assertThat(result.unmet()).isEmpty();
      assertThat(result.violations()).containsKey(Harm.NOT_HELD);
      assertThat(result.violations().get(Harm.NOT_HELD).text())
          .contains("it has given it back before");
    }
  }

  @Test
  void aReferenceIsPutTwice() {
    assertThat(run(alone(get(0, 0), put(0), put(0))).violations()).containsKey(Harm.NOT_HELD);
    assertThat(run(alone(get(0, 0), put(0), get(0, 0), put(0))).violations()).isEmpty();
  }

  /** What was got anew in between is another pin, or none: nothing is given back twice. */
  @Test
  void aPinThatIsGotAnewIsGivenBackOnce() {
    assertThat(run(alone(gupFast(0, 0), unpin(0), gupFast(0, 0), unpin(0))).violations())
        .isEmpty();
    assertThat(run(alone(gupFast(0, 0), unpin(0), unmap(0), gupFast(0, 0), unpin(0)))
            .violations())
        .isEmpty();
  }

  /** No shipped driver does it. */
  @Test
  void shippedProgramsArePerformedAsTheyStand() {
    for (Scenario scenario : Catalogue.all()) {
      for (int cpu = 0; cpu < scenario.cpus().usual(); cpu++) {
        List<Operation> program =
            scenario.program(scenario.role(cpu), scenario.rounds().max(), Runs.design("rfc-fixed"));
        assertThat(Operation.performed(program)).as(scenario.id()).isEqualTo(program);
      }
    }
  }

  private static Spec trylock(int times) {
    return Spec.named("trylock", "for a test")
        .cpus(2, 2, 2, 0, 1)
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) -> role == 0
            ? List.of(new Operation("hold", (mm, cpu) -> {
              mm.page().lock(mm.page().address(0));
              mm.page().unlock(mm.page().address(0));
            }))
            : List.of(
                retry(
                    "trylock_page",
                    times,
                    0,
                    (mm, cpu) -> mm.page().trylock(mm.page().address(0))),
                new Operation("unlock_page", (mm, cpu) -> {
                  if (cpu.register(0) == 1) {
                    mm.page().unlock(mm.page().address(0));
                  }
                })))
        .outcome(mm -> mm.cpu(1).register(0) == 1 ? "locked" : "gave up");
  }

  @Test
  void aTryCanFailEachTime() {
    Result result = run(trylock(3));
    // PG_locked is held from one operation to the next
    assertThat(result.violations().keySet()).isSubsetOf(Harm.LOCK_LEFT_HELD);
    assertThat(result.endings().keySet()).containsExactlyInAnyOrder("locked", "gave up");
    assertThat(run(trylock(0)).endings().keySet()).containsExactly("gave up");
  }

  @Test
  void aPteCanBeWritten() {
    Spec spec = alone(new Operation("mprotect", (mm, cpu) -> {
          mm.pageTable().ptl(0).lock();
          mm.pageTable().setPte(0, mm.pageTable().readPte(0) & ~PageTable.WRITE);
          mm.pageTable().ptl(0).unlock();
        }))
        .duty(
            Harm.NOT_MOVED,
            "still-writable",
            "pte0 may be written still",
            m -> (m.mm().pageTable().readPte(0) & PageTable.WRITE) == 0);
    assertThat(run(spec).violations()).isEmpty();
  }

  @Test
  void aDutyMayHaveANameOfItsOwn() {
    Spec spec = alone(drainAll())
        .duty(Harm.LOST_WRITE, "never-written", "nobody has written page0", m -> false);
    Result result = run(spec);
    Result.Violation violation = result.violations().get(Harm.LOST_WRITE);
    assertThat(violation.label()).isEqualTo("never-written (lost-write)");
    assertThat(violation.text()).isEqualTo("nobody has written page0");
    assertThat(result.violationsOf(Claim.NO_LOST_WRITE)).isNotEmpty();
    OwnScenario.check(spec);
    assertThatThrownBy(() -> OwnScenario.check(
            alone(drainAll()).duty(Harm.LOST_WRITE, "Never Written", "no", m -> false)))
        .hasMessageContaining("Never Written");
  }

  @Test
  void finalStatesTellTheOutcomeAndWhatPagesHold() {
    Spec spec = alone(new Operation("dma", (mm, cpu) -> mm.dma(mm.page().address(0))), drainAll())
        .outcome(mm -> "written");
    Result result = Explorer.explore(
        Plan.usual(Runs.design("foll-pin"), spec, Kernel.PRODUCTION),
        Options.DEFAULT.withOutcomes());
    assertThat(result.outcomes())
        .hasSize(1)
        .allSatisfy(state -> assertThat(state)
            .containsEntry("outcome", "written")
            .containsEntry("page0.content", 1)
            .containsEntry("page1.content", 0));
  }
}
