// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.both;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;
import static org.gupstress.claim.Found.sharedFile;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.read;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;
import static org.gupstress.scenario.Programs.writeback;

import java.util.List;
import org.gupstress.explore.Result;
import org.gupstress.explore.Verdict;
import org.gupstress.lru.LruList;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;

/** Two structures that say the same do so, and who breaks one of them is found where he does. */
class AgreementTest {
  private static Operation set(PageFlag flag) {
    return op("set", (mm, cpu) -> mm.page().set(page(mm, 0), flag));
  }

  @Test
  void aDirtyPageIsTaggedInItsFile() {
    assertThat(Found.in(alone(set(PageFlag.DIRTY)))).containsExactly(Harm.CACHE_MISMATCH);
    Operation dirty = op("dirty", (mm, cpu) -> mm.pageCache().setPageDirty(cpu, page(mm, 0)));
    assertThat(Found.in(alone(dirty, writeback(0), complete()).space(sharedFile())))
        .isEmpty();
  }

  @Test
  void aPageUnderWritebackIsInAQueue() {
    assertThat(Found.in(alone(set(PageFlag.WRITEBACK))))
        .containsExactlyInAnyOrder(Harm.CACHE_MISMATCH, Harm.WRITEBACK_MISMATCH);
  }

  @Test
  void aPageInAQueueIsUnderWriteback() {
    Operation clear = op("clear", (mm, cpu) -> mm.page().clear(page(mm, 0), PageFlag.WRITEBACK));
    Spec spec = alone(clear).space(sharedFile()).boot(mm -> {
      Boot.written(mm, 0);
      mm.writeback().writePage(mm.cpu(0), 0, 0, false);
    });
    assertThat(Found.in(spec)).contains(Harm.WRITEBACK_MISMATCH, Harm.CACHE_MISMATCH);
  }

  @Test
  void isolatedPagesAreCountedInTheirClass() {
    Operation wrong = op("isolate", (mm, cpu) -> {
      mm.lru().node().addIsolated(true, 1);
      mm.lru().node().addIsolated(false, -1);
    });
    // their sum is right
    assertThat(Found.in(alone(wrong))).containsExactly(Harm.MISCOUNTED);
    Operation right = op("isolate", (mm, cpu) -> {
      mm.lru().node().addIsolated(true, 1);
      mm.lru().node().addIsolated(true, -1);
    });
    assertThat(Found.in(alone(right))).isEmpty();
  }

  // ---- lists

  private static Spec twoListed(Operation... program) {
    return alone(program).boot(mm -> {
      Boot.cached(mm, 0, 0);
      Boot.cached(mm, 1, 0);
    });
  }

  @Test
  void aWildStoreOverALinkIsFoundWhereItIsMade() {
    Operation wild = op(
        "wild",
        (mm, cpu) ->
            mm.memory().write64(page(mm, 1) + PageLayout.LRU_NEXT, page(mm, 1) + PageLayout.LRU));
    Result result = Found.run("foll-pin", twoListed(wild, drain()));
    assertThat(result.violations().keySet())
        .containsExactlyInAnyOrder(Harm.LINK_OVERWRITTEN, Harm.LIST_INCONSISTENT);
    assertThat(result.violations().get(Harm.LINK_OVERWRITTEN).steps()).isEqualTo(1);
    assertThat(result.violations().get(Harm.LIST_INCONSISTENT).text()).contains("the bytes of");
  }

  @Test
  void aWildStoreOverTheHeadOfAListIsFoundWhereItIsMade() {
    Operation wild = op("wild", (mm, cpu) -> {
      long head = mm.lru().node().head(LruList.INACTIVE_FILE);
      mm.memory().write64(head, page(mm, 0) + PageLayout.LRU);
    });
    assertThat(Found.in(twoListed(wild)))
        .containsExactlyInAnyOrder(Harm.LINK_OVERWRITTEN, Harm.LIST_INCONSISTENT);
  }

  @Test
  void aListIsChangedUnderItsLock() {
    Operation move = op(
        "move",
        (mm, cpu) -> mm.lru()
            .list()
            .move(page(mm, 0) + PageLayout.LRU, mm.lru().node().head(LruList.INACTIVE_FILE)));
    assertThat(Found.in(twoListed(move))).containsExactly(Harm.LIST_UNLOCKED);
    Operation locked = op("move", (mm, cpu) -> {
      mm.lru().node().lruLock().lockIrq(cpu);
      move.body().run(mm, cpu);
      mm.lru().node().lruLock().unlockIrq(cpu);
    });
    assertThat(Found.in(twoListed(locked))).isEmpty();
  }

  @Test
  void aFreePageIsWrittenAsAList() {
    Operation wild = op(
        "wild",
        (mm, cpu) -> mm.memory()
            .through(View.LIST)
            .write64(page(mm, 1) + PageLayout.LRU_PREV, page(mm, 0) + PageLayout.LRU));
    Spec spec = both(List.of(wild), List.of(gupFast(0, 0), unpin(0))).boot(mm -> {
      Boot.mapped(mm, 0);
      mm.lru().bootFree(mm.cpu(1), page(mm, 1));
    });
    assertThat(Found.in(spec))
        .contains(Harm.LIST_UNLOCKED, Harm.LATE_TOUCH, Harm.LIST_INCONSISTENT);
  }

  // ---- claims without spells

  @Test
  void whatADeviceWroteIsLostWhetherOrNotTheScenarioSaysThatDevicesWrite() {
    Spec spec = alone(gupWrite(0, 0), dma(0), unpin(0), writeback(0)).space(sharedFile());
    Spec untold = alone(gupFast(0, 0), dma(0), unpin(0));
    assertThat(Found.run("foll-pin", spec).verdict(Claim.NO_LOST_WRITE)).isEqualTo(Verdict.HOLDS);
    assertThat(Found.in(untold)).containsExactly(Harm.LOST_WRITE);
  }

  @Test
  void aPageThatReclaimDoesNotKnowOfIsMissedInEveryScenario() {
    Result result = Found.run("rfc-oct", alone(gupFast(0, 0), unpin(0)));
    assertThat(result.violations().keySet()).contains(Harm.ACCOUNTING);
    Result sound = Found.run("foll-pin", alone(gupFast(0, 0), unpin(0)));
    assertThat(sound.verdict(Claim.RECLAIM_PROGRESSES)).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(sound.reasonNotApplicable(Claim.RECLAIM_PROGRESSES))
        .contains("reclaimingEverything()");
  }

  @Test
  void aScenarioDrainsAllCpus() {
    Operation drainAll =
        op("lru_add_drain_all", (mm, cpu) -> mm.lru().pagevecs().drainAll(cpu));
    Spec spec = both(
            List.of(read(0), read(0), signal()), List.of(waitForSignal(), drainAll, migrate(0, 0)))
        .boot(mm -> {
          Boot.mapped(mm, 0);
          mm.lru().bootFree(mm.cpu(1), page(mm, 1));
        })
        .duty(Harm.NOT_MOVED, "it was not moved", m -> m.mm().cpu(1).register(0) == 1);
    assertThat(Found.in(spec)).isEmpty();
  }
}
