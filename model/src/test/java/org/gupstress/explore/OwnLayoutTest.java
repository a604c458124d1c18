// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.View;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A design may have fields, locks and words of its own, and each of them is watched: used well it
 * holds, used badly it is found.
 */
class OwnLayoutTest {
  private static final List<Claim> OF_PINS =
      List.of(Claim.PIN_COUNTED, Claim.PIN_VISIBLE, Claim.UNION_INTACT, Claim.NO_DEADLOCK);

  private static Result run(PinDesign design, String scenario) {
    return Runs.explore(design, Runs.scenario(scenario));
  }

  private static void assertHolds(Result result) {
    assertThat(OF_PINS)
        .allSatisfy(claim -> assertThat(result.verdict(claim))
            .as("%s in %s", claim, result.plan().id())
            .isEqualTo(Verdict.HOLDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-unpin", "pin-vs-reclaim", "memcg-charge-vs-pin"})
  void aCountInTheHoleHolds(String scenario) {
    assertHolds(run(new InHole(true), scenario));
  }

  @Test
  void whereMemoryCgroupsAreThereIsNoHole() {
    assertThat(run(new InHole(true), "memcg-charge-vs-pin").falsePositives()).isZero();
    Result undeclared = run(new InHole(false), "memcg-charge-vs-pin");
    assertThat(undeclared.falsePositives()).isPositive();
    assertThat(undeclared.violations()).containsKey(Harm.CONTRACT);
    assertThat(undeclared.violations().get(Harm.CONTRACT).text())
        .contains("mem_cgroup", "declares it with usesHole()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-unpin", "pin-vs-drain"})
  void aCountUnderALockOfItsOwnHolds(String scenario) {
    assertHolds(run(new UnderLock(0, false), scenario));
  }

  @Test
  void withoutTheLockCountsAreLost() {
    assertThat(run(new UnderLock(-1, false), "pin-unpin").violations())
        .containsKey(Harm.PIN_RELEASED);
  }

  @Test
  void twoLocksDoNotExcludeEachOther() {
    assertThat(run(new UnderLock(1, false), "pin-unpin").violations())
        .containsKey(Harm.PIN_RELEASED);
  }

  @Test
  void aLockThatIsKeptIsNamed() {
    Result result = run(new UnderLock(0, true), "fault-pin-unpin");
    assertThat(result.violations()).containsKey(Harm.LOCK_LEFT_HELD);
    assertThat(result.violations().get(Harm.LOCK_LEFT_HELD).text()).contains("my_lock is held");
  }

  @Test
  void aLockThatInterruptsMayNotTakeIsNamed() {
    Result result = run(new UnderLock(0, false), "unpin-in-interrupt");
    assertThat(result.violations()).containsKey(Harm.IRQ_UNSAFE);
    assertThat(result.violations().get(Harm.IRQ_UNSAFE).text()).contains("my_lock");
  }

  @Test
  void aCountForEachCpuHolds() {
    assertHolds(run(new PerCpu(true), "pin-unpin"));
  }

  @Test
  void oneWordForAllCpusLosesCounts() {
    assertThat(run(new PerCpu(false), "pin-unpin").violations()).containsKey(Harm.PIN_RELEASED);
  }

  @Test
  void anOverlayOfLruHoldsWhileThePageIsOffTheLru() {
    Result result = run(new Overlay(0x2, true), "pin-unpin");
    assertHolds(result);
    assertThat(result.violations()).containsOnlyKeys(Harm.STRANDED);
  }

  @Test
  void aFlagThatIsTestedOnAnyPageMustBeDeclared() {
    assertThat(run(new Overlay(0x2, false), "pin-unpin").violations())
        .containsKey(Harm.VIEW_CONFUSED);
  }

  @Test
  void aFlagThatPointersSetIsFound() {
    Result result = run(new Overlay(0x10, true), "pin-vs-reclaim");
    assertThat(result.violations()).containsKey(Harm.DISCRIMINATOR_SET);
    assertThat(result.violations().get(Harm.DISCRIMINATOR_SET).text()).contains("has 0x10 set");
  }

  @ParameterizedTest
  @ValueSource(longs = {0x40, 0x80, 0x100, 0x200, 0x400, 0x800})
  void aFlagThatPgmapHasSetIsFound(long flag) {
    Result result = run(new Overlay(flag, true), "pin-device-page");
    boolean isSet = result.violations().containsKey(Harm.DISCRIMINATOR_SET);
    assertThat(isSet).isEqualTo((pgmap(result.plan()) & flag) != 0);
  }

  private static long pgmap(Plan plan) {
    Machine machine = new Machine(plan, Reductions.ALL, Narration.HARMS, new Heartbeat());
    return machine.memory().word(machine.mm().page().address(0) + PageLayout.PGMAP);
  }

  /** 4.19 with a count somewhere. */
  private abstract static class Counting implements PinDesign {
    @Override
    public String id() {
      return "own-layout";
    }

    @Override
    public String summary() {
      return "for a test";
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return pinCount(mm, page) > 0;
    }
  }

  /** A 32-bit counter where mem_cgroup would be. */
  private static final class InHole extends Counting {
    private final boolean declared;

    InHole(boolean declared) {
      this.declared = declared;
    }

    @Override
    public boolean usesHole() {
      return declared;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.memory().addFull32(page + PageLayout.HOLE, 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.memory().add32(page + PageLayout.HOLE, -1);
      super.unpin(mm, cpu, page);
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return mm.memory().readOnce32(page + PageLayout.HOLE);
    }
  }

  /** A plain counter outside struct page, which is counted up under the first lock. */
  private static final class UnderLock extends Counting {
    private final int unpinLock;
    private final boolean keeps;

    UnderLock(int unpinLock, boolean keeps) {
      this.unpinLock = unpinLock;
      this.keeps = keeps;
    }

    @Override
    public List<String> locks() {
      return List.of("my_lock", "other_lock");
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.ownLock(0).lock();
      add(mm, page, 1);
      mm.ownLock(0).unlock();
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      if (unpinLock >= 0) {
        mm.ownLock(unpinLock).lock();
      }
      add(mm, page, -1);
      if (unpinLock >= 0 && !keeps) {
        mm.ownLock(unpinLock).unlock();
      }
      super.unpin(mm, cpu, page);
    }

    private static void add(Mm mm, long page, int pins) {
      Memory memory = mm.memory();
      memory.write32(mm.ext(page), memory.read32(mm.ext(page)) + pins);
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return mm.memory().readOnce32(mm.ext(page));
    }
  }

  /** A counter of each CPU for all pages, counted up without a lock. */
  private static final class PerCpu extends Counting {
    private final boolean each;

    PerCpu(boolean each) {
      this.each = each;
    }

    @Override
    public int wordsPerCpu() {
      return 1;
    }

    private void add(Mm mm, Cpu cpu, int pins) {
      long word = mm.ownWord(each ? cpu : mm.cpu(0), 0);
      mm.memory().write64(word, mm.memory().read64(word) + pins);
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      add(mm, cpu, 1);
      return true;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      add(mm, cpu, -1);
      super.unpin(mm, cpu, page);
    }

    @Override
    public int pinCount(Mm mm, long page) {
      long pins = 0;
      for (int cpu = 0; cpu < mm.cpus(); cpu++) {
        pins += mm.memory().readOnce64(mm.ownWord(mm.cpu(cpu), 0));
      }
      return (int) pins;
    }
  }

  /** A flag over lru.next and 64 bits of count over lru.prev, all under a lock. */
  private static final class Overlay extends Counting {
    private final long flag;
    private final boolean declared;

    Overlay(long flag, boolean declared) {
      this.flag = flag;
      this.declared = declared;
    }

    @Override
    public List<String> locks() {
      return List.of("pin_lock");
    }

    @Override
    public long discriminators() {
      return declared ? flag : 0;
    }

    @Override
    public boolean countsInUnion() {
      return true;
    }

    private static Memory view(Mm mm) {
      return mm.memory().through(View.PIN);
    }

    private static void setCount(Mm mm, long page, long pins) {
      view(mm).writeOnce64(page + PageLayout.LRU_PREV, pins);
    }

    @Override
    public boolean pin(Mm mm, Cpu cpu, long page) {
      mm.ownLock(0).lock();
      boolean pinned = true;
      if (isPinned(mm, page)) {
        setCount(mm, page, pinCount(mm, page) + 1L);
      } else if (mm.lru().isolation().isolateLruPage(cpu, page)) {
        mm.lru().release().put(cpu, page, Ref.ISO);
        setCount(mm, page, 1);
        view(mm).writeOnce64(page + PageLayout.LRU_NEXT, flag);
      } else {
        pinned = false;
      }
      mm.ownLock(0).unlock();
      return pinned;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.ownLock(0).lock();
      int left = pinCount(mm, page) - 1;
      setCount(mm, page, left);
      if (left == 0) {
        mm.lru().list().init(page + PageLayout.LRU);
      }
      mm.ownLock(0).unlock();
      super.unpin(mm, cpu, page);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return view(mm).readBits64(page + PageLayout.LRU_NEXT, flag) != 0;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return (int) view(mm).readOnce64(page + PageLayout.LRU_PREV);
    }
  }
}
