// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The watchdog names who waits for what, and is quiet as long as everybody gets on. */
class WatchdogTest {
  private static final class FakeCpu implements Watchdog.CpuView {
    private final int cpu;
    private final @Nullable String operation;
    private final @Nullable String waitsFor;
    private final List<String> holds;
    private long progress;
    private long cpuNanos;
    private long waits;
    private boolean standsStill;
    private boolean waitsInVain = true;

    FakeCpu(int cpu, @Nullable String operation, @Nullable String waitsFor, String... holds) {
      this.cpu = cpu;
      this.operation = operation;
      this.waitsFor = waitsFor;
      this.holds = Arrays.asList(holds);
    }

    @Override
    public int cpu() {
      return cpu;
    }

    @Override
    public long cpuNanos() {
      return cpuNanos;
    }

    @Override
    public long waits() {
      return waits;
    }

    @Override
    public boolean standsStill() {
      return standsStill;
    }

    @Override
    public boolean waitsInVain() {
      return waitsFor != null && waitsInVain;
    }

    @Override
    public long progress() {
      return progress;
    }

    @Override
    public @Nullable String operation() {
      return operation;
    }

    @Override
    public @Nullable String waitsFor() {
      return waitsFor;
    }

    @Override
    public List<String> holds() {
      return holds;
    }
  }

  private final List<Watchdog.Hang> hangs = new ArrayList<>();
  private long nanos;

  private Watchdog watching(FakeCpu... cpus) {
    return watching(5, cpus);
  }

  private Watchdog watching(int certainSeconds, FakeCpu... cpus) {
    Duration certain = Duration.ofSeconds(certainSeconds);
    return new Watchdog(
        Arrays.asList(cpus),
        new Patience(Duration.ofSeconds(5), certain, certain),
        () -> nanos,
        hangs::add);
  }

  private void pass(Watchdog watchdog, int seconds, FakeCpu... moving) {
    for (int second = 0; second < seconds; second++) {
      for (int look = 0; look < 10; look++) {
        nanos += Duration.ofMillis(100).toNanos();
        for (FakeCpu cpu : moving) {
          cpu.progress++;
        }
        watchdog.check();
      }
    }
  }

  @Test
  void twoThatWaitForEachOtherAreADeadlock() {
    FakeCpu one = new FakeCpu(0, "pin", "lru_lock", "gup_lock");
    FakeCpu other = new FakeCpu(1, "drain", "gup_lock", "lru_lock");
    pass(watching(one, other), 5);
    assertThat(hangs)
        .containsExactly(new Watchdog.Hang(
            Harm.DEADLOCK,
            "no progress for 5 s: cpu0 in pin waits for lru_lock, held by cpu1, holding gup_lock;"
                + " cpu1 in drain waits for gup_lock, held by cpu0, holding lru_lock",
            List.of(new CpuOperation(0, "pin"), new CpuOperation(1, "drain"))));
  }

