// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Proves on the machine at hand what no specification promises: that aligned 64- and 32-bit atomics
 * on the same bytes neither tear nor lose each other's updates.
 *
 * <p>Three races of two threads: a 32-bit add against 64-bit bit operations on the other half;
 * 64-bit stores of two patterns against 64- and 32-bit reads; 32-bit stores against 64-bit reads of
 * both halves. Where one of them shows a value that no order of the accesses explains, real-thread
 * runs would give wrong verdicts.
 */
public final class MixedSizeSelfTest {
  private static final int ROUNDS = 100_000;
  private static final long HIGH_BIT = 1L << 40;
  private static final long HIGH_PATTERN = 0x5eed_5eed_0000_0000L;

  private final Memory memory;
  private final long word;

  /** @param word an 8-aligned address that nobody else uses */
  public MixedSizeSelfTest(Memory memory, long word) {
    this.memory = memory;
    this.word = word;
  }

  /** Runs the test on native memory; returns what went wrong, or null. */
  public static @Nullable String onThisMachine() {
    NativeMemory memory = new NativeMemory(64);
    String problem = new MixedSizeSelfTest(memory, Arena.BASE + 8).run();
    memory.retire();
    return problem;
  }

  /** Runs the three races; returns what went wrong, or null. */
  public @Nullable String run() {
    String problem = addAgainstBits();
    problem = problem != null ? problem : storesAgainstReads();
    return problem != null ? problem : halfStoresAgainstReads();
  }

  private @Nullable String addAgainstBits() {
    memory.writeOnce64(word, 0);
    String problem = race(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            memory.add32(word, 1);
          }
          return null;
        },
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            boolean wasSet = memory.testAndSetBits64(word, HIGH_BIT);
            boolean wasKept = memory.testAndClearBits64(word, HIGH_BIT);
            if (wasSet || !wasKept) {
              return "a bit of the high half changed beside 32-bit additions to the low half";
            }
          }
          return null;
        });
    long end = memory.readOnce64(word);
    return problem != null || end == ROUNDS
        ? problem
        : String.format(
            "%d 32-bit additions beside 64-bit bit operations: expected 0x%x, found 0x%x",
            ROUNDS, ROUNDS, end);
  }

  private @Nullable String storesAgainstReads() {
    memory.writeOnce64(word, 0);
    return race(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            memory.writeOnce64(word, -(i & 1L));
          }
          return null;
        },
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            long whole = memory.readOnce64(word);
            int half = memory.readOnce32(word);
            if ((whole != 0 && whole != -1) || (half != 0 && half != -1)) {
              return String.format(
                  "64-bit stores of 0 and -1: a 64-bit read saw 0x%x, a 32-bit read 0x%x",
                  whole, half);
            }
          }
          return null;
        });
  }

  private @Nullable String halfStoresAgainstReads() {
    memory.writeOnce64(word, HIGH_PATTERN);
    return race(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            memory.writeOnce32(word, i);
          }
          return null;
        },
        () -> {
          int before = 0;
          for (int i = 0; i < ROUNDS; i++) {
            long whole = memory.readOnce64(word);
            if ((whole & ~0xffffffffL) != HIGH_PATTERN || (int) whole < before) {
              return String.format(
                  "32-bit stores to the low half: a 64-bit read saw 0x%x after low half %d",
                  whole, before);
            }
            before = (int) whole;
          }
          return null;
        });
  }

  /** One side of a race: returns what it saw that cannot be, or null. */
  @FunctionalInterface
  private interface Side {
    @Nullable
    String run();
  }

  private static @Nullable String race(Side one, Side other) {
    AtomicReference<@Nullable String> problem = new AtomicReference<>();
    CyclicBarrier start = new CyclicBarrier(2);
    Thread thread = new Thread(() -> runSide(one, start, problem), "self-test");
    thread.setDaemon(true);
    thread.start();
    runSide(other, start, problem);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    return problem.get();
  }

  private static void runSide(
      Side side, CyclicBarrier start, AtomicReference<@Nullable String> problem) {
    try {
      start.await();
      problem.compareAndSet(null, side.run());
    } catch (InterruptedException | BrokenBarrierException e) {
      problem.compareAndSet(null, "interrupted");
    }
  }
}
