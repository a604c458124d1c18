// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;

import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Runs;
import org.gupstress.gup.GupFlags;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Release;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.ProcessBoot;
import org.gupstress.scenario.ProcessPrograms;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.PageTable;
import org.junit.jupiter.api.Test;

/** Each harm of the claims about processes is found where somebody does it, and nowhere else. */
class ProcessClaimsTest {
  private static final Kernel TODAY = Kernel.PRODUCTION.as(Release.V6_18);

  private static final Operation PIN = ProcessPrograms.pinFast(0, 0, GupFlags.WRITE);
  private static final Operation UNPIN = Programs.unpin(0);
  private static final Operation ZAP = ProcessPrograms.dontNeed(0);
  private static final Operation STORE = ProcessPrograms.store(0);
  private static final Operation FORK = ProcessPrograms.fork(0, 1);

  /** A fault of nobody's: the pte has another page, with all that belongs to it. */
  private static final Operation REPLACE = op("replace", (mm, cpu) -> {
    long fresh = mm.lru().allocator().alloc(cpu);
    mm.pageTable().ptl(0).lock();
    long old = mm.pageTable().readPte(0);
    mm.page().set(fresh, PageFlag.SWAPBACKED);
    mm.page().set(fresh, PageFlag.ANON_EXCLUSIVE);
    mm.memory().writeOnce32(fresh + PageLayout.MAPCOUNT, 0);
    mm.memory().write64(fresh + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    mm.lru().pagevecs().lruCacheAdd(cpu, fresh);
    mm.pageTable().setPte(0, fresh | PageTable.PRESENT | PageTable.WRITE);
    mm.page().rename(fresh, Ref.ALLOC, Ref.MAP);
    if (old != 0) {
      mm.memory().add32(PageTable.pageOf(old) + PageLayout.MAPCOUNT, -1);
    }
    mm.pageTable().ptl(0).unlock();
    if (old != 0) {
      mm.lru().release().put(cpu, PageTable.pageOf(old), Ref.MAP);
    }
  });

  private static Spec spec(Operation... program) {
    return Spec.named("own", "one CPU and two processes")
        .pages(4)
        .space(Mm.Space.ofProcesses(2, 1))
        .keepingPins()
        .boot(mm -> {
          ProcessBoot.free(mm, 1, 3);
          ProcessBoot.exclusive(mm);
        })
        .program((role, rounds, design) -> List.of(program));
  }

  private static Set<Harm> in(Operation... program) {
    return in(TODAY, spec(program));
  }

  private static Set<Harm> in(Kernel kernel, Spec scenario) {
    return Explorer.explore(Plan.usual(Runs.design("foll-pin"), scenario, kernel), Options.DEFAULT)
        .violations()
        .keySet();
  }

  // ---- pin-coherent

  @Test
  void anAddressThatMapsAnotherPageThanItsPin() {
    assertThat(in(PIN, REPLACE)).contains(Harm.PIN_DIVERGED);
  }

  @Test
  void whatTheProcessGaveUpOrThePinIsNoOnesMore() {
    assertThat(in(PIN, ZAP, REPLACE, UNPIN)).isEmpty();
    assertThat(in(PIN, UNPIN, REPLACE)).isEmpty();
    assertThat(in(PIN, STORE, UNPIN)).isEmpty();
  }

  // ---- exclusive

  private static Operation changed(String name, PageFlag flag, boolean set) {
    return op(name, (mm, cpu) -> {
      mm.pageTable().ptl(0).lock();
      if (set) {
        mm.page().set(page(mm, 0), flag);
      } else {
        mm.page().clear(page(mm, 0), flag);
      }
      mm.pageTable().ptl(0).unlock();
    });
  }

  @Test
  void aPinnedPageThatIsShared() {
    Operation share = changed("share", PageFlag.ANON_EXCLUSIVE, false);
    assertThat(in(PIN, share)).contains(Harm.PINNED_SHARED);
    assertThat(in(share)).containsExactly(Harm.WRITABLE_SHARED);
  }

  @Test
  void aPageThatSaysItIsExclusiveAndIsNot() {
    Operation claim = changed("claim", PageFlag.ANON_EXCLUSIVE, true);
    assertThat(in(FORK, claim)).contains(Harm.EXCLUSIVE_SHARED);
    assertThat(in(claim)).isEmpty();
  }

  /** Before 5.19 only the number of mappings tells. */
  @Test
  void twoProcessesThatMayWriteOnePage() {
    Operation allow = op("allow", (mm, cpu) -> {
      mm.pageTable().ptl(0).lock();
      mm.pageTable().setPte(0, mm.pageTable().readPte(0) | PageTable.WRITE);
      mm.pageTable().ptl(0).unlock();
    });
    for (Release release : List.of(Release.V5_15, Release.V6_18)) {
      Kernel kernel = Kernel.PRODUCTION.as(release);
      assertThat(in(kernel, spec(FORK, allow))).as(release.id()).contains(Harm.WRITABLE_SHARED);
      assertThat(in(kernel, spec(allow))).as(release.id()).isEmpty();
    }
  }

  // ---- no-leak-across-fork

  /** A process reads what is mapped at a pte, by whatever means. */
  private static Operation reads(int pte, int process) {
    return op("read", (mm, cpu) -> {
      cpu.setRegister(1, PageTable.pageOf(mm.pageTable().readPte(pte)));
      ProcessPrograms.readThrough(1, process).body().run(mm, cpu);
      cpu.setRegister(1, 0);
    });
  }

  @Test
  void whatWasWrittenAfterTheForkIsNotTheOthers() {
    assertThat(in(FORK, STORE, reads(0, 1))).containsExactly(Harm.LEAKED);
    assertThat(in(FORK, STORE, reads(0, 0))).isEmpty();
    // the page of before
    assertThat(in(FORK, STORE, reads(1, 1))).isEmpty();
  }

  @Test
  void whatWasWrittenBeforeIsTheChildsAsWell() {
    assertThat(in(STORE, FORK, ProcessPrograms.loadFrom(1))).isEmpty();
  }

  /** A device writes for the process whose pin it has. */
  @Test
  void whatADeviceHasWrittenIsASecretToo() {
    assertThat(in(FORK, PIN, Programs.dma(0), reads(0, 1), UNPIN)).containsExactly(Harm.LEAKED);
    assertThat(in(FORK, PIN, Programs.dma(0), reads(0, 0), UNPIN)).isEmpty();
  }
}
