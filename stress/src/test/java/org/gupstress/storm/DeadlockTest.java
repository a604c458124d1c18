// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A circle of CPUs that wait for each other ends a storm, whatever they wait for. Nothing else can
 * end these storms: for all else the watchdog has the patience of days.
 */
@Timeout(90)
class DeadlockTest {
  private static final Patience FOR_CIRCLES =
      new Patience(Duration.ofDays(1), Duration.ofDays(1), Duration.ofSeconds(1));

  private static final int STORMS_MAX = 12;

  /** So few that CPUs meet at a page. */
  private static final int PAGES = 4096;

  /** Counts pins outside of the page; who writes a page back may wait for them. */
  private record Waits(boolean forPins) implements PinDesign {
    @Override
    public String id() {
      return "waits";
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
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.memory().add64(mm.ext(page), 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.memory().add64(mm.ext(page), -1);
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    /** The page is locked. */
    @Override
    public boolean beginMkclean(Mm mm, long page, boolean sync) {
      if (forPins) {
        mm.memory().waitUntil64(mm.ext(page), -1, 0);
      }
      return true;
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return pinCount(mm, page) > 0;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return (int) mm.memory().readOnce64(mm.ext(page));
    }
  }

  private static StormResult storm(PinDesign design, List<StormFinding> findings)
      throws InterruptedException {
    return new Storm(FOR_CIRCLES)
        .run(
            new StormPlan(design, Storms.setup("dio-mapped:4,rdma,writeback:2", PAGES)),
            findings::add);
  }

  @Test
  void whoWaitsForPinsUnderThePageLockWaitsForWhoeverNeedsThatLockToGiveThemBack()
      throws InterruptedException {
    List<StormFinding> findings = new ArrayList<>();
    StormResult result = storm(new Waits(true), findings);
    // a storm may end before its CPUs meet so
    for (int i = 1; i < STORMS_MAX && result.ending() == StormResult.Ending.PLANNED; i++) {
      result = storm(new Waits(true), findings);
    }
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PANIC);
    assertThat(result.harms()).extracting(HarmCount::harm).contains(Harm.DEADLOCK.id());
    assertThat(findings)
        .filteredOn(finding -> finding.harm().equals(Harm.DEADLOCK.id()))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.sentence())
              .containsPattern("in flush waits for the pins of page \\d+, held by cpu\\d")
              .containsPattern("waits for the lock of page \\d+, held by cpu\\d");
          assertThat(finding.actors()).hasSizeGreaterThan(1);
        });
  }

  @Test
  void withoutThatWaitTheSameDesignComesThrough() throws InterruptedException {
    StormResult result = storm(new Waits(false), new ArrayList<>());
    assertThat(result.ending()).isEqualTo(StormResult.Ending.PLANNED);
    assertThat(result.harms())
        .extracting(HarmCount::harm)
        .doesNotContain(Harm.DEADLOCK.id(), Harm.ENDLESS.id());
  }

  @Test
  void aPinIsHeldUntilItIsGivenBackAndNoLonger() {
    Request request = new Request(3);
    for (long page : new long[] {64, 128, 64}) {
      request.add(page);
    }
    assertThat(request.has(64)).isTrue();
    assertThat(request.has(192)).isFalse();
    List<Boolean> held = new ArrayList<>();
    request.giveBack(page -> held.add(request.has(page)));
    assertThat(held).containsExactly(true, true, true);
    assertThat(request.has(64)).isFalse();
    assertThat(request.has(128)).isFalse();
  }
}