  @Test
  void oneThatWaitsBehindACircleIsStuckInADeadlock() {
    FakeCpu outside = new FakeCpu(0, "futex", "gup_lock");
    FakeCpu one = new FakeCpu(1, "flush", "ptl", "gup_lock");
    FakeCpu other = new FakeCpu(2, "pin", "gup_lock", "ptl");
    Watchdog watchdog = watching(outside, one, other);
    pass(watchdog, 1, one, other);
    pass(watchdog, 4);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.DEADLOCK);
    assertThat(hangs.get(0).stuck())
        .containsExactly(
            new CpuOperation(0, "futex"), new CpuOperation(1, "flush"), new CpuOperation(2, "pin"));
  }

  @Test
  void oneThatWaitsForItselfIsADeadlock() {
    FakeCpu one = new FakeCpu(0, "unpin", "gup_lock", "gup_lock");
    pass(watching(one), 5);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.DEADLOCK);
    assertThat(hangs.get(0).sentence()).contains("waits for gup_lock, held by itself");
  }

  @Test
  void aWalkThatNeverEndsIsNamedAndSoIsWhoWaitsForIt() {
    FakeCpu walker = new FakeCpu(0, "shrink", null, "lru_lock");
    FakeCpu waiter = new FakeCpu(1, "drain", "lru_lock");
    pass(watching(walker, waiter), 5);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.ENDLESS);
    assertThat(hangs.get(0).sentence())
        .contains("cpu0 in shrink waits for nothing and does not end, holding lru_lock")
        .contains("cpu1 in drain waits for lru_lock, held by cpu0");
  }

  @Test
  void aWaitThatNobodyCanEndIsADeadlockAsInTheExplorer() {
    pass(watching(new FakeCpu(0, "drain", "lru_lock")), 5);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.DEADLOCK);
    assertThat(hangs.get(0).sentence()).contains("waits for lru_lock, held by nobody");
  }

  @Test
  void nobodyIsSuspectedBeforePatienceIsOver() {
    FakeCpu slow = new FakeCpu(0, "pin", "lru_lock");
    Watchdog watchdog = watching(slow);
    pass(watchdog, 4);
    pass(watchdog, 1, slow);
    pass(watchdog, 4);
    assertThat(hangs).isEmpty();
    pass(watchdog, 1);
    assertThat(hangs).hasSize(1);
  }

  @Test
  void timeInWhichNobodyCouldLookCountsForNobody() {
    FakeCpu waits = new FakeCpu(0, "pin", "lru_lock");
    Watchdog watchdog = watching(waits);
    pass(watchdog, 4);
    nanos += Duration.ofHours(1).toNanos();
    watchdog.check();
    assertThat(hangs).isEmpty();
    pass(watchdog, 1);
    assertThat(hangs).hasSize(1);
  }

  @Test
  void patienceGrowsWithTheCpusThatShareAProcessor() {
    assertThat(Patience.OF_USERS.of(2, 2)).isEqualTo(Patience.OF_USERS);
    assertThat(Patience.OF_USERS.of(1, 8)).isEqualTo(Patience.OF_USERS);
    assertThat(Patience.OF_SHIPPED.of(256, 2).longest()).hasHours(2);
    assertThat(Patience.OF_SHIPPED.of(256, 2).looping()).hasMinutes(21);
  }

  @Test
  void aDeadlockNeedsNoMorePatienceWhereCpusShareAProcessor() {
    assertThat(Patience.OF_SHIPPED.of(256, 2).deadlocked()).hasSeconds(1);
  }

  @Test
  void oneThatWaitsForSeveralIsDeadlockedIfOneOfThemWaitsForIt() {
    FakeCpu waiter = new FakeCpu(0, "flush", "the pins of page 7", "the lock of page 7");
    FakeCpu runs = new FakeCpu(1, "read", null, "the pins of page 7");
    FakeCpu stuck = new FakeCpu(2, "dio-complete", "the lock of page 7", "the pins of page 7");
    pass(certainAfterTwo(waiter, runs, stuck), 2, runs);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).sentence())
        .contains("cpu0 in flush waits for the pins of page 7, held by cpu1 and cpu2");
  }

  @Test
  void aWaitThatIsOverAndWhoseCpuHasNotHadItsTurnIsNoDeadlock() {
    FakeCpu one = new FakeCpu(0, "pin", "lru_lock", "gup_lock");
    FakeCpu other = new FakeCpu(1, "drain", "gup_lock", "lru_lock");
    one.waitsInVain = false;
    Watchdog watchdog = certainAfterTwo(one, other);
    pass(watchdog, 4);
    assertThat(hangs).isEmpty();
    one.waitsInVain = true;
    watchdog.check();
    assertThat(hangs).hasSize(1);
  }

  @Test
  void oneThatHasNothingToDoIsNotStuck() {
    pass(watching(new FakeCpu(0, null, null)), 20);
    assertThat(hangs).isEmpty();
  }

  private Watchdog certainAfterTwo(FakeCpu... cpus) {
    return watching(2, cpus);
  }

  @Test
  void aCircleNeedsLessPatienceThanAWait() {
    FakeCpu runs = new FakeCpu(1, "read", null);
    pass(certainAfterTwo(new FakeCpu(0, "drain", "lru_lock"), runs), 4, runs);
    assertThat(hangs).isEmpty();
    pass(certainAfterTwo(new FakeCpu(0, "unpin", "gup_lock", "gup_lock")), 2);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).sentence()).startsWith("no progress for 2 s");
  }

  @Test
  void aCircleThatChangesIsNoDeadlock() {
    FakeCpu one = new FakeCpu(0, "pin", "lru_lock", "gup_lock");
    FakeCpu other = new FakeCpu(1, "drain", "gup_lock", "lru_lock");
    FakeCpu runs = new FakeCpu(2, "read", null);
    Watchdog watchdog = certainAfterTwo(one, other, runs);
    for (int second = 0; second < 4; second++) {
      other.waits++;
      pass(watchdog, 1, runs);
    }
    assertThat(hangs).isEmpty();
    pass(watchdog, 2, runs);
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).stuck())
        .containsExactly(new CpuOperation(0, "pin"), new CpuOperation(1, "drain"));
  }

  @Test
  void oneThatWaitsWhileAllOthersStandStillIsADeadlock() {
    FakeCpu stands = new FakeCpu(0, null, null);
    Watchdog watchdog =
        certainAfterTwo(stands, new FakeCpu(1, "unmount", "the pins of page 7", "page 7"));
    pass(watchdog, 4);
    assertThat(hangs).isEmpty();
    stands.standsStill = true;
    watchdog.check();
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.DEADLOCK);
    assertThat(hangs.get(0).stuck()).containsExactly(new CpuOperation(1, "unmount"));
  }

  @Test
  void whatASlowCpuWaitsForIsSaidBeforeTheMachineIsStopped() {
    FakeCpu slow = new FakeCpu(0, "drain", "lru_lock");
    FakeCpu runs = new FakeCpu(1, "read", null);
    Watchdog watchdog = watching(slow, runs);
    pass(watchdog, 2, runs);
    assertThat(watchdog.slow()).isNull();
    pass(watchdog, 1, runs);
    assertThat(watchdog.slow()).isEqualTo("cpu0 in drain waits for lru_lock, held by nobody");
    assertThat(hangs).isEmpty();
  }

  @Test
  void aBusyMachineDoesNotUseUpTheTimeOfACpu() {
    FakeCpu slow = new FakeCpu(0, "pin", null);
    Watchdog watchdog = certainAfterTwo(slow);
    pass(watchdog, 4);
    assertThat(hangs).isEmpty();
    slow.cpuNanos += Duration.ofSeconds(2).toNanos();
    watchdog.check();
    assertThat(hangs).hasSize(1);
    assertThat(hangs.get(0).harm()).isEqualTo(Harm.ENDLESS);
  }

  @Test
  void panicsOnce() {
    pass(watching(new FakeCpu(0, "shrink", null)), 20);
    assertThat(hangs).hasSize(1);
  }
}
