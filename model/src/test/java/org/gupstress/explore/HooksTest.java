// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.drainAll;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.work;

import java.util.List;
import java.util.function.Consumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.FieldNames;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.design.Uncounted;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Op;
import org.gupstress.memory.View;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Moment;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a design can change what others do to its pages; without the hook, what it keeps is lost.
 */
class HooksTest {
  private static final int NEW = 7;

  /**
   * Keeps a word for each page that says where it has been; {@code hooked} says whether it moves.
   */
  private record Marks(boolean hooked) implements Uncounted {
    @Override
    public String id() {
      return "marks";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public int wordsPerCpu() {
      return 1;
    }

    @Override
    public int wordsPerNode() {
      return 2;
    }

    @Override
    public void name(FieldNames fields) {
      fields.outsidePage(0, "mark").ofCpu(0, "put_off").ofNode(1, "done");
    }

    private static void copy(Mm mm, long from, long to) {
      mm.memory().write64(mm.ext(to), mm.memory().read64(mm.ext(from)));
    }

    @Override
    public void afterAlloc(Mm mm, Cpu cpu, long page) {
      if (hooked) {
        mm.memory().write64(mm.ext(page), NEW);
      }
    }

    @Override
    public void afterCopy(Mm mm, Cpu cpu, long from, long to) {
      if (hooked) {
        copy(mm, from, to);
      }
    }

    @Override
    public void beforeSplit(Mm mm, Cpu cpu, long head, long tail) {
      if (hooked) {
        copy(mm, head, tail);
      }
    }

    @Override
    public void afterDrain(Mm mm, Cpu cpu, Cpu of) {
      if (hooked) {
        mm.memory().add64(mm.ownWord(1), mm.memory().read64(mm.ownWord(of, 0)));
        mm.memory().write64(mm.ownWord(of, 0), 0);
      }
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.lru().pagevecs().preemptDisable(cpu);
      mm.memory().write64(mm.ownWord(cpu, 0), 1);
      mm.lru().pagevecs().preemptEnable(cpu);
      mm.lru().release().put(cpu, page, Ref.GUP);
    }
  }

  private static long mark(Moment m, int page) {
    return m.mm().memory().read64(m.mm().ext(m.mm().page().address(page)));
  }

  private static Spec alone(Operation... program) {
    return Spec.named("hooks", "for a test")
        .pages(2)
        .program((role, rounds, design) -> List.of(program));
  }

  private static void assertHooked(Spec spec) {
    assertThat(Runs.explore(new Marks(true), spec).violations()).isEmpty();
    assertThat(Runs.explore(new Marks(false), spec).violations()).containsKey(Harm.STRANDED);
  }

  private static void mark(Mm mm, int page) {
    mm.memory().write64(mm.ext(mm.page().address(page)), 3);
  }

