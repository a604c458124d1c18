// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.writeback;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.vm.Vma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The designs that are right are found to be right, and the same run would see if they were not.
 */
class SoundDesignsTest {
  /** What drivers and writeback do wrong, however pins are counted. */
  private static final List<String> HOLES =
      List.of("unconverted-put", "writeback-vs-dma", "unpin-without-dirtying");

  /** Linux's own R-29, the last look of end_page_writeback, and R-32. */
  private static final List<String> HOLES_OF_LINUX =
      List.of("truncate-under-writeback", "last-vs-rotate", "last-vs-kswapd", "irq-vs-pool-free");

  private static final List<String> HOLES_OF_FIXED =
      List.of("unpin-in-interrupt", "isolated-accounting");

  static Stream<Arguments> sound() {
    List<Arguments> runs = new ArrayList<>();
    for (String design : List.of("get-page", "page-ext", "foll-pin", "rfc-fixed")) {
      for (Scenario scenario : Catalogue.all()) {
        boolean knownHole = HOLES.contains(scenario.id())
            || HOLES_OF_LINUX.contains(scenario.id())
            || (scenario.id().matches("put-vs-.*|.*-vs-put(-.*)?") && !design.equals("get-page"))
            || (scenario.id().startsWith("irq-vs-") && design.equals("rfc-fixed"))
            || (design.equals("rfc-fixed") && HOLES_OF_FIXED.contains(scenario.id()));
        for (Kernel kernel : Kernel.usual()) {
          if (!knownHole) {
            runs.add(Arguments.of(design, scenario.id(), kernel));
          }
        }
      }
    }
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void everyClaimHoldsOrDoesNotApply(String design, String scenario, Kernel kernel) {
    Result result = Runs.explored(design, scenario, kernel);
    Map<Claim, Verdict> verdicts = Runs.verdicts(result);
    assertThat(verdicts.values())
        .as(result.violations() + ", unmet " + result.unmet())
        .isSubsetOf(Verdict.HOLDS, Verdict.NOT_APPLICABLE);
    assertThat(verdicts)
        .containsEntry(Claim.REFS_BALANCE, Verdict.HOLDS)
        .containsEntry(Claim.UNION_INTACT, Verdict.HOLDS)
        .containsEntry(
            Claim.PIN_COUNTED, design.equals("get-page") ? Verdict.NOT_APPLICABLE : Verdict.HOLDS)
        .containsEntry(
            Claim.RECLAIM_PROGRESSES,
            List.of("pressure", "migrate-unpinned", "isolated-accounting").contains(scenario)
                ? Verdict.HOLDS
                : Verdict.NOT_APPLICABLE)
        .containsEntry(Claim.NO_LOST_WRITE, Verdict.HOLDS);
  }

  /** The holes that the exceptions above stand for are there. */
  @Test
  void theHolesThatAreKnownAreFound() {
    assertThat(Runs.explored("page-ext", "unconverted-put", Kernel.PRODUCTION).violations())
        .isNotEmpty();
    assertThat(Runs.explored("foll-pin", "unconverted-put", Kernel.PRODUCTION).violations())
        .isNotEmpty();
    assertThat(Runs.explored("rfc-fixed", "unconverted-put", Kernel.PRODUCTION).violations())
        .isNotEmpty();
    assertThat(
            Runs.explored("rfc-fixed", "unpin-in-interrupt", Kernel.PRODUCTION).violations())
        .containsKey(Harm.DEADLOCK);
    assertThat(
            Runs.explored("rfc-fixed", "isolated-accounting", Kernel.PRODUCTION).violations())
        .containsKey(Harm.ACCOUNTING);
    for (String design : List.of("get-page", "page-ext", "foll-pin", "rfc-fixed")) {
      assertThat(Runs.explored(design, "writeback-vs-dma", Kernel.PRODUCTION).violations())
          .containsOnlyKeys(Harm.NO_BUFFERS);
      assertThat(
              Runs.explored(design, "unpin-without-dirtying", Kernel.PRODUCTION).violations())
          .containsOnlyKeys(Harm.LOST_WRITE);
      assertThat(Runs.explored(design, "last-vs-rotate", Kernel.PRODUCTION).violations())
          .containsOnlyKeys(Harm.LATE_TOUCH);
      if (!design.equals("rfc-fixed")) {
        assertThat(Runs.explored(design, "irq-vs-pool-free", Kernel.PRODUCTION).violations())
            .containsOnlyKeys(Harm.DEADLOCK, Harm.IRQ_UNSAFE);
      }
    }
  }

  // ---- controls: the kernel around the design broken on purpose

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "page-ext", "foll-pin"})
  void aFastGupThatDoesNotReadThePteAgainIsCaught(String design) {
    Result result = Runs.explore(Runs.design(design), gupVsUnmap().withoutPteRecheck());
    assertThat(result.violations()).containsKey(Harm.WRONG_PAGE);
    assertThat(Runs.replayed(result.plan(), result.violations().get(Harm.WRONG_PAGE)))
        .contains(Harm.WRONG_PAGE);
    assertThat(Runs.explore(Runs.design(design), gupVsUnmap()).violations()).isEmpty();
  }

  /** R-21 as it would have to be: PG_dirty tested before the last DMA, not after it. */
  @ParameterizedTest
  @ValueSource(strings = {"get-page", "page-ext", "foll-pin", "rfc-fixed"})
  void aDriverThatTestsPgDirtyTooEarlyIsCaught(String design) {
    Spec early = Spec.named("dirty-test-before-dma", "PG_dirty is tested, then the device writes")
        .cpus(2, 2, 2, 0, 1)
        .space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, false, 1))
        .boot(mm -> Boot.written(mm, 0))
        .program((role, rounds, of) -> role == 0
            ? List.of(gupWrite(0, 0), TEST_DIRTY, dma(0), DIRTY_IF_IT_WAS_NOT, unpin(0))
            : List.of(writeback(0), complete()));
    assertThat(butR24(design, Runs.explore(Runs.design(design), early)))
        .containsExactly(Harm.LOST_WRITE);
  }

  /** What is found but that rfc-fixed does not count what it has isolated: no reclaim knows it. */
  private static Set<Harm> butR24(String design, Result result) {
    Set<Harm> found = EnumSet.noneOf(Harm.class);
    found.addAll(result.violations().keySet());
    assertThat(found.remove(Harm.ACCOUNTING)).isEqualTo(design.equals("rfc-fixed"));
    return found;
  }

  private static final Operation TEST_DIRTY = new Operation("test PG_dirty", (mm, cpu) -> {
    long page = cpu.register(0);
    cpu.setRegister(1, page != 0 && mm.page().test(page, PageFlag.DIRTY) ? 1 : 0);
  });

  private static final Operation DIRTY_IF_IT_WAS_NOT = new Operation("set dirty", (mm, cpu) -> {
    if (cpu.register(0) != 0 && cpu.register(1) == 0) {
      mm.pageCache().setPageDirtyLock(cpu, cpu.register(0));
    }
  });

  /** A device that still writes when its pin is gone writes to where the page was. */
  @ParameterizedTest
  @ValueSource(strings = {"get-page", "page-ext", "foll-pin", "rfc-fixed"})
  void compactionDoesNotMoveAPageAwayUnderItsDevice(String design) {
    Result pinned = Runs.explore(
        Runs.design(design), migration(gupWrite(0, 0), NOTE_PAGE, dma(0), dirtyUnpin(0)));
    assertThat(butR24(design, pinned)).isEmpty();
    assertThat(pinned.unmet()).isEmpty();
    Result late = Runs.explore(
        Runs.design(design), migration(gupWrite(0, 0), NOTE_PAGE, dirtyUnpin(0), drain(), dma(1)));
    assertThat(butR24(design, late))
        .containsExactly(Harm.LOST_WRITE, Harm.LATE_TOUCH, Harm.LATE_DMA);
  }

  private static final Operation NOTE_PAGE =
      new Operation("note page", (mm, cpu) -> cpu.setRegister(1, cpu.register(0)));

  private static Spec migration(Operation... driver) {
    return Spec.named("dma-vs-migration", "compaction wants a page to which a device writes")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, false, 1))
        .boot(mm -> {
          Boot.written(mm, 0);
          mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
        })
        .program((role, rounds, of) -> role == 0 ? List.of(driver) : List.of(migrate(0, 0)))
        .duty(
            Harm.LOST_WRITE,
            "what the device wrote is not in the page of the cache",
            m -> contentOfBlock0(m) == (m.mm().cpu(0).register(1) == 0 ? 1 : 2))
        .sometimes("the page moved", m -> m.mm().cpu(1).register(0) == 1)
        .sometimes("the page was pinned", m -> m.pages().live(0) > 0);
  }

  private static int contentOfBlock0(Moment m) {
    return m.mm().memory().read32(m.mm().page().content(m.mm().addressSpace().pageAt(0)));
  }

  private static Spec gupVsUnmap() {
    return Spec.named("gup-vs-unmap", "gup_fast runs while the page is unmapped and reused")
        .cpus(2, 2, 2, 1, 0)
        .pages(2)
        .boot(mm -> {
          long page = mm.page().address(0);
          mm.memory().setBits64(page, PageFlag.SWAPBACKED.mask());
          mm.pageTable().bootMapAnonymous(0, page);
          mm.lru().bootOnLru(page);
        })
        .program((role, rounds, design) ->
            role == 1 ? List.of(unmap(0), fault(1)) : List.of(gupFast(0, 0), unpin(0)));
  }
}
