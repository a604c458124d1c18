// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.unmap;

import java.util.List;
import java.util.function.Consumer;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;

/** A pte and its page must say the same of each other. */
class MappingsTest {
  private static Spec spec(Consumer<Mm> boot, Operation... program) {
    return Spec.named("mappings", "for a test")
        .pages(2)
        .space(Found.sharedFile())
        .boot(boot)
        .program((role, rounds, design) -> List.of(program));
  }

  private static Spec anonymous(Operation... program) {
    return spec(mm -> Boot.anonymous(mm, 0), program);
  }

  private static Spec shared(long bits, Operation... program) {
    return spec(
        mm -> {
          Boot.cached(mm, 0, 0);
          mm.pageTable().bootMap(0, page(mm, 0), bits);
        },
        program);
  }

  private static Operation index(long index) {
    return op("index", (mm, cpu) -> mm.memory().write64(page(mm, 0) + PageLayout.INDEX, index));
  }

  private static Operation protect(long bits) {
    return op("mprotect", (mm, cpu) -> {
      mm.pageTable().ptl(0).lock();
      mm.pageTable().setPte(0, mm.pageTable().readPte(0) | bits);
      mm.pageTable().ptl(0).unlock();
    });
  }

  @Test
  void reclaimFindsThePteOfAnAnonymousPage() {
    assertThat(Found.in(anonymous(index(1)))).containsExactly(Harm.RMAP_MISMATCH);
    assertThat(Found.text(anonymous(index(1)), Harm.RMAP_MISMATCH))
        .isEqualTo("pte0 maps page0, whose mapping and index (1) do not lead there");
    assertThat(Found.in(anonymous(index(0)))).isEmpty();
  }

  @Test
  void reclaimFindsThePteOfAPageOfAFile() {
    assertThat(Found.in(shared(0, index(1)))).contains(Harm.RMAP_MISMATCH);
    assertThat(Found.in(shared(0, index(0)))).isEmpty();
  }

  @Test
  void aFileHearsOfWhoMayWrite() {
    assertThat(Found.in(shared(0, protect(PageTable.WRITE)))).containsExactly(Harm.WRITABLE_CLEAN);
    assertThat(Found.in(shared(0, protect(PageTable.WRITE | PageTable.DIRTY)))).isEmpty();
    assertThat(Found.in(spec(mm -> Boot.written(mm, 0), protect(PageTable.WRITE))))
        .isEmpty();
  }

  @Test
  void anAnonymousPageIsSwapbacked() {
    Operation clear = op("clear", (mm, cpu) -> mm.page().clear(page(mm, 0), PageFlag.SWAPBACKED));
    assertThat(Found.in(anonymous(clear))).contains(Harm.NOT_SWAPBACKED);
    assertThat(Found.in(anonymous(drain()))).isEmpty();
  }

  @Test
  void whoUnmapsHandsOnThatThePteWasYoung() {
    Operation zap = op("zap", (mm, cpu) -> {
      mm.pageTable().ptl(0).lock();
      mm.pageTable().setPte(0, 0);
      mm.memory().writeOnce32(page(mm, 0) + PageLayout.MAPCOUNT, -1);
      mm.pageTable().ptl(0).unlock();
      mm.lru().release().put(cpu, page(mm, 0), Ref.MAP);
    });
    assertThat(Found.in(shared(PageTable.YOUNG, zap))).containsExactly(Harm.REFERENCED_LOST);
    assertThat(Found.in(shared(0, zap))).isEmpty();
    assertThat(Found.in(shared(PageTable.YOUNG, unmap(0)))).isEmpty();
  }

  /** The machine of a scenario may begin as no kernel would. */
  @Test
  void whatTheBootHasLeftOtherwiseIsMeantSo() {
    Consumer<Mm> stray = mm -> {
      Boot.cached(mm, 0, 0);
      mm.pageTable().bootMap(1, page(mm, 0), PageTable.WRITE);
    };
    assertThat(Found.in(spec(stray, drain()))).isEmpty();
  }
}
