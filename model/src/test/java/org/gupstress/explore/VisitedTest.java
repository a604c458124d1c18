// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.gupstress.memory.Mix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The visited set numbers every fingerprint once, in little memory. */
class VisitedTest {
  @Test
  void aNewFingerprintGetsTheNextNumberAndAKnownOneKeepsIts() {
    Visited visited = new Visited();
    assertThat(visited.find(7)).isEqualTo(-1);
    assertThat(visited.add(7)).isEqualTo(~0);
    assertThat(visited.add(0)).isEqualTo(~1);
    assertThat(visited.add(-1)).isEqualTo(~2);
    assertThat(visited.add(7)).isZero();
    assertThat(visited.add(-1)).isEqualTo(2);
    assertThat(visited.find(0)).isEqualTo(1);
    assertThat(visited.find(8)).isEqualTo(-1);
    assertThat(visited.size()).isEqualTo(3);
  }

  @Test
  void fingerprintsThatShareAPlaceInTheTableAreKeptApart() {
    Visited visited = new Visited();
    for (int i = 0; i < 2000; i++) {
      // one stripe, and one home in its table
      assertThat(visited.add(((long) i << 32) + 5)).isEqualTo(~i);
    }
    for (int i = 0; i < 2000; i++) {
      assertThat(visited.find(((long) i << 32) + 5)).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000, 1_000_000})
  void aStateTakesAtMostSixteenBytesAndIsFoundAgain(int states) {
    Visited visited = new Visited();
    for (int i = 0; i < states; i++) {
      if (visited.add(Mix.of(i)) != ~i) {
        throw new AssertionError("state " + i + " was taken for a known one");
      }
    }
    for (int i = 0; i < states; i += 7) {
      assertThat(visited.find(Mix.of(i))).isEqualTo(i);
      assertThat(visited.find(Mix.of(-1 - i))).isEqualTo(-1);
    }
    assertThat(visited.size()).isEqualTo(states);
    assertThat((double) visited.bytes() / states).isBetween(8.0, 16.0);
  }

  @Test
  void fourThreadsNumberEachFingerprintOnce() throws Exception {
    int fingerprints = 200_000;
    int threads = 4;
    Visited visited = new Visited();
    AtomicIntegerArray timesNew = new AtomicIntegerArray(fingerprints);
    AtomicIntegerArray numbers = new AtomicIntegerArray(fingerprints);
    AtomicInteger disagreements = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int from = t * fingerprints / 16;
        running.add(pool.submit(() -> {
          for (int n = 0; n < fingerprints; n++) {
            int i = (from + n) % fingerprints;
            int number = visited.add(Mix.of(i));
            if (number < 0) {
              timesNew.incrementAndGet(i);
              number = ~number;
            }
            int seen = numbers.compareAndExchange(i, 0, number + 1);
            if (seen != 0 && seen != number + 1) {
              disagreements.incrementAndGet();
            }
          }
        }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(visited.size()).isEqualTo(fingerprints);
    assertThat(disagreements).hasValue(0);
    boolean[] used = new boolean[fingerprints];
    for (int i = 0; i < fingerprints; i++) {
      int number = numbers.get(i) - 1;
      if (timesNew.get(i) != 1 || used[number] || visited.find(Mix.of(i)) != number) {
        throw new AssertionError("fingerprint " + i + " has number " + number + " and was new "
            + timesNew.get(i) + " times");
      }
      used[number] = true;
    }
  }
}
