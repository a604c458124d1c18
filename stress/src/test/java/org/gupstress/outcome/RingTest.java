// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
  void aMachineThatIsUsedTwiceSaysSo() {
    Rig.Ring ring = PinVsDrain.RfcOct.RIG.ringOf(SMALL);
    long first = ring.take();
    for (int i = 0; i < SMALL; i++) {
      ring.take();
    }
    assertThat(ring.judge(first)).isEqualTo(Rig.REUSED);
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
  void twoThreadsNeverGetTheSameMachine() throws InterruptedException {
    Rig.Ring ring = PinVsDrain.FollPin.RIG.ringOf(SMALL);
    Set<Long> taken = ConcurrentHashMap.newKeySet();
    CountDownLatch go = new CountDownLatch(1);
    Runnable taker = () -> {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      for (int i = 0; i < 10_000; i++) {
        taken.add(ring.take());
      }
    };
    Thread one = new Thread(taker);
    Thread other = new Thread(taker);
    one.start();
    other.start();
    go.countDown();
    one.join();
    other.join();
    assertThat(taken).hasSize(20_000);
  }
}