  @Test
  void whatIsKeptOfAPageMovesWithIt() {
    assertHooked(alone(migrate(0, 1))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
          mark(mm, 0);
        })
        .duty(Harm.STRANDED, "the mark did not move", m -> mark(m, 1) == 3));
  }

  @Test
  void whatIsKeptOfAHugePageIsKeptOfItsTails() {
    assertHooked(alone(split(0))
        .kinds(PageKind.HUGE)
        .boot(mm -> {
          Boot.huge(mm, 0);
          mark(mm, 0);
        })
        .duty(Harm.STRANDED, "the tail has no mark", m -> mark(m, 1) == 3));
  }

  @Test
  void aNewPageCanBePrepared() {
    assertHooked(alone(fault(0))
        .boot(mm -> mm.lru().bootFree(mm.cpu(0), mm.page().address(0)))
        .duty(Harm.STRANDED, "the page has no mark", m -> mark(m, 0) == NEW));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsPutOffIsDoneWhenPagevecsAreDrained(boolean all) {
    assertHooked(alone(gupFast(0, 0), unpin(0), all ? drainAll() : drain())
        .boot(mm -> Boot.mapped(mm, 0))
        .duty(
            Harm.STRANDED,
            "what was put off is not done",
            m -> m.mm().memory().read64(m.mm().ownWord(1)) == 1));
  }

  @Test
  void anotherCpuDoesItWhenAllAreDrained() {
    Spec spec = alone()
        .cpus(2, 2, 2, 0, 1)
        .program((role, rounds, design) ->
            role == 0 ? List.of(gupFast(0, 0), unpin(0)) : List.of(drainAll(), drainAll()))
        .boot(mm -> Boot.mapped(mm, 0))
        .sometimes("it is done", m -> m.mm().memory().read64(m.mm().ownWord(1)) == 1)
        .duty(
            Harm.STRANDED,
            "what was put off is neither done nor there",
            m -> m.mm().memory().read64(m.mm().ownWord(1))
                    + m.mm().memory().read64(m.mm().ownWord(m.mm().cpu(0), 0))
                == 1);
    Result result = Runs.explore(new Marks(true), spec);
    assertThat(result.violations()).isEmpty();
    assertThat(result.unmet()).isEmpty();
    assertThat(Runs.explore(new Marks(false), spec).unmet()).containsExactly("it is done");
  }

  /**
   * Takes a page off its LRU when it is pinned and leaves it in its own hands at unpin; its work
   * puts back what is there.
   */
  private record PutsOff(boolean declares, boolean works) implements Uncounted {
    @Override
    public String id() {
      return "puts-off";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public int wordsPerNode() {
      return 1;
    }

    @Override
    public boolean hasWork() {
      return works;
    }

    @Override
    public void work(Mm mm, Cpu cpu) {
      for (int p = 0; p < mm.page().count(); p++) {
        long page = mm.page().address(p);
        if (mm.memory().compareAndSet64(mm.ext(page), 1, 0)) {
          mm.lru().isolation().putbackLruPage(cpu, page);
        }
      }
    }

    @Override
    public boolean holds(Mm mm, long page) {
      return declares && mm.memory().readOnce64(mm.ext(page)) != 0;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        mm.memory().writeOnce64(mm.ext(page), 1);
      }
      mm.lru().release().put(cpu, page, Ref.GUP);
    }
  }

  private static Result putOff(boolean declares, boolean works) {
    return Runs.explore(
        new PutsOff(declares, works),
        alone(gupFast(0, 0), unpin(0), work(), drain())
            .boot(mm -> Boot.anonymous(mm, 0))
            .duty(Harm.NOT_MOVED, "the work has not put it back", m -> m.pages().linkedOn(0) != 0));
  }

  @Test
  void aDesignCanHoldAPageAndPutItBackLater() {
    assertThat(putOff(true, true).violations().keySet()).isSubsetOf(Harm.ACCOUNTING);
    assertThat(putOff(false, true).violations()).containsKeys(Harm.STRANDED, Harm.REF_LEAKED);
    assertThat(putOff(true, false).violations().keySet()).doesNotContain(Harm.STRANDED);
  }

  @Test
  void theWorkOfADesignRunsInThePairs() {
    List<Operation> with = Runs.scenario("read-vs-drain").program(1, 1, new PutsOff(true, true));
    List<Operation> without =
        Runs.scenario("read-vs-drain").program(1, 1, new PutsOff(true, false));
    assertThat(with).extracting(Operation::name).endsWith("work");
    assertThat(without).extracting(Operation::name).doesNotContain("work");
  }

  @Test
  void anOverlayHasItsNamesWhereItIsMeant() {
    Plan plan = Plan.usual(Runs.design("rfc-fixed"), Runs.scenario("pin-unpin"), Kernel.PRODUCTION);
    Machine machine = new Machine(plan, Reductions.ALL, Narration.HARMS, new Heartbeat());
    long count = machine.mm().page().address(0) + PageLayout.DMA_PINNED_COUNT;
    assertThat(new Access(Op.ADD32, count, 1, 0, View.PIN).describe(machine.arena()))
        .isEqualTo("page0.dma_pinned_count += 1");
    assertThat(new Access(Op.READ64, count, 0, 0, View.LIST).describe(machine.arena()))
        .isEqualTo("read page0.lru.prev");
  }

  private static PinDesign naming(Consumer<FieldNames> names) {
    return new Naming(names);
  }

  /** 4.19 that names something. */
  private record Naming(Consumer<FieldNames> names) implements PinDesign {
    @Override
    public String id() {
      return "naming";
    }

    @Override
    public String summary() {
      return "for a test";
    }

    @Override
    public int wordsPerCpu() {
      return 2;
    }

    @Override
    public void name(FieldNames fields) {
      names.accept(fields);
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {}

    @Override
    public boolean isPinned(Mm mm, long page) {
      return false;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return 0;
    }
  }

  @Test
  void onlyWhatIsDeclaredCanBeNamed() {
    layOut(naming(f -> f.ofCpu(1, "mine")));
    assertThatThrownBy(() -> layOut(naming(f -> f.ofCpu(2, "mine"))))
        .hasMessageContaining("name(): ofCpu(2, ...): expected 0 to 1, found 2");
    assertThatThrownBy(() -> layOut(naming(f -> f.outsidePage(0, "mine"))))
        .hasMessageContaining("outsidePage(0, ...) names what the design does not declare");
    assertThatThrownBy(() -> layOut(naming(f -> f.ofCpu(0, "My Count"))))
        .hasMessageContaining("expected a name like my_count, found My Count");
  }

  private static void layOut(PinDesign design) {
    Mm.layOut(new Arena(1), Kernel.PRODUCTION, new Mm.Shape(1, 1, 2), design);
  }

  @Test
  void tracesHaveTheNamesOfTheDesign() {
    Plan plan = Plan.usual(new Marks(true), Runs.scenario("pin-unpin"), Kernel.PRODUCTION);
    Machine machine = new Machine(plan, Reductions.ALL, Narration.HARMS, new Heartbeat());
    Mm mm = machine.mm();
    assertThat(List.of(
            machine.arena().name(mm.ext(mm.page().address(0))),
            machine.arena().name(mm.ownWord(mm.cpu(1), 0)),
            machine.arena().name(mm.ownWord(1)),
            machine.arena().name(mm.page().address(0) + PageLayout.LRU_PREV)))
        .containsExactly("page_ext[0].mark", "cpu1.put_off", "done", "page0.lru.prev");
  }
}
