// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.gupstress.page.PageFlag.LOCKED;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.design.Uncounted;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.OwnScenario;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.MmPart;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scenario that asks for what is not there, or throws, is named; the design is not blamed. */
class ScenarioMistakesTest {
  /** One CPU, one page, one pte, one block. */
  private static Spec small() {
    return Spec.named("small", "for a test")
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) -> List.of(Programs.gupFast(0, 0), Programs.unpin(0)));
  }

  private static Result explore(PinDesign design, Scenario scenario) {
    return Explorer.explore(Plan.usual(design, scenario, Kernel.PRODUCTION), Options.DEFAULT);
  }

  private static Arguments wrong(String says, UnaryOperator<Spec> spec) {
    return Arguments.of(says, spec.apply(small()));
  }

  private static Spec running(Spec spec, Operation operation) {
    return spec.program((role, rounds, design) -> List.of(operation));
  }

  static List<Arguments> mistakes() {
    return List.of(
        wrong(
            "in boot: there is no page 3: there is 1, page 0",
            s -> s.boot(mm -> Boot.mapped(mm, 3))),
        wrong("in boot: there is no page -1", s -> s.boot(mm -> Boot.anonymous(mm, -1))),
        wrong(
            "in boot: there is no block 1",
            s -> s.pages(2)
                .space(new Mm.Space(List.of(Vma.anonymous(0, 2)), 2, 1, 1, false, 1))
                .boot(mm -> Boot.cached(mm, 1, 0))),
        wrong("in boot: there is no CPU 2", s -> s.boot(mm -> Boot.inPagevecOf(mm, 2, 0))),
        wrong(
            "in operation gup_fast of cpu0: there is no pte 7: there is 1, pte 0",
            s -> running(s, Programs.gupFast(7, 0))),
        wrong("in operation gup of cpu0: there is no pte -7", s -> running(s, Programs.gup(-7, 0))),
        wrong(
            "in operation gup_fast of cpu0: there is no register 9: there are 6, from 0 to 5",
            s -> running(s, Programs.gupFast(0, 9))),
        wrong(
            "in operation unpin of cpu0: there is no register 6",
            s -> running(s, Programs.unpin(6))),
        wrong("in operation read of cpu0: there is no block 1", s -> running(s, Programs.read(1))),
        wrong(
            "in operation truncate of cpu0: there is no block 4",
            s -> running(s, Programs.truncate(4))),
        wrong("in operation unmap of cpu0: there is no pte 2", s -> running(s, Programs.unmap(2))),
        wrong("in operation mlock of cpu0: there is no pte 2", s -> running(s, Programs.mlock(2))),
        wrong(
            "in operation fault of cpu0: pte 0 is in no area: the space has none",
            s -> running(
                s.space(new Mm.Space(List.of(), 1, 1, 1, false, 1))
                    .boot(mm -> mm.lru().bootFree(mm.cpu(0), mm.page().address(0))),
                Programs.fault(0))),
        wrong(
            "in operation own of cpu0: java.lang.IllegalStateException: not mine",
            s -> running(s, new Operation("own", (mm, cpu) -> {
              throw new IllegalStateException("not mine");
            }))),
        wrong(
            "in the duty \"x\": there is no CPU 5",
            s -> s.duty(Harm.LOST_WRITE, "x", m -> m.mm().cpu(5).register(0) == 0)),
        wrong(
            "there is no page 4",
            s -> s.sometimes("it is pinned", m -> m.pages().live(4) > 0)),
        wrong("there is no CPU 3", s -> s.sometimes("it runs", m -> m.running(3) != null)),
        wrong(
            "in the outcome: ",
            s -> s.outcome(mm -> {
              throw new IllegalStateException("no name");
            })));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatTheScenarioDoesWrongIsSaidOfTheScenario(String says, Scenario scenario) {
    for (PinDesign design : List.of(Runs.design("foll-pin"), new Plain())) {
      Result result = explore(design, scenario);
      assertThat(result.scenarioBroke()).startsWith("the scenario small broke").contains(says);
      assertThat(result.violations()).doesNotContainKey(Harm.CONTRACT);
      assertThat(result.verdict(Claim.REFS_BALANCE)).isNotEqualTo(Verdict.HOLDS);
    }
  }

  /** The control: what the design does wrong is said of the design, in the same scenario. */
  @Test
  void whatTheDesignDoesWrongIsSaidOfTheDesign() {
    Result result = explore(
        new Plain() {
          @Override
          public boolean pin(Mm mm, Cpu cpu, long page) {
            throw new IllegalStateException("mine");
          }
        },
        small());
    assertThat(result.scenarioBroke()).isNull();
    assertThat(result.violations().get(Harm.CONTRACT).text())
        .contains("operation gup_fast threw java.lang.IllegalStateException: mine")
        .contains("(ScenarioMistakesTest.java:");
    assertThat(explore(new Plain(), small()).verdict(Claim.REFS_BALANCE)).isEqualTo(Verdict.HOLDS);
  }

  /** It found nothing to do: what it was written for was not tried. */
  @Test
  void anOperationThatNeverFindsAnythingIsSaid() {
    Result result = explore(
        Runs.design("foll-pin"),
        small()
            .program((role, rounds, design) ->
                List.of(Programs.gupFast(0, 0), Programs.unpin(0), Programs.unpin(1))));
    assertThat(result.unmet())
        .containsExactly("operation 3 of cpu0, unpin, found something in its register");
    assertThat(result.verdict(Claim.REFS_BALANCE)).isEqualTo(Verdict.NOT_MET);
    assertThat(explore(Runs.design("foll-pin"), small()).unmet()).isEmpty();
    // a drain of nothing has looked at more than a register
    Spec drained = small()
        .program((role, rounds, design) ->
            List.of(Programs.gupFast(0, 0), Programs.unpin(0), Programs.drain()));
    assertThat(explore(Runs.design("foll-pin"), drained).unmet()).isEmpty();
  }

  @Test
  void anUnpinThatMayHaveBeenMeantTwiceSaysWhatToWrite() {
    // what the operation in between puts into the register nobody knows
    Operation own = new Operation("own", (mm, cpu) -> mm.page().test(mm.page().address(0), LOCKED));
    Spec spec = small()
        .program((role, rounds, design) ->
            List.of(Programs.gupFast(0, 0), Programs.unpin(0), own, Programs.unpin(0)));
    assertThat(explore(Runs.design("foll-pin"), spec).unmet())
        .containsExactly(
            "operation 4 of cpu0, unpin, found something in its register; to give a pin"
                + " back twice, make the first one unpinKeeping(...)");
    Spec as = small()
        .program((role, rounds, design) ->
            List.of(Programs.gupFast(0, 0), Programs.unpinKeeping(0), own, Programs.unpin(0)));
    assertThat(explore(Runs.design("foll-pin"), as).violations()).containsKey(Harm.NOT_HELD);
  }

  @Test
  void whatASpaceCannotBeIsRefusedBeforeAnythingRuns() {
    assertRefused("areas().get(0).ptes()", List.of(Vma.anonymous(0, 3)), 2, 1, 1, 1);
    assertRefused(
        "areas().get(1).firstPte()", List.of(Vma.anonymous(0, 2), Vma.anonymous(1, 1)), 3, 1, 1, 1);
    assertRefused("areas().get(0).file()", List.of(Vma.shared(0, 1, 2, 0)), 1, 1, 1, 1);
    assertRefused("areas().get(0).firstBlock()", List.of(Vma.shared(0, 1, 0, 1)), 1, 1, 1, 1);
    assertRefused("space().ptes()", List.of(), -1, 1, 1, 1);
    assertRefused("space().files()", List.of(), 1, 0, 1, 1);
    assertRefused("space().queueDepth()", List.of(), 1, 1, 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnScenario.check(small().misbehaving(4, "is nobody")))
        .withMessageContaining("misbehaving(): expected a role that a CPU has, found 4");
    assertThat(small().misbehaving(0, "puts").misbehaving()).isEqualTo(Map.of(0, "puts"));
  }

  @Test
  void processesThatCannotShareTheirPtesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mm.Space.ofProcesses(0, 1))
        .withMessageContaining("found 0 and 1");
    assertProcessesRefused("space().processes()", 9, 9);
    assertProcessesRefused("space().ptes() of 2 processes", 2, 3);
    assertProcessesRefused("space().ptes() of 2 processes", 2, 1);
    assertProcessesRefused("that have MmPart.PMD", 2, 4, MmPart.PMD);
    OwnScenario.check(small().space(Mm.Space.ofProcesses(2, 2)));
  }

  private static void assertProcessesRefused(
      String what, int processes, int ptes, MmPart... parts) {
    Mm.Space space = new Mm.Space(List.of(), ptes, 1, 1, false, 1, processes, Set.of(parts));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnScenario.check(small().space(space)))
        .withMessageContaining(what);
  }

  private static void assertRefused(
      String what, List<Vma> areas, int ptes, int files, int blocks, int depth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnScenario.check(
            small().space(new Mm.Space(areas, ptes, files, blocks, false, depth))))
        .withMessageContaining(what);
  }

  /** Linux 4.19 under another name. */
  private static class Plain implements Uncounted {
    @Override
    public String id() {
      return "plain";
    }
  }
}
