// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.all;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.answer;
import static org.gupstress.claim.Found.awaited;
import static org.gupstress.claim.Found.both;
import static org.gupstress.claim.Found.handOver;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;
import static org.gupstress.claim.Found.sharedFile;
import static org.gupstress.claim.Found.text;
import static org.gupstress.claim.Found.unpinKeeping;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.gup;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;

import java.util.List;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever touches a page that is no more is found; whoever has a right to it is not. */
class LifetimeTest {
  /** The end of writeback, and what a caller does to the waiters then. */
  private static Spec endOfWriteback(boolean holds) {
    Operation endIo = op("end_io", (mm, cpu) -> {
      long p = page(mm, 0);
      if (holds) {
        mm.page().get(p, Ref.LOOKUP);
      }
      mm.writeback().complete(cpu);
      mm.page().clear(p, PageFlag.WAITERS);
      if (holds) {
        mm.lru().release().put(cpu, p, Ref.LOOKUP);
      }
    });
    return both(List.of(endIo), List.of(truncate(0), drain(), fault(1)))
        .space(sharedFile())
        .boot(mm -> {
          Boot.written(mm, 0);
          mm.writeback().writePage(mm.cpu(0), 0, 0, false);
        });
  }

  @Test
  void theWaitersOfAPageThatIsNotHeldAreTouchedTooLate() {
    assertThat(Found.in(endOfWriteback(false))).containsExactly(Harm.LATE_TOUCH);
  }

  @Test
  void theWaitersOfAPageThatIsHeldAreNot() {
    assertThat(Found.in(endOfWriteback(true))).isEmpty();
  }

  private static Operation dirty() {
    return op("set_page_dirty", (mm, cpu) -> {
      // gup may have failed: the page is unmapped beside it
      if (cpu.register(0) != 0) {
        mm.pageCache().setPageDirty(cpu, cpu.register(0));
      }
    });
  }

  private static Operation unpinIfPinned() {
    return op("unpin", (mm, cpu) -> {
      if (cpu.register(0) != 0) {
        unpinKeeping(0).body().run(mm, cpu);
      }
    });
  }

  @Test
  void aPageIsDirtiedAfterItsUnpin() {
    assertThat(Found.in(
            both(List.of(gupWrite(0, 0), unpinIfPinned(), dirty()), List.of(unmap(0), drain()))))
        .containsExactly(Harm.LATE_TOUCH);
  }

  @Test
  void aPageIsDirtiedBeforeItsUnpin() {
    assertThat(Found.in(both(List.of(gupWrite(0, 0), dirty(), unpin(0)), List.of(unmap(0)))))
        .isEmpty();
  }

  /** Touches the page, lets the other CPU free it and have it again, and touches it once more. */
  private static Spec acrossReuse(Operation... last) {
    Operation touch = op("touch", (mm, cpu) -> mm.page().test(page(mm, 0), PageFlag.DIRTY));
    Operation[] parts = new Operation[2 + last.length];
    parts[0] = touch;
    parts[1] = handOver();
    System.arraycopy(last, 0, parts, 2, last.length);
    return both(List.of(all("look", parts)), List.of(awaited(), unmap(0), fault(1), answer()));
  }

