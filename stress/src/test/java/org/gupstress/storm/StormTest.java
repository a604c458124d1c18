// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.KernelBug;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short storms: sound designs come through, the 2018 postings do not, and every storm ends. */
class StormTest {
  private static final int PAGES = 4096;

  private static final StormObserver NOBODY = finding -> {};

  private static StormSetup setup(WorkloadMix mix, Kernel kernel, Perturbation perturbation) {
    return new StormSetup(mix, 2, PAGES, Duration.ofSeconds(2), 1, kernel, perturbation, true);
  }

  /** Far longer than a slow machine keeps a CPU in one operation. */
  private static StormResult storm(PinDesign design, StormSetup setup, StormObserver observer)
      throws InterruptedException {
    return new Storm(Patience.OF_SHIPPED).run(new StormPlan(design, setup), observer);
  }

  private static StormResult storm(String design, WorkloadMix mix) throws InterruptedException {
    return storm(Storms.design(design), setup(mix, Kernel.PRODUCTION, Perturbation.NONE), NOBODY);
  }

  private static Map<Ref, Long> outstanding(StormResult result) {
    return result.references().stream()
        .collect(Collectors.groupingBy(
            ReferenceRow::reason, Collectors.summingLong(row -> row.taken() - row.dropped())));
  }

  // ---- sound designs

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "rfc-fixed", "page-ext", "foll-pin"})
  void aSoundDesignEndsWithAllPagesFreeAndAllReferencesDropped(String design)
      throws InterruptedException {
    StormResult result = storm(design, WorkloadMix.USUAL);
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PLANNED);
    assertThat(result.harms()).isEmpty();
    assertThat(result.counts().get(StormCounter.PINS)).isPositive();
    assertThat(result.counts().get(StormCounter.REPAIRS)).isZero();
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(PAGES);
    assertThat(outstanding(result))
        .allSatisfy((reason, left) -> assertThat(left).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc-fixed", "foll-pin"})
  void perturbedInADebugKernelItStillDoes(String design) throws InterruptedException {
    for (Perturbation perturbation : List.of(Perturbation.STARVE, Perturbation.TREMBLE)) {
      StormSetup setup = setup(WorkloadMix.USUAL, Kernel.DEBUG, perturbation);
      StormResult result = storm(Storms.design(design), setup, NOBODY);
      assertThat(result.harms()).isEmpty();
      assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(PAGES);
    }
  }

  /** Isolates a page at its unpin, and has its work put it back. */
  private record PutsOff(boolean works) implements PinDesign {
    @Override
    public String id() {
      return "puts-off";
    }

    @Override
    public String summary() {
      return "for a test";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
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
      return works && mm.memory().readOnce64(mm.ext(page)) != 0;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        mm.memory().writeOnce64(mm.ext(page), 1);
      }
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean hasQuery() {
      return false;
    }

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
  void whatADesignPutsOffIsDoneByKworker() throws InterruptedException {
    StormSetup setup = setup(WorkloadMix.USUAL, Kernel.PRODUCTION, Perturbation.NONE);
    StormResult result = storm(new PutsOff(true), setup, NOBODY);
    assertThat(result.harms()).isEmpty();
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(PAGES);
    assertThat(storm(new PutsOff(false), setup, NOBODY).harms())
        .extracting(HarmCount::harm)
        .contains(Harm.STRANDED.id());
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void everyWorkloadPressesByItself(Workload workload) throws InterruptedException {
    StormSetup setup = new StormSetup(
        new WorkloadMix(Map.of(workload, 1)),
        2,
        PAGES,
        Duration.ofSeconds(3),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        false);
    StormResult result = storm(Storms.design("get-page"), setup, NOBODY);
    assertThat(result.harms()).isEmpty();
    assertThat(result.reclaimedPages()).isPositive();
    assertThat(StormExpectations.judge("get-page", setup, result).isIdle()).isFalse();
  }

  @Test
  void aWorkingSetThatFitsIsNotReclaimed() throws InterruptedException {
    StormSetup roomy = new StormSetup(
        WorkloadMix.parse("dio-mapped", Workload::of),
        Sizing.USUAL.withPressure(0.5),
        2,
        PAGES,
        Duration.ofSeconds(2),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        false);
    StormResult result = storm(Storms.design("get-page"), roomy, NOBODY);
    assertThat(result.reclaimedPages()).isZero();
    assertThat(result.end().get(PagePlace.FREE)).isGreaterThanOrEqualTo(PAGES / 4);
    assertThat(StormExpectations.judge("get-page", roomy, result).isIdle()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void cpusMayRunMoreProcessesOrShareThem(int processes) throws InterruptedException {
    StormSetup setup = new StormSetup(
        WorkloadMix.USUAL,
        Sizing.USUAL.withProcesses(processes).withChunkPages(3).withReaders(1),
        4,
        PAGES,
        Duration.ofSeconds(2),
        1,
        Kernel.DEBUG,
        Perturbation.NONE,
        true);
    StormResult result = storm(Storms.design("foll-pin"), setup, NOBODY);
    assertThat(result.harms()).isEmpty();
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(PAGES);
    assertThat(outstanding(result))
        .doesNotContainKey(null)
        .allSatisfy((reason, left) -> assertThat(left).isZero());
  }

  @Test
  void memoryRunsShortAndReclaimDoesItsWork() throws InterruptedException {
    StormSetup longer = new StormSetup(
        WorkloadMix.parse("readtwice:6,dio-anon:2,rdma,mmap-churn:2", Workload::of),
        2,
        PAGES,
        Duration.ofSeconds(6),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        true);
    StormResult result = storm(Storms.design("foll-pin"), longer, NOBODY);
    assertThat(result.reclaimedPages()).isPositive();
    assertThat(result.dossier().passes())
        .extracting(ListPass::list)
        .contains("inactive_file", "active_file");
    assertThat(result.dossier().passes()).allSatisfy(pass -> {
      assertThat(pass.takenPages()).isLessThanOrEqualTo(pass.scannedPages());
      assertThat(pass.reclaimedPages() + pass.activatedPages() + pass.keptPages())
          .isEqualTo(pass.takenPages());
      assertThat(pass.isActive() ? pass.reclaimedPages() : pass.deactivatedPages())
          .isZero();
    });
    assertThat(result.dossier().ratio(Dossier.Ratio.RECLAIMED)).isBetween(0.01, 1.0);
    assertThat(result.dossier().count(MachineCounter.UNCACHED_BY_RECLAIM))
        .isEqualTo(result.reclaimedPages());
    long stalls = result.dossier().count(MachineCounter.ALLOCATION_STALLS);
    assertThat(stalls).isPositive();
    assertThat(result.dossier().times().get(MachineTime.DIRECT_RECLAIM).samples())
        .isEqualTo(stalls);
    assertThat(result.dossier().count(MachineCounter.DIRECT_RECLAIMED))
        .isBetween(1L, result.reclaimedPages());
    assertThat(result.dossier().count(MachineCounter.REFAULTS))
        .isGreaterThanOrEqualTo(result.dossier().count(MachineCounter.WORKINGSET_ACTIVATIONS))
        .isLessThanOrEqualTo(result.dossier().count(MachineCounter.CACHED));
  }

  @Test
  void moreRequestsThanPagesAreNoFalseAlarm() throws InterruptedException {
    StormSetup crowded = new StormSetup(
        WorkloadMix.parse("dio-anon", Workload::of),
        64,
        PAGES,
        Duration.ofSeconds(2),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        false);
    StormResult result = storm(Storms.design("foll-pin"), crowded, NOBODY);
    assertThat(result.harms()).isEmpty();
    assertThat(result.unmounted().get(PagePlace.FREE)).isEqualTo(PAGES);
  }

  // ---- controls: what must be found

  @ParameterizedTest
  @ValueSource(strings = {"rfc-oct", "rfc-nov"})
  void aPostingOf2018StrandsPagesThatTruncationAndUnmountFree(String design)
      throws InterruptedException {
    StormResult result = storm(design, WorkloadMix.USUAL);
    assertThat(result.harms()).extracting(HarmCount::harm).contains(Harm.STRANDED.id());
    Counts<Fate> fates = result.fates();
    assertThat(fates.sum() - fates.get(Fate.NEVER)).isPositive();
    assertThat(StormExpectations.judge(
                design, setup(WorkloadMix.USUAL, Kernel.PRODUCTION, Perturbation.NONE), result)
            .isMissed())
        .isFalse();
  }

  @Test
  void octoberCorruptsListsAndTheStormGoesOn() throws InterruptedException {
    StormResult result = storm("rfc-oct", WorkloadMix.USUAL);
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PLANNED);
    assertThat(result.counts().get(StormCounter.REPAIRS)).isPositive();
    assertThat(result.harms())
        .extracting(HarmCount::harm)
        .contains(Harm.PIN_UNCOUNTED.id())
        .containsAnyOf(Harm.LIST_INCONSISTENT.id(), Harm.WILD_POINTER.id());
  }

  @Test
  void aFindingNamesCpuOperationWordsAndTheEventsOfThePage() throws InterruptedException {
    List<StormFinding> findings = new ArrayList<>();
    storm(
        Storms.design("rfc-oct"),
        setup(WorkloadMix.USUAL, Kernel.PRODUCTION, Perturbation.NONE),
        findings::add);
    StormFinding uncounted = findings.stream()
        .filter(finding -> finding.harm().equals(Harm.PIN_UNCOUNTED.id()))
        .findFirst()
        .orElseThrow();
    assertThat(uncounted.actors()).hasSize(1);
    assertThat(uncounted.after()).isNotNull();
    assertThat(uncounted.events()).isNotEmpty().hasSizeLessThanOrEqualTo(32);
    assertThat(findings).extracting(StormFinding::harm).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc-nov", "rfc-fixed", "foll-pin"})
  void aPutThatNobodyConvertedLeaksPagesForEver(String design) throws InterruptedException {
    StormResult result = storm(design, WorkloadMix.parse("futex,mmap-churn", Workload::of));
    assertThat(result.harms()).extracting(HarmCount::harm).contains(Harm.REF_LEAKED.id());
    assertThat(result.leakedPages()).isPositive();
    // rfc-nov has taken it off the LRU as well
    long unreachable = result.end().get(PagePlace.LEAKED) + result.end().get(PagePlace.STRANDED);
    assertThat(unreachable).isGreaterThanOrEqualTo(result.leakedPages());
    assertThat(PagePlace.reclaimableShare(result.end())).isLessThan(1);
  }

  // ---- it always ends

  /** References alone, as in 4.19. */
  private abstract static class Plain implements PinDesign {
    @Override
    public String id() {
      return "plain";
    }

    @Override
    public String summary() {
      return "goes wrong";
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean hasQuery() {
      return false;
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return false;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return 0;
    }
  }

  /** Takes gup_lock once more than it gives it back. */
  private static final class Deadlocks extends Plain {
    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.lru().node().gupLock().lock();
      mm.lru().node().gupLock().lock();
      return true;
    }
  }

  /** One unpin in twenty ends as on a corrupted list, also when the load is over. */
  private static final class Dies extends Plain {
    private final AtomicInteger unpins = new AtomicInteger();

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      if (unpins.incrementAndGet() % 20 == 0) {
        throw new KernelBug("as if a list were corrupted");
      }
      super.unpin(mm, cpu, page);
    }
  }

  @Test
  void anOperationThatDiesWhileTheMachineComesToRestHangsNobody() throws InterruptedException {
    StormResult result = storm(
        new Dies(),
        setup(WorkloadMix.parse("dio-mapped", Workload::of), Kernel.PRODUCTION, Perturbation.NONE),
        NOBODY);
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PLANNED);
    assertThat(result.counts().get(StormCounter.REPAIRS)).isPositive();
  }

  @Test
  void aDeadlockEndsInAFindingThatNamesTheLock() throws InterruptedException {
    List<StormFinding> findings = new ArrayList<>();
    StormSetup setup =
        setup(WorkloadMix.parse("dio-anon", Workload::of), Kernel.PRODUCTION, Perturbation.NONE);
    StormResult result =
        new Storm(Patience.OF_USERS).run(new StormPlan(new Deadlocks(), setup), findings::add);
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PANIC);
    assertThat(findings).anySatisfy(finding -> {
      assertThat(finding.claim()).isEqualTo(Claim.NO_DEADLOCK.id());
      assertThat(finding.sentence()).contains("waits for gup_lock", "held by");
    });
  }

  /** Waits at unmount, with the page locked, for the page to be unlocked. */
  private static final class DeadlocksAtUnmount extends Plain {
    @Override
    public boolean beginMkclean(Mm mm, long page, boolean sync) {
      if (sync) {
        mm.memory().waitUntil64(page + PageLayout.FLAGS, PageFlag.LOCKED.mask(), 0);
      }
      // the flusher leaves mapped pages dirty, so there are some at unmount
      return sync;
    }
  }

  @Test
  void whatAnOperationHoldsThatNeverEndedIsNoLeak() throws InterruptedException {
    StormSetup setup =
        setup(WorkloadMix.parse("dio-mapped", Workload::of), Kernel.PRODUCTION, Perturbation.NONE);
    // a storm in which the flusher was quicker than the load has no dirty page left at unmount
    StormResult result = storm(new DeadlocksAtUnmount(), setup, NOBODY);
    for (int again = 0; again < 20 && result.ending() != StormResult.Ending.PANIC; again++) {
      result = storm(new DeadlocksAtUnmount(), setup, NOBODY);
    }
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PANIC);
    assertThat(result.inFlight()).containsExactly(new CpuOperation(0, "unmount"));
    assertThat(result.harms()).extracting(HarmCount::harm).containsExactly(Harm.DEADLOCK.id());
    assertThat(result.unmounted()).isNull();
    assertThat(outstanding(result)).containsValue(1L);
  }

  // ---- what it costs

  @ParameterizedTest
  @ValueSource(ints = {1 << 16, 1 << 18})
  void aMachineTakesAtMost2BytesAPageBeyondStructPageAndTheLoad(int pages) {
    StormSetup setup = new StormSetup(
        WorkloadMix.USUAL,
        4,
        pages,
        Duration.ofSeconds(1),
        1,
        Kernel.PRODUCTION,
        Perturbation.NONE,
        false);
    StormMachine machine = new StormMachine(new StormPlan(Storms.design("foll-pin"), setup));
    assertThat(machine.overheadPerPage()).isLessThanOrEqualTo(2);
    assertThat(setup.workingSet().bytes())
        .isLessThanOrEqualTo(20 * setup.workingSet().pages());
  }
}
