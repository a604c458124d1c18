// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Samples do not see each other. */
class RingTest {
  private static final int SMALL = 64;

  @Test
  void everySampleBeginsInTheSameState() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    Set<String> outcomes = new TreeSet<>();
    for (int i = 0; i < 5 * SMALL; i++) {
      long sample = ring.take();
      ring.act(0, sample);
      ring.act(1, sample);
      outcomes.add(ring.judge(sample));
    }
    assertThat(outcomes).containsExactly("pinned");
  }

  @Test
  void theOrderOfTheActorsDecides() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    long sample = ring.take();
    ring.act(1, sample);
    ring.act(0, sample);
    assertThat(ring.judge(sample)).isEqualTo("uncounted");
  }

  @Test
  void samplesInFlightAreIndependent() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    long[] samples = new long[SMALL];
    for (int i = 0; i < SMALL; i++) {
      samples[i] = ring.take();
    }
    for (int i = 0; i < SMALL; i++) {
      ring.act(i % 2, samples[i]);
    }
    for (int i = 0; i < SMALL; i++) {
      ring.act(1 - i % 2, samples[i]);
    }
    for (int i = 0; i < SMALL; i++) {
      assertThat(ring.judge(samples[i])).isEqualTo(i % 2 == 0 ? "pinned" : "uncounted");
    }
  }

  @Test
  void aSampleIsJudgedOnce() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    long first = ring.take();
    assertThat(ring.judge(first)).isNotEqualTo(Rig.REUSED);
    long second = ring.take();
    assertThat(second).isNotEqualTo(first);
    assertThat(ring.judge(first)).isEqualTo(Rig.REUSED);
    assertThat(ring.judge(second)).isNotEqualTo(Rig.REUSED);
  }

  @Test
  void moreSamplesThanMachinesAreRefused() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    for (int i = 0; i < SMALL; i++) {
      ring.take();
    }
    assertThatThrownBy(ring::take)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than 64 samples");
  }

  @Test
  void aWildPointerIsAnOutcomeAndFreesWhoWaits() {
    Rig.Ring ring = UnpinVsReclaimScan.RfcOct.RIG.ringOf(SMALL);
    long sample = ring.take();
    ring.act(0, sample);
    ring.act(1, sample);
    assertThat(ring.judge(sample)).isEqualTo(Rig.OOPS);
    // lru_lock is still held by the CPU that went down: whoever comes now must not hang
    ring.act(1, sample);
    assertThat(ring.judge(sample)).isEqualTo(Rig.OOPS);
  }

  @Test
  void noMachineIsTwoThreadsAtOnce() throws InterruptedException {
    Rig.Ring ring = PinVsDrain.FollPin.RIG.ringOf(SMALL);
    Set<Long> inUse = ConcurrentHashMap.newKeySet();
    AtomicInteger clashes = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    Runnable sampler = () -> {
      Deque<Long> mine = new ArrayDeque<>();
      go.countDown();
      for (int i = 0; i < 10_000; i++) {
        // sometimes the machine just judged, sometimes one of the ring
        while (mine.size() < i % (SMALL / 2)) {
          long sample = ring.take();
          clashes.addAndGet(inUse.add(sample % SMALL) ? 0 : 1);
          mine.add(sample);
        }
        while (!mine.isEmpty() && i % 3 == 0) {
          inUse.remove(mine.peek() % SMALL);
          clashes.addAndGet(ring.judge(mine.remove()).equals(Rig.REUSED) ? 1 : 0);
        }
      }
    };
    Thread one = new Thread(sampler);
    Thread other = new Thread(sampler);
    one.start();
    go.await();
    other.start();
    one.join();
    other.join();
    assertThat(clashes).hasValue(0);
  }
}
