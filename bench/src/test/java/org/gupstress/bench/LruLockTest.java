// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lock lets in one at a time, and everybody in the end: what it costs is no matter if it does
 * not.
 *
 * <p>{@code synchronized} is no lock of these; {@link LruLockContentionTest} has it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LruLockTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  /** Until a lock that excludes nobody is caught; it is in a moment. */
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Some take the processor from each other within what the lock protects. */
  private static final int ROUNDS_PER_YIELD = 16;

  /** Of processor time: who took so much after he came is within lock. */
  private static final long SPINNING_NANOS = 1_000_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** What a lock protects. */
  private static final class Counter {
    private final LruLock lock;
    private long count;

    Counter(LruLock lock) {
      this.lock = lock;
    }

    void increment(int slot) {
      lock.lock(slot);
      long seen = count;
      if (seen % ROUNDS_PER_YIELD == 0) {
        Thread.yield();
      }
      count = seen + 1;
      lock.unlock(slot);
    }
  }

  private static boolean loses(String algorithm, int slots, Duration duration)
      throws InterruptedException {
    Counter counter = new Counter(LruLock.of(algorithm, slots));
    long[] rounds = new long[slots];
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      int mine = slot;
      all.add(started(() -> {
        start.await();
        long end = System.nanoTime() + duration.toNanos();
        long done = 0;
        while (System.nanoTime() < end) {
          counter.increment(mine);
          done++;
        }
        rounds[mine] = done;
      }));
    }
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    long sum = 0;
    for (long done : rounds) {
      assertThat(done).as("rounds of a thread").isPositive();
      sum += done;
    }
    assertThat(counter.count).isLessThanOrEqualTo(sum);
    return counter.count < sum;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Thread started(Work work) {
    Thread thread = new Thread(() -> {
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @ParameterizedTest
  @CsvSource({
    "ttas, 2", "ttas, 3", "ttas, 4",
    "ticket, 2", "ticket, 3", "ticket, 4",
    "mcs, 2", "mcs, 3", "mcs, 4",
    "qspinlock, 2", "qspinlock, 3", "qspinlock, 4",
    "reentrant, 2", "reentrant, 3", "reentrant, 4"
  })
  void noIncrementIsLost(String algorithm, int slots) throws InterruptedException {
    assertThat(loses(algorithm, slots, SHORT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theControl_withoutALockSomeAre(int slots) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    boolean caught = false;
    while (!caught && System.nanoTime() < end) {
      caught = loses("synchronized", slots, SHORT);
    }
    assertThat(caught).isTrue();
  }

  // ---- a queue

  /** Three wait behind the owner: one more than a qspinlock has place for outside its queue. */
  private List<Integer> order(LruLock lock, int waiters) throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> all = new ArrayList<>();
    lock.lock(0);
    for (int slot = 1; slot <= waiters; slot++) {
      int mine = slot;
      CountDownLatch comes = new CountDownLatch(1);
      Thread waiter = started(() -> {
        comes.countDown();
        lock.lock(mine);
        order.add(mine);
        lock.unlock(mine);
      });
      all.add(waiter);
      comes.await();
      awaitWaiting(waiter);
      assertThat(order).as("who entered while the lock was taken").isEmpty();
    }
    lock.unlock(0);
    for (Thread waiter : all) {
      waiter.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(waiter.isAlive()).as("whether somebody waits for ever").isFalse();
    }
    return order;
  }

  private void awaitWaiting(Thread waiter) throws InterruptedException {
    long before = threads.getThreadCpuTime(waiter.getId());
    while (waiter.getState() != Thread.State.WAITING
        && threads.getThreadCpuTime(waiter.getId()) - before < SPINNING_NANOS) {
      Thread.sleep(1);
    }
  }

  private static Integer[] slots(int waiters) {
    Integer[] slots = new Integer[waiters];
    for (int i = 0; i < waiters; i++) {
      slots[i] = i + 1;
    }
    return slots;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttas", "ticket", "mcs", "qspinlock", "reentrant"})
  void whoWaitsEntersWhenTheOthersHaveLeft(String algorithm) throws InterruptedException {
    LruLock lock = LruLock.of(algorithm, 5);
    for (int waiters = 1; waiters <= 4; waiters++) {
      assertThat(order(lock, waiters)).containsExactlyInAnyOrder(slots(waiters));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticket", "mcs", "qspinlock"})
  void theFairOnesLetThemInInTheirOrder(String algorithm) throws InterruptedException {
    LruLock lock = LruLock.of(algorithm, 5);
    for (int round = 0; round < 3; round++) {
      assertThat(order(lock, 4)).containsExactly(slots(4));
    }
  }

  @Test
  void theControl_withoutALockNobodyWaits() throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    LruLock lock = LruLock.of("synchronized", 2);
    lock.lock(0);
    Thread other = started(() -> {
      lock.lock(1);
      order.add(1);
      lock.unlock(1);
    });
    other.join();
    assertThat(order).containsExactly(1);
  }
}