  @Test
  void aPageThatHasANewOwnerIsNotTheOneThatWasMeant() {
    Operation touch = op("touch", (mm, cpu) -> mm.page().test(page(mm, 0), PageFlag.DIRTY));
    assertThat(Found.in(acrossReuse(touch))).containsExactly(Harm.LATE_TOUCH);
    assertThat(text(acrossReuse(touch), Harm.LATE_TOUCH)).contains("has a new owner");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 63})
  void soItIsOfAnyPageOfALargeMachine(int number) {
    Operation touch = op("touch", (mm, cpu) -> mm.page().test(page(mm, number), PageFlag.DIRTY));
    Spec spec = both(
            List.of(all("look", touch, handOver(), touch)),
            List.of(awaited(), unmap(0), fault(1), answer()))
        .pages(64)
        .boot(mm -> {
          mm.memory().setBits64(page(mm, number), PageFlag.SWAPBACKED.mask());
          mm.pageTable().bootMapAnonymous(0, page(mm, number));
          mm.lru().bootOnLru(page(mm, number));
        });
    assertThat(text(spec, Harm.LATE_TOUCH)).contains("page" + number + " was freed meanwhile");
  }

  @Test
  void whoeverWinsThePageAnewMayTouchIt() {
    Operation speculative = op("speculative get", (mm, cpu) -> {
      if (mm.page().getUnlessZero(page(mm, 0), Ref.LOOKUP)) {
        mm.page().test(page(mm, 0), PageFlag.DIRTY);
        mm.lru().release().put(cpu, page(mm, 0), Ref.LOOKUP);
      }
    });
    assertThat(Found.in(acrossReuse(speculative))).isEmpty();
  }

  @Test
  void thePageTableLockKeepsWhatItMaps() {
    Operation underTheLock = op("walk", (mm, cpu) -> {
      mm.pageTable().ptl(1).lock();
      mm.page().test(page(mm, 0), PageFlag.DIRTY);
      mm.pageTable().ptl(1).unlock();
    });
    assertThat(Found.in(acrossReuse(underTheLock))).isEmpty();
  }

  @Test
  void aLookThatTrustsNothingIsAllowed() {
    Operation racy = op("look", (mm, cpu) -> {
      mm.page().testRacy(page(mm, 0), PageFlag.LRU);
      mm.page().references(page(mm, 0));
      mm.page().compoundHead(page(mm, 0));
    });
    assertThat(Found.in(acrossReuse(racy))).isEmpty();
  }

  @Test
  void aPageIsFreedWhileASpecialPteMapsIt() {
    Spec spec = alone(
            gup(0, 0),
            unpin(0),
            op("drop", (mm, cpu) -> mm.lru().release().put(cpu, page(mm, 0), Ref.OWNER)))
        .kinds(PageKind.ZERO)
        .boot(Boot::zeroPage);
    assertThat(Found.in(spec)).contains(Harm.FREED_IN_USE);
  }

  @Test
  void aPageIsFreedWhileItIsOnItsLru() {
    Spec spec = alone(op("free", (mm, cpu) -> mm.lru().release().free(cpu, page(mm, 0))));
    assertThat(Found.in(spec)).contains(Harm.FREED_LINKED, Harm.FREED_IN_USE);
  }

  private static Operation free(int number) {
    return op("free", (mm, cpu) -> mm.lru().release().free(cpu, page(mm, number)));
  }

  @Test
  void aPageIsFreedTwiceInARowOrWithAnotherInBetween() {
    Spec inARow = alone(free(0)).boot(mm -> mm.lru().bootFree(mm.cpu(0), page(mm, 0)));
    assertThat(Found.in(inARow)).contains(Harm.FREED_TWICE, Harm.LIST_INCONSISTENT);
    Spec between = alone(free(0)).boot(mm -> {
      mm.lru().bootFree(mm.cpu(0), page(mm, 0));
      mm.lru().bootFree(mm.cpu(0), page(mm, 1));
    });
    assertThat(Found.in(between)).contains(Harm.FREED_TWICE, Harm.LIST_INCONSISTENT);
  }

  // ---- devices

  @Test
  void aDeviceWritesAfterItsUnpin() {
    assertThat(Found.in(alone(gupFast(0, 0), unpinKeeping(0), dma(0))))
        .contains(Harm.LATE_DMA)
        .doesNotContain(Harm.LATE_TOUCH);
  }

  @Test
  void anotherPinDoesNotMakeItRight() {
    assertThat(Found.in(alone(gupFast(0, 0), gupFast(0, 1), unpinKeeping(0), dma(0), unpin(1))))
        .contains(Harm.LATE_DMA);
  }

  @Test
  void aDeviceWritesWhileItsPinIsLive() {
    Operation byAddress = op("dma", (mm, cpu) -> mm.dma(page(mm, 0)));
    Spec anonymous =
        alone(gupFast(0, 0), dma(0), byAddress, unpin(0)).boot(mm -> Boot.anonymous(mm, 0));
    assertThat(Found.in(anonymous)).isEmpty();
    assertThat(Found.in(alone(byAddress))).contains(Harm.LATE_DMA);
  }

  @Test
  void viewsOfTheUnionAreNotTrustedEither() {
    Operation stale = op(
        "stale",
        (mm, cpu) -> mm.memory().through(View.LIST).read64(page(mm, 0) + PageLayout.LRU_NEXT));
    assertThat(Found.in(acrossReuse(stale))).contains(Harm.LATE_TOUCH);
  }
}
